# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user himself, and what anybody may see of a user."""

from __future__ import annotations

from ...data import accounts
from ...data.models import Namespace
from ...endpoints import auth
from ...endpoints.actions import log_action, log_event
from ...endpoints.errors import MessageError, ProblemError, generic_not_found, invalid
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, named, object_of, text
from ...endpoints.views import avatar_of, quota_keys

area = Area()
PROFILE = ("company", "family_name", "given_name", "location")
UPDATE = named(
    "UpdateUser",
    object_of(
        password=text(),
        invoice_email={"type": "boolean"},
        email=text(),
        tag_expiration_s={"type": "integer", "minimum": 0},
        username=text(),
        invoice_email_address={"type": ["string", "null"]},
        **{name: {"type": ["string", "null"]} for name in PROFILE},
    ),
)
NEW = named("NewUser", object_of(["username", "password"], username=text(), password=text(), email=text()))


def organization_view(org: Namespace, admin: bool) -> dict:
    view = {
        "name": org.name,
        "avatar": avatar_of(org),
        "can_create_repo": auth.can_create_repository(org.name),
        "public": False,
    }
    if admin:
        view.update(is_org_admin=auth.org_admin(org.name), preferred_namespace=False)
    return view


def user_view(one: Namespace) -> dict:
    role = auth.user_role(one.name)
    view = {"anonymous": False, "username": one.name, "avatar": avatar_of(one)}
    if role == "admin":
        view.update(
            can_create_repo=True,
            is_me=True,
            verified=one.verified,
            email=one.email,
            logins=[],
            invoice_email=one.invoice_email,
            invoice_email_address=one.invoice_email_address,
            preferred_namespace=False,
            tag_expiration_s=one.tag_expiration_s,
            prompts=one.profile.get("prompts", []),
            **{name: one.profile.get(name) for name in PROFILE},
            is_free_account=True,
            has_password_set=auth.has_password(one),
            **quota_keys(one),
        )
    if role is not None:
        orgs = {team.org.name: team.org for team in auth.store().teams_of(one)}
        view["organizations"] = [organization_view(org, role == "admin") for org in orgs.values()]
    if auth.superuser():
        view["super_user"] = one is auth.user()
    if auth.readonly_superuser() and auth.store().settings.since("3.16"):
        view["global_readonly_super_user"] = one is auth.user()
    return view


@area.route("GET", "/user/")
def get_self():
    one = auth.user()
    if one is None or auth.user_role(one.name) is None:
        raise ProblemError("invalid_token", "Requires authentication", session_required=False)
    return user_view(one)


@area.route("PUT", "/user/", internal=True, takes=UPDATE)
def update_self():
    one = auth.need_user_admin()
    auth.need_fresh_login()
    data = body(UPDATE)
    store = auth.store()
    if "password" in data:
        try:
            accounts.set_password(one, data["password"])
        except MessageError as error:
            raise invalid(str(error)) from None
        auth.start_session(one)
        log_action("account_change_password", one, {})
    change_invoicing(one, data)
    change_tag_expiration(one, data)
    if data.get("email", one.email) != one.email:
        if store.email_user(data["email"]):
            raise invalid("E-mail address already used")
        # With mailing the new address waits for a confirmation that never comes here.
        if not store.settings.feature("MAILING"):
            log_action("user_change_email", one, {"email": data["email"], "old_email": one.email})
            one.email = data["email"]
    if store.settings.feature("USER_METADATA"):
        one.profile.update({name: data[name] for name in PROFILE if name in data})
    rename_self(one, data.get("username"))
    return user_view(one)


def change_invoicing(one: Namespace, data: dict) -> None:
    for name in ("invoice_email", "invoice_email_address"):
        if name in data:
            setattr(one, name, data[name])
            log_action("user_change_invoicing", one, {name: data[name]})


def change_tag_expiration(one: Namespace, data: dict) -> None:
    settings = auth.store().settings
    if "tag_expiration_s" in data and settings.feature("CHANGE_TAG_EXPIRATION"):
        if data["tag_expiration_s"] not in settings.tag_expirations():
            raise MessageError("Invalid tag expiration option")
        one.tag_expiration_s = data["tag_expiration_s"]
        change = {"tag_expiration": one.tag_expiration_s}
        if one.kind == "org":
            log_action("org_change_tag_expiration", one, {**change, "namespace": one.name})
        else:
            log_action("user_change_tag_expiration", one, change)


def rename_self(one: Namespace, name: str | None) -> None:
    store = auth.store()
    if name and name != one.name and store.settings.feature("USER_RENAME"):
        if store.get(name, "user", "org"):
            raise invalid("Username is already in use")
        store.check_new_name(name)
        store.rename(one, name)


@area.route("POST", "/user/", when=feature("USER_CREATION", "DIRECT_LOGIN"), internal=True, takes=NEW)
def sign_up():
    store = auth.store()
    data = body(NEW)
    if not store.settings.database_auth():
        raise generic_not_found()
    if store.user(data["username"]):
        raise invalid("The username already exists")
    if store.settings.feature("MAILING") and not data.get("email"):
        raise invalid("Email address is required")
    try:
        one = accounts.create_user(store, data["username"], data.get("email"), data["password"])
    except MessageError as error:
        raise invalid(str(error)) from None
    log_event("user_create", one, {"email": data.get("email"), "username": one.name})
    if not one.verified:
        return {"awaiting_verification": True}
    auth.start_session(one)
    return user_view(one)


@area.route("DELETE", "/user/", internal=True)
def delete_self():
    one = auth.need_user_admin()
    auth.need_fresh_login()
    if any(auth.store().admins(org) == {one} for org in auth.store().all("org")):
        raise MessageError("Cannot delete a user who is the only admin of an organization")
    name = one.name
    auth.store().delete_namespace(one)
    log_action("user_delete", one, {"username": name})
    return "", 204


@area.route("GET", "/users/<username>")
def get_user(username: str):
    one = auth.store().user(username)
    if one is None:
        raise generic_not_found()
    return user_view(one)


@area.route("POST", "/user/clientkey", when=feature("DIRECT_LOGIN"), internal=True)
def client_key():
    one = auth.need_user_admin()
    password = body(object_of(["password"], password=text()))["password"]
    if one.password != password:
        raise invalid(accounts.WRONG)
    log_action("user_generate_client_key", one, {})
    return {"key": accounts.encrypted(password)}
