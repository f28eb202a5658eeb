# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Repositories: the list, and each of them with its visibility and state."""

from __future__ import annotations

import re
import time

from flask import request

from ...data.images import Tag
from ...data.models import Namespace, Repository
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import CrashError, DetailError, generic_bad_request, invalid, not_found, unauthorized
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, flag, named, object_of, text
from ...endpoints.views import date, page

area = Area()
PATH = "/repository/<repository:repository>"
NAME = re.compile(r"(?=.{0,255}$)[a-z0-9][.a-z0-9_-]*(?:/[a-z0-9][.a-z0-9_-]*)*")
SHORT_NAME = re.compile(r"[a-z0-9][.a-z0-9_-]{0,254}")
VISIBILITY = text(enum=["public", "private"])
NEW = named(
    "NewRepo",
    object_of(
        ["repository", "visibility", "description"],
        repository=text(),
        visibility=VISIBILITY,
        namespace=text(),
        description=text(),
        repo_kind={"type": ["string", "null"], "enum": ["image", None]},
    ),
)
UPDATE = named("RepoUpdate", object_of(["description"], description=text()))
STATE = named("ChangeRepoState", object_of(["state"], state=text(enum=["NORMAL", "READ_ONLY", "MIRROR"])))
CHANGE_VISIBILITY = named("ChangeVisibility", object_of(["visibility"], visibility=VISIBILITY))
DAYS_OF_STATS, MOST_TAGS = 92, 500


@area.route("POST", "/repository", takes=NEW)
def create():
    data = body(NEW)
    owner, store = auth.need_user(), auth.store()
    namespace, name = data.get("namespace", owner.name), data["repository"]
    allowed = auth.can_create_repository(namespace) or auth.full_access()
    if not allowed or (owner.name == namespace and auth.restricted()):
        raise unauthorized()
    if store.repository(namespace, name):
        raise invalid("Repository already exists")
    pattern = NAME if store.settings.feature("EXTENDED_REPOSITORY_NAMES") else SHORT_NAME
    if not pattern.fullmatch(name):
        raise invalid("Invalid repository name")
    one = store.get(namespace, "user", "org")
    if one is None:
        raise CrashError()
    if one.mirror is not None:
        raise invalid("Cannot create repository: organization is managed by organization-level mirroring")
    repo = Repository(one, name, data["visibility"] == "public", data["description"])
    store.repositories.append(repo)
    repo.user_roles[owner] = "admin"
    if owner is not one:
        apply_prototypes(repo, owner)
    log("create_repo", namespace, name)
    return {"namespace": namespace, "name": name, "kind": "image"}, 201


def log(kind: str, namespace: str, name: str, **more) -> None:
    found = auth.store().repository(namespace, name)
    log_action(kind, namespace, {"repo": name, "namespace": namespace, **more}, found)


def apply_prototypes(repo: Repository, creator: Namespace) -> None:
    """One for the creator beats the general one; of two equal ones the first wins."""
    chosen: dict = {}
    for prototype in repo.namespace.entries["prototypes"]:
        special = prototype["activating_user"] is creator
        if prototype["activating_user"] is not None and not special:
            continue
        if prototype["delegate"] not in chosen or special:
            chosen[prototype["delegate"]] = prototype["role"]
    for delegate, role in chosen.items():
        if isinstance(delegate, Namespace):
            if delegate is not creator:
                repo.user_roles[delegate] = role
        else:
            repo.team_roles[delegate] = role


@area.route("GET", "/repository")
def list_repositories():
    namespace, starred = request.args.get("namespace"), flag("starred")
    if not namespace and not starred and not flag("public"):
        raise invalid("namespace, starred or public are required for this API call")
    one = auth.user()
    if starred and one is None:
        raise generic_bad_request()
    kind = request.args.get("repo_kind", "image")
    found = [repo for repo in visible(flag("public")) if kind == "image"]
    if starred:
        found = [repo for repo in found if one in repo.starred]
    elif namespace:
        found = [repo for repo in found if repo.namespace.name == namespace]
    found, more = page(found, 100)
    return {"repositories": [list_item(repo) for repo in found], **more}


def visible(public: bool) -> list[Repository]:
    """Only super:user counts among the scopes; what is merely public is in the list on demand."""
    one, store = auth.user(), auth.store()
    everything = auth.full_access() or auth.readonly_superuser()
    return [
        repo
        for repo in store.repositories
        if not repo.deleted
        # Superusers see those of deleted namespaces until the garbage is collected.
        and (everything or not repo.namespace.deleted)
        and (everything or (public and repo.public) or (one is not None and has_role(repo, one)))
    ]


