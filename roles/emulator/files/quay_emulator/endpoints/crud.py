# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One form for plain kinds: lists of entries, each with an id from the server, below one place.

A kind is a class of ``Kind`` that says what differs from the plain case; making one of it registers its calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from flask import Response

from . import auth
from .actions import log_action
from .errors import ApiError, not_found
from .routing import Area, Condition
from .schema import body


def anybody(**_names) -> None:
    """Where the body is checked before the rights."""


def fresh_login(read: bool = False, **_names) -> None:
    """Where a change needs a recent sign-in."""
    if not read:
        auth.need_fresh_login()


def empty_page(status: int) -> Response:
    """Nothing, but not as JSON."""
    return Response("", status=status, content_type="text/html; charset=utf-8")


@dataclass(frozen=True)
class Place:
    """Where lists are kept.

    ``find`` returns what owns them, or None, and refuses who may not see or, with ``read=False``, change them;
    ``allow`` refuses already before the body is looked at.
    """

    path: str
    find: Callable
    allow: Callable = anybody


def organization(orgname: str, read: bool = False):
    auth.need_org_admin(orgname, read)
    return found(auth.store().org(orgname))


def namespace_admin(orgname: str, read: bool = False):
    """Of users, too: the real server does not look what the name belongs to."""
    auth.need_org_admin(orgname, read)
    return auth.store().get(orgname, "user", "org")


def repository_admin(namespace: str, name: str, read: bool = False) -> None:
    auth.need_repo(namespace, name, "admin", read)


def repository(namespace: str, name: str, **_how):
    return found(auth.store().repository(namespace, name))


def found(one):
    """It, unless there is none."""
    if one is None:
        raise not_found()
    return one


def any_repository(namespace: str, name: str, **_how):
    """Where the real server does not look whether it is there."""
    return auth.store().repository(namespace, name)


ORGANIZATION = Place("/organization/<orgname>", organization)
REPOSITORY = Place("/repository/<repository:repository>", repository, repository_admin)
ACCOUNT = Place("/user", lambda **_how: auth.need_user(), lambda **_how: auth.need_user_admin())


class Kind:
    """A plain kind. Entries are dictionaries with their id under ``key``."""

    place: Place
    # Of the list; the id comes after it.
    path: str
    # Name of the id in the path, and in the entry.
    one = "uuid"
    key = "uuid"
    # Name of the list in the answer, and with its owner.
    listed: str
    # Schemas of the bodies; an update takes that of a creation unless it has its own.
    new: dict
    changed: dict | None = None
    calls: tuple[str, ...] = ("list", "create", "get", "update", "delete")
    when: Condition | None = None
    internal = False
    # What an action log entry is of: create_<logged>, update_<logged>, delete_<logged>; None where nobody logs.
    logged: str | None = None

    def __init__(self, area: Area):
        path = f"{self.place.path}{self.path}"
        entry, when = self.entry_path(path), type(self).when
        routes = {
            "list": ("GET", path, None),
            "create": ("POST", path, self.new if "create" in self.calls else None),
            "get": ("GET", entry, None),
            "update": ("PUT", entry, self.changed or self.new if "update" in self.calls else None),
            "delete": ("DELETE", entry, None),
        }
        for call in self.calls:
            method, where, takes = routes[call]
            area.route(method, where, when, self.internal, takes)(getattr(self, call))

    def entry_path(self, path: str) -> str:
        return f"{path.rstrip('/')}/<{self.one}>"

    # What a kind says of itself.

    def make(self, owner, data: dict) -> dict:
        """A new entry from a checked body."""
        raise NotImplementedError

    def change(self, owner, entry: dict, data: dict) -> None:
        """Take over what an update says."""
        entry.update(self.make(owner, data), **{self.key: entry[self.key]})

    def view(self, entry: dict) -> dict:
        return entry

    def item(self, entry: dict) -> dict:
        """An entry in the list."""
        return self.view(entry)

    def ordered(self, entries: list[dict]) -> list[dict]:
        return entries

    def details(self, entry: dict) -> dict:
        """What the action log says of an entry."""
        return entry

    def created(self, entry: dict):
        return self.view(entry), 201

    def updated(self, entry: dict):
        return self.view(entry)

    def deleted(self, entry: dict):
        return "", 204

    def missing(self, call: str) -> ApiError:
        return not_found()

    def log(self, verb: str, owner, entry: dict) -> None:
        if self.logged is not None:
            log_action(f"{verb}_{self.logged}", owner, self.details(entry))

    # How it answers.

    def entries(self, owner) -> list[dict]:
        return owner.entries[self.listed]

    def find(self, owner, uuid: str, call: str = "get") -> dict:
        entries = self.entries(owner) if owner is not None else []
        for entry in entries:
            if entry[self.key] == uuid:
                return entry
        raise self.missing(call)

    def reach(self, names: dict, read: bool = False, takes: dict | None = None):
        """The owner of the list and the checked body, in the order of the real server."""
        self.place.allow(read=read, **names)
        data = body(takes) if takes is not None else {}
        return self.place.find(read=read, **names), data

    def list(self, **names):
        owner, _dummy = self.reach(names, read=True)
        entries = self.entries(owner) if owner is not None else []
        return {self.listed: [self.item(entry) for entry in self.ordered(entries)]}

    def reached(self, names: dict, call: str):
        """Owner and entry of a call of its own on one entry."""
        uuid = names.pop(self.one)
        owner, _dummy = self.reach(names)
        return owner, self.find(owner, uuid, call)

    def create(self, **names):
        owner, data = self.reach(names, takes=self.new)
        if owner is None:
            raise self.missing("create")
        entry = self.make(owner, data)
        self.entries(owner).append(entry)
        self.log("create", owner, entry)
        return self.created(entry)

    def get(self, **names):
        uuid = names.pop(self.one)
        owner, _dummy = self.reach(names, read=True)
        return self.view(self.find(owner, uuid))

    def update(self, **names):
        uuid = names.pop(self.one)
        owner, data = self.reach(names, takes=self.changed or self.new)
        entry = self.find(owner, uuid, "update")
        self.change(owner, entry, data)
        self.log("update", owner, entry)
        return self.updated(entry)

    def delete(self, **names):
        owner, entry = self.reached(names, "delete")
        self.entries(owner).remove(entry)
        self.log("delete", owner, entry)
        return self.deleted(entry)


class PolicyKind(Kind):
    """Policies of a namespace or of a repository. Answers to changes have no more than the id."""

    one, listed = "policy_uuid", "policies"

    def created(self, entry: dict):
        return {"uuid": entry["uuid"]}, 201

    def updated(self, entry: dict):
        return "", 204

    def deleted(self, entry: dict):
        return {"uuid": entry["uuid"]}
