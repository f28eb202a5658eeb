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
from ...endpoints.schema import body, named, object_of, text
from ...endpoints.views import avatar, avatar_of, quota_keys
from ..user.users import change_tag_expiration

area = Area()
NEW = named("NewOrg", object_of(["name"], name=text(), email=text(), contact_email=text(), recaptcha_response=text()))
UPDATE = named(
    "UpdateOrg",
    object_of(
        email=text(),
        contact_email={"type": ["string", "null"]},
        invoice_email={"type": "boolean"},
        invoice_email_address={"type": ["string", "null"]},
        tag_expiration_s={"type": "integer", "minimum": 0},
    ),
)


def team_view(team: Team, admin: bool) -> dict:
    """``admin``: the caller administers the organization, and so sees every team."""
    store = auth.store()
    return {
        "name": team.name,
        "description": team.description,
        "role": team.role,
        "avatar": avatar_of(team),
        "can_view": admin or auth.can_view_team(team.org.name, team.name),
        "repo_count": sum(team in repo.team_roles for repo in store.repositories),
        "member_count": len(team.members),
        "is_synced": team.sync is not None,
    }


def shown_email(org: Namespace) -> str:
    """Before 3.18 the UUID that stands for none."""
    return org.email if valid_email(org.email) or not auth.store().settings.since("3.18") else ""


def teams_of(org: Namespace) -> list[Team]:
    return sorted(org.teams.values(), key=lambda team: team.id)


def organization_view(org: Namespace, teams: list[Team] | None) -> dict:
    admin = auth.org_admin(org.name) or auth.readonly_superuser()
    member = auth.org_member(org.name) or auth.readonly_superuser()
    view = {
        "name": org.name,
        "email": shown_email(org) if admin else "",
        "avatar": avatar(org.name, "user", org.email),
        "is_admin": admin,
        "is_member": member,
    }
    if teams is not None:
        view["teams"] = {team.name: team_view(team, admin) for team in teams}
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


@area.route("POST", "/organization/", takes=NEW)
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
    check_new_email(email)
    try:
        store.check_new_name(data["name"])
    except MessageError as error:
        raise invalid(str(error)) from None
    org = store.add_org(data["name"], email, caller)
    log_action("org_create", org, {"email": email, "namespace": org.name})
    return "Created", 201


def check_new_email(email: str | None) -> None:
    store = auth.store()
    if not store.settings.since("3.18"):
        if store.settings.feature("MAILING") and not email:
            raise invalid("Email address is required")
        if email and email_taken(email):
            raise invalid(f"Email has already been used: {email}")
    if email and not valid_email(email) and (store.settings.since("3.18") or store.settings.feature("MAILING")):
        raise invalid("Invalid email address")
    if email and store.email_user(email) and not store.settings.feature("ORG_SHARED_EMAIL"):
        raise invalid("A user with this email address already exists")


def email_taken(email: str) -> bool:
    """Before 3.18 an address belongs to one namespace, even an empty one."""
    return any(one.email == email for kind in ("user", "org") for one in auth.store().all(kind))


@area.route("GET", "/organization/<orgname>")
def get(orgname: str):
    org = auth.store().org(orgname)
    if org is None:
        raise not_found()
    member = auth.org_member(orgname) or auth.readonly_superuser()
    return organization_view(org, teams_of(org) if member else None)


@area.route("PUT", "/organization/<orgname>", takes=UPDATE)
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
    if key in data and data[key] != shown_email(org):
        change_email(org, data[key])
    change_tag_expiration(org, data)
    return organization_view(org, teams_of(org))


def change_email(org: Namespace, email: str | None) -> None:
    """Before 3.18 an address is taken as it is, also an empty one, and only once in the whole registry."""
    old = shown_email(org)
    if auth.store().settings.since("3.18"):
        if email and not valid_email(email):
            raise invalid("Invalid email address")
        org.email = email or new_uuid()
    else:
        if email_taken(email):
            raise invalid("E-mail address already used")
        org.email = email
    log_action("org_change_email", org, {"email": email, "namespace": org.name, "old_email": old})


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