def has_role(repo: Repository, one: Namespace) -> bool:
    return (
        auth.plain_org_role(repo.namespace.name) == "admin"
        or one in repo.user_roles
        or any(one in team.members for team in repo.team_roles)
    )


def list_item(repo: Repository) -> dict:
    item = {
        "namespace": repo.namespace.name,
        "name": repo.name,
        "description": repo.description,
        "is_public": repo.public,
        "kind": "image",
        "state": repo.state,
    }
    if flag("last_modified"):
        item["last_modified"] = repo.images.last_modified
    if flag("popularity"):
        item["popularity"] = 0.0
    if auth.user() is not None:
        item["is_starred"] = auth.user() in repo.starred
    if auth.store().settings.quota():
        quota = repo.namespace.quota
        item["quota_report"] = {
            "quota_bytes": repo.images.size,
            "configured_quota": quota.limit_bytes if quota else None,
        }
    return item


@area.route("GET", PATH)
def get(namespace: str, name: str):
    """A missing repository is 404 only for those who may look."""
    auth.need_repo(namespace, name, "read")
    repo = need(namespace, name)
    view = {
        "namespace": namespace,
        "name": name,
        "kind": "image",
        "description": repo.description,
        "is_public": repo.public,
        "is_organization": repo.namespace.kind == "org",
        "is_starred": auth.user() in repo.starred,
        "status_token": "" if repo.public else repo.badge,
        "trust_enabled": False,
        "tag_expiration_s": repo.namespace.tag_expiration_s,
        "is_free_account": True,
        "state": repo.state,
    }
    if flag("includeTags", default=True):
        view["tags"] = {tag.name: tag_view(tag) for tag in repo.images.history()[:MOST_TAGS] if tag.alive}
    view.update(can_write=auth.may_repo(namespace, name, "write"), can_admin=auth.may_repo(namespace, name, "admin"))
    if flag("includeStats"):
        days = [time.gmtime(time.time() - 86400 * ago) for ago in range(DAYS_OF_STATS)]
        view["stats"] = [{"date": time.strftime("%Y-%m-%d", day), "count": 0} for day in days]
    return view


def tag_view(tag: Tag) -> dict:
    view = {"name": tag.name, "size": tag.manifest.size, "last_modified": date(tag.start)}
    if tag.end is not None:
        view["expiration"] = date(tag.end)
    return {**view, "manifest_digest": tag.manifest.digest}


def need(namespace: str, name: str) -> Repository:
    repo = auth.store().repository(namespace, name)
    if repo is None:
        raise not_found()
    return repo


@area.route("PUT", PATH, takes=UPDATE)
def update(namespace: str, name: str):
    auth.need_repo(namespace, name, "write")
    data = body(UPDATE)
    need(namespace, name).description = data["description"]
    log("set_repo_description", namespace, name, description=data["description"])
    return {"success": True}


@area.route("DELETE", PATH)
def delete(namespace: str, name: str):
    """204 for what was never there, too. Sub paths that are no route of their own end here."""
    auth.need_repo(namespace, name, "admin")
    store = auth.store()
    if store.get(namespace, "user", "org") is None:
        raise CrashError()
    if repo := store.repository(namespace, name):
        store.delete_repository(repo)
    log_action("delete_repo", namespace, {"repo": name, "namespace": namespace})
    return "", 204


@area.route("POST", f"{PATH}/changevisibility", takes=CHANGE_VISIBILITY)
def change_visibility(namespace: str, name: str):
    auth.need_repo(namespace, name, "admin")
    data = body(CHANGE_VISIBILITY)
    repo = auth.store().repository(namespace, name)
    if repo is None:
        return None
    repo.public = data["visibility"] == "public"
    log("change_repo_visibility", namespace, name, visibility=data["visibility"])
    return {"success": True}


@area.route("PUT", f"{PATH}/changestate", when=feature("REPO_MIRROR"), takes=STATE)
def change_state(namespace: str, name: str):
    auth.need_repo(namespace, name, "admin")
    data = body(STATE)
    repo = need(namespace, name)
    if repo.namespace.mirror is not None:
        raise DetailError("Cannot change state: organization is managed by organization-level mirroring")
    repo.state = data["state"]
    log("change_repo_state", namespace, name, state_changed=data["state"])
    return {"success": True}


@area.route("POST", f"{PATH}/changetrust", internal=True)
def change_trust(namespace: str, name: str):
    """Without signing the real server trips over its own missing part."""
    auth.need_repo(namespace, name, "admin")
    body(object_of(["trust_enabled"], trust_enabled={"type": "boolean"}))
    raise CrashError()
