# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Default permissions of an organization."""

from __future__ import annotations

from ...data.models import Namespace, Prototype, Team
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import MessageError, invalid, not_found
from ...endpoints.routing import Area
from ...endpoints.schema import body, object_of, text
from ...endpoints.views import avatar_of

area = Area()
ROLE = text(enum=["read", "write", "admin"])
NEW = object_of(
    ["role", "delegate"],
    role=ROLE,
    activating_user=object_of(["name"], name=text()),
    delegate=object_of(["name", "kind"], name=text(), kind=text(enum=["user", "team"])),
)
UPDATE = object_of(["role"], role=ROLE)


def user_view(org: Namespace, one: Namespace) -> dict:
    return {
        "name": one.name,
        "is_robot": one.is_robot,
        "kind": "user",
        "is_org_member": auth.store().is_org_member(org, one),
        "avatar": avatar_of(one),
    }


def view(org: Namespace, prototype: Prototype) -> dict:
    delegate = prototype.delegate
    if isinstance(delegate, Team):
        delegate_view = {"name": delegate.name, "kind": "team", "avatar": avatar_of(delegate)}
    else:
        delegate_view = user_view(org, delegate)
    activating = prototype.activating_user
    return {
        "activating_user": activating and user_view(org, activating),
        "delegate": delegate_view,
        "role": prototype.role,
        "id": prototype.id,
    }


def log(kind: str, org: Namespace, prototype: Prototype, **more) -> None:
    activating, delegate = prototype.activating_user, prototype.delegate
    metadata = {
        "prototypeid": prototype.id,
        "username": auth.user().name,
        "activating_username": activating.name if activating else None,
        "role": prototype.role,
        **more,
        "delegate_team" if isinstance(delegate, Team) else "delegate_user": delegate.name,
    }
    log_action(kind, org, metadata)


def need(orgname: str, read: bool = False) -> Namespace:
    auth.need_org_admin(orgname, read)
    org = auth.store().org(orgname)
    if org is None:
        raise not_found()
    return org


@area.route("GET", "/organization/<orgname>/prototypes")
def list_prototypes(orgname: str):
    org = need(orgname, read=True)
    ordered = sorted(org.prototypes, key=lambda one: one.activating_user is None)
    return {"prototypes": [view(org, prototype) for prototype in ordered]}


@area.route("POST", "/organization/<orgname>/prototypes")
def create(orgname: str):
    """Nothing stops the same default permission from being made twice."""
    data = body(NEW)
    org = need(orgname)
    store = auth.store()
    activating = None
    if "activating_user" in data:
        activating = store.member(data["activating_user"]["name"])
        if activating is None:
            raise invalid("Unknown activating user")
    name = data["delegate"]["name"]
    if data["delegate"]["kind"] == "user":
        delegate = store.member(name)
        if delegate is None:
            raise invalid("Missing delegate user or team")
    else:
        delegate = org.teams.get(name)
        if delegate is None:
            # The real server forgets to fill in its text.
            raise MessageError(str(("Team does not exist: %s/%s", orgname, name)))
    prototype = Prototype(data["role"], delegate, activating)
    org.prototypes.append(prototype)
    log("create_prototype_permission", org, prototype)
    return view(org, prototype)


def find(org: Namespace, prototypeid: str) -> Prototype:
    found = next((one for one in org.prototypes if one.id == prototypeid), None)
    if found is None:
        raise not_found()
    return found


@area.route("PUT", "/organization/<orgname>/prototypes/<prototypeid>")
def update(orgname: str, prototypeid: str):
    data = body(UPDATE)
    org = need(orgname)
    prototype = find(org, prototypeid)
    old, prototype.role = prototype.role, data["role"]
    log("modify_prototype_permission", org, prototype, original_role=old)
    return view(org, prototype)


@area.route("DELETE", "/organization/<orgname>/prototypes/<prototypeid>")
def delete(orgname: str, prototypeid: str):
    org = need(orgname)
    prototype = find(org, prototypeid)
    org.prototypes.remove(prototype)
    log("delete_prototype_permission", org, prototype)
    return "", 204
