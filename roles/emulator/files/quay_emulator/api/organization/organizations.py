# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Organizations themselves."""

from __future__ import annotations

from ...data.accounts import valid_email
from ...data.models import Namespace, Team, new_uuid
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import MessageError, invalid, not_found
from ...endpoints.routing import Area
from ...endpoints.schema import body, object_of, text
from ...endpoints.views import avatar, avatar_of, quota_keys
from ..user.users import change_tag_expiration

area = Area()
NEW = object_of(["name"], name=text(), email=text(), contact_email=text(), recaptcha_response=text())
UPDATE = object_of(
    email=text(),
    contact_email={"type": ["string", "null"]},
    invoice_email={"type": "boolean"},
    invoice_email_address={"type": ["string", "null"]},
    tag_expiration_s={"type": "integer", "minimum": 0},
)


def team_view(team: Team) -> dict:
    store = auth.store()
    return {
        "name": team.name,
        "description": team.description,
        "role": team.role,
        "avatar": avatar_of(team),
        "can_view": auth.can_view_team(team.org.name, team.name) or auth.readonly_superuser(),
        "repo_count": sum(team in repo.team_roles for repo in store.repositories),
        "member_count": len(team.members),
        "is_synced": team.sync is not None,
    }


def organization_view(org: Namespace, with_teams: bool) -> dict:
    admin = auth.org_admin(org.name) or auth.readonly_superuser()
    member = auth.org_member(org.name) or auth.readonly_superuser()
    view = {
        "name": org.name,
        "email": org.email if admin and valid_email(org.email) else "",
        "avatar": avatar(org.name, "user", org.email),
        "is_admin": admin,
        "is_member": member,
    }
    if with_teams:
        teams = sorted(org.teams.values(), key=lambda team: team.id)
        view["teams"] = {team.name: team_view(team) for team in teams}
        view["ordered_teams"] = [team.name for team in teams]
    if admin:
        view.update(
            invoice_email=org.invoice_email,
            invoice_email_address=org.invoice_email_address,
            tag_expiration_s=org.tag_expiration_s,
            is_free_account=True,
        )
    if member:
        view.update(quota_keys(org))
    return view


@area.route("POST", "/organization/")
def create():
    caller = auth.need_user_admin()
    if auth.restricted():
        raise auth.errors.unauthorized()
    data = body(NEW)
    store = auth.store()
    if store.settings.feature("SUPERUSERS_ORG_CREATION_ONLY") and not auth.superuser():
        raise auth.errors.unauthorized()
    if store.get(data["name"], "user", "org"):
        raise invalid("A user or organization with this name already exists")
    email = data.get("contact_email") or data.get("email")
    if email and not valid_email(email):
        raise invalid("Invalid email address")
    if email and store.email_user(email) and not store.settings.feature("ORG_SHARED_EMAIL"):
        raise invalid("A user with this email address already exists")
    try:
        store.check_new_name(data["name"])
    except MessageError as error:
        raise invalid(str(error)) from None
    org = store.add_org(data["name"], email, caller)
    log_action("org_create", org, {"email": email, "namespace": org.name})
    return "Created", 201


@area.route("GET", "/organization/<orgname>")
def get(orgname: str):
    org = auth.store().org(orgname)
    if org is None:
        raise not_found()
    return organization_view(org, auth.org_member(orgname) or auth.readonly_superuser())


@area.route("PUT", "/organization/<orgname>")
def update(orgname: str):
    """Not atomic: what comes before a refused value is kept."""
    data = body(UPDATE)
    auth.need_org_admin(orgname)
    org = auth.store().org(orgname)
    if org is None:
        raise not_found()
    if "invoice_email" in data:
        org.invoice_email = data["invoice_email"]
        log_action("org_change_invoicing", org, {"invoice_email": org.invoice_email, "namespace": orgname})
    if "invoice_email_address" in data:
        org.invoice_email_address = data["invoice_email_address"] or None
        address = {"invoice_email_address": org.invoice_email_address, "namespace": orgname}
        log_action("org_change_invoicing", org, address)
    key = "contact_email" if "contact_email" in data else "email"
    if key in data and data[key] != org.email:
        if data[key] and not valid_email(data[key]):
            raise invalid("Invalid email address")
        change = {"email": data[key], "namespace": orgname, "old_email": org.email if valid_email(org.email) else ""}
        org.email = data[key] or new_uuid()
        log_action("org_change_email", org, change)
    change_tag_expiration(org, data)
    return organization_view(org, with_teams=True)


@area.route("DELETE", "/organization/<orgname>")
def delete(orgname: str):
    auth.need_fresh_login()
    auth.need_org_admin(orgname)
    org = auth.store().org(orgname)
    if org is None:
        raise not_found()
    auth.store().delete_namespace(org)
    log_action("org_delete", org, {"namespace": orgname})
    return "", 204
