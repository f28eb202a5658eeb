# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Organizations as the superuser manages them."""

from __future__ import annotations

from ...data.models import Namespace
from ...data.store import name_problem
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import CrashError, MessageError, invalid, not_found
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, named, object_of, text
from ...endpoints.views import avatar_of, quota_keys, superuser_page

area = Area()
on = feature("SUPER_USERS")
UPDATE = named("UpdateOrg", object_of(name=text(), email=text(), invoice_email={"type": "boolean"}))


def view(org: Namespace) -> dict:
    """The raw e-mail, a UUID when none is set."""
    return {"name": org.name, "email": org.email, "avatar": avatar_of(org), **quota_keys(org)}


@area.route("GET", "/superuser/organizations/", when=on, internal=True)
def list_organizations():
    auth.need_fresh_login()
    auth.need_superuser(read=True)
    found, more = superuser_page(auth.store().all("org"))
    return {"organizations": [view(org) for org in found], **more}


@area.route("PUT", "/superuser/organizations/<orgname>", when=on, takes=UPDATE)
def update_organization(orgname: str):
    auth.need_fresh_login()
    data = body(UPDATE)
    auth.need_superuser()
    store = auth.store()
    org = store.org(orgname)
    if org is None:
        # The audit log of the real server stumbles over the missing namespace.
        raise CrashError()
    name = data.get("name", orgname)
    if "name" in data:
        change = {"old_name": orgname, "new_name": name, "superuser": auth.user().name}
        log_action("org_change_name", org, change)
    if name != orgname:
        if problem := name_problem(name):
            raise MessageError(f"Invalid username {name}: {problem}")
        if name in store.names:
            raise CrashError()
        store.rename(org, name)
    return view(org)


@area.route("DELETE", "/superuser/organizations/<orgname>", when=on)
def delete_organization(orgname: str):
    auth.need_fresh_login()
    auth.need_superuser()
    org = auth.store().org(orgname)
    if org is None:
        raise not_found()
    auth.store().delete_namespace(org)
    log_action("org_delete", org, {"namespace": orgname})
    return "", 204


@area.route("POST", "/superuser/takeownership/<namespace>", when=on, internal=True)
def take_ownership(namespace: str):
    """A user becomes an organization by this."""
    auth.need_fresh_login()
    auth.need_superuser()
    store, caller = auth.store(), auth.user()
    one = store.get(namespace, "user", "org")
    if one is None:
        raise not_found()
    was_user = one.kind == "user"
    if was_user:
        if auth.is_superuser(one):
            raise invalid("Cannot take ownership of a superuser")
        store.convert(one, caller)
    else:
        join_owners(one, caller)
    change = {"entity_id": one.id, "namespace": namespace, "was_user": was_user, "superuser": caller.name}
    log_action("take_ownership", caller, change)
    return {"namespace": namespace}


def join_owners(org: Namespace, caller: Namespace) -> None:
    team = next((team for team in org.teams.values() if team.role == "admin"), None)
    if team is None:
        raise CrashError()
    if caller not in team.members:
        team.members.append(caller)
