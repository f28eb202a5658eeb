# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Default permissions of an organization."""

from __future__ import annotations

from ...data.models import Namespace, Team, new_uuid
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.crud import ORGANIZATION, Kind
from ...endpoints.errors import MessageError, invalid
from ...endpoints.routing import Area
from ...endpoints.schema import named, object_of, text
from ...endpoints.views import avatar_of

area = Area()
ROLE = text(enum=["read", "write", "admin"])
NEW = named(
    "NewPrototype",
    object_of(
        ["role", "delegate"],
        role=ROLE,
        activating_user=object_of(["name"], name=text()),
        delegate=object_of(["name", "kind"], name=text(), kind=text(enum=["user", "team"])),
    ),
)
UPDATE = named("PrototypeUpdate", object_of(["role"], role=ROLE))


def user_view(org: Namespace, one: Namespace) -> dict:
    return {
        "name": one.name,
        "is_robot": one.is_robot,
        "kind": "user",
        "is_org_member": auth.store().is_org_member(org, one),
        "avatar": avatar_of(one),
    }


def delegate_of(org: Namespace, wanted: dict) -> Namespace | Team:
    name = wanted["name"]
    if wanted["kind"] == "user":
        delegate = auth.store().member(name)
        if delegate is None:
            raise invalid("Missing delegate user or team")
        return delegate
    if name not in org.teams:
        # The real server forgets to fill in its text.
        raise MessageError(str(("Team does not exist: %s/%s", org.name, name)))
    return org.teams[name]


class Prototypes(Kind):
    """Nothing stops the same default permission from being made twice."""

    place, path, one, listed = ORGANIZATION, "/prototypes", "prototypeid", "prototypes"
    calls, new, changed = ("list", "create", "update", "delete"), NEW, UPDATE

    def make(self, owner: Namespace, data: dict) -> dict:
        activating = None
        if "activating_user" in data:
            activating = auth.store().member(data["activating_user"]["name"])
            if activating is None:
                raise invalid("Unknown activating user")
        delegate = delegate_of(owner, data["delegate"])
        found = {"org": owner, "role": data["role"], "delegate": delegate, "activating_user": activating}
        return {self.key: new_uuid(), **found}

    def change(self, owner: Namespace, entry: dict, data: dict) -> None:
        entry.update(original_role=entry["role"], role=data["role"])

    def view(self, entry: dict) -> dict:
        org, activating, delegate = entry["org"], entry["activating_user"], entry["delegate"]
        if isinstance(delegate, Team):
            delegate_view = {"name": delegate.name, "kind": "team", "avatar": avatar_of(delegate)}
        else:
            delegate_view = user_view(org, delegate)
        return {
            "activating_user": activating and user_view(org, activating),
            "delegate": delegate_view,
            "role": entry["role"],
            "id": entry[self.key],
        }

    def ordered(self, entries: list[dict]) -> list[dict]:
        return sorted(entries, key=lambda one: one["activating_user"] is None)

    def created(self, entry: dict):
        return self.view(entry)

    def log(self, verb: str, owner: Namespace, entry: dict) -> None:
        activating, delegate = entry["activating_user"], entry["delegate"]
        metadata = {
            "prototypeid": entry[self.key],
            "username": auth.user().name,
            "activating_username": activating.name if activating else None,
            "role": entry["role"],
            "delegate_team" if isinstance(delegate, Team) else "delegate_user": delegate.name,
        }
        if verb == "update":
            metadata["original_role"] = entry["original_role"]
        log_action(f"{'modify' if verb == 'update' else verb}_prototype_permission", owner, metadata)


Prototypes(area)
