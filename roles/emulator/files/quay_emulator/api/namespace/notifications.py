# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications of a repository, and of organizations and users about their quota."""

from __future__ import annotations

from ...data import notifying
from ...data.models import Repository, new_uuid
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.crud import ORGANIZATION, Kind, Place, any_repository, repository_admin
from ...endpoints.errors import ApiError, CrashError, MessageError, invalid, not_found
from ...endpoints.routing import Area, feature
from ...endpoints.schema import named, object_of, text

area = Area()
NEW = named(
    "NotificationCreateRequest",
    object_of(
        ["event", "method", "config", "eventConfig"],
        event=text(),
        method=text(),
        config={"type": "object"},
        eventConfig={"type": "object"},
        title=text(),
    ),
)


class Notifications(Kind):
    """No call changes one."""

    listed, new = "notifications", NEW
    calls = ("list", "create", "get", "delete")

    def __init__(self, area: Area):
        super().__init__(area)
        entry = self.entry_path(f"{self.place.path}{self.path}")
        area.route("POST", entry, type(self).when)(self.reset)
        area.route("POST", f"{entry}/test", type(self).when)(self.test)

    def make(self, owner, data: dict) -> dict:
        self.check(owner, data)
        found = {name: data[name] for name in ("event", "method", "config")}
        found.update(title=data.get("title"), event_config=data["eventConfig"], number_of_failures=0)
        return {"uuid": new_uuid(), **found}

    def check(self, owner, data: dict) -> None:
        raise NotImplementedError

    def reset(self, **names):
        """Three failures put a notification out of use; this puts it in use again."""
        owner, entry = self.reached(names, "reset")
        entry["number_of_failures"] = 0
        self.log("reset", owner, entry)
        return "No Content", 204

    def test(self, **names):
        """Nothing is ever sent."""
        self.reached(names, "test")
        return {}


class OfRepositories(Notifications):
    place, path = Place("/repository/<repository:repository>", any_repository, repository_admin), "/notification/"
    verbs = {"create": "add_repo", "delete": "delete_repo", "reset": "reset_repo"}

    def reach(self, names: dict, read: bool = False, takes: dict | None = None):
        """The method is looked at before anybody asks whether there is such a repository."""
        owner, data = super().reach(names, read, takes)
        if takes is not None:
            if data["method"] not in notifying.NEEDED:
                raise CrashError()
            emails = owner.authorized_emails if owner else {}
            method, config = data["method"], data["config"]
            if problem := notifying.config_problem(auth.store(), names["namespace"], method, config, emails):
                raise invalid(problem)
        return owner, data

    def check(self, owner: Repository, data: dict) -> None:
        """What the server does not know makes it stumble."""
        since = notifying.SINCE.get(data["event"], "3.9")
        if data["event"] not in notifying.EVENTS or not auth.store().settings.since(since):
            raise CrashError()

    def find(self, owner: Repository | None, uuid: str, call: str = "get") -> dict:
        """Nobody looks whether one that is only read is of the repository in the path."""
        for repo in auth.store().repositories:
            for entry in repo.entries[self.listed]:
                if entry["uuid"] == uuid:
                    if repo is not owner and call in ("delete", "reset"):
                        raise self.missing("delete") if call == "delete" else MessageError("No notification found")
                    return entry
        raise self.missing(call)

    def missing(self, call: str) -> ApiError:
        if call == "create":
            return CrashError()
        return not_found() if call == "get" else invalid("No repository notification found")

    def deleted(self, entry: dict):
        return "No Content", 204

    def log(self, verb: str, owner: Repository, entry: dict) -> None:
        metadata = {"repo": owner.name, "namespace": owner.namespace.name, "notification_id": entry["uuid"]}
        metadata.update(event=entry["event"], method=entry["method"])
        log_action(f"{self.verbs[verb]}_notification", owner.namespace, metadata, owner)


class OfOrganizations(Notifications):
    place, path, when = ORGANIZATION, "/notifications", feature("QUOTA_NOTIFICATIONS")

    def check(self, owner, data: dict) -> None:
        if data["event"] not in notifying.NAMESPACE_EVENTS:
            names = ", ".join(notifying.NAMESPACE_EVENTS)
            raise invalid(f"Invalid event '{data['event']}'. Must be one of: {names}")
        if data["method"] not in notifying.NEEDED:
            raise invalid(f"Unknown notification method '{data['method']}'")
        config = data["config"]
        if problem := notifying.config_problem(auth.store(), owner.name, data["method"], config, None):
            raise invalid(problem)

    def deleted(self, entry: dict):
        return "No Content", 204

    def log(self, verb: str, owner, entry: dict) -> None:
        metadata = {"namespace": owner.name, "notification_id": entry["uuid"]}
        metadata.update(event=entry["event"], method=entry["method"])
        log_action(f"{verb}_namespace_notification", owner, metadata)


class OfAccounts(OfOrganizations):
    place = Place("/user", lambda **_how: auth.need_user_admin())
    path = "/namespacenotifications"


for kind in (OfRepositories, OfOrganizations, OfAccounts):
    kind(area)
