# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users as the superuser manages them."""

from __future__ import annotations

import time

from ...data import accounts
from ...data.models import Namespace
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import MessageError, invalid, not_found
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, flag, named, object_of, text
from ...endpoints.views import stored_bytes, superuser_page, superuser_view

area = Area()
on = feature("SUPER_USERS")
NEW = named("CreateInstallUser", object_of(["username"], username=text(), email=text()))
UPDATE = named("UpdateUser", object_of(password=text(), email=text(), enabled={"type": "boolean"}))


@area.route("GET", "/superuser/users/", when=on)
def list_users():
    auth.need_fresh_login()
    auth.need_superuser(read=True)
    users = [one for one in auth.store().all("user") if one.enabled or flag("disabled", default=True)]
    users, more = superuser_page(users)
    return {"users": [superuser_view(one) for one in users], **more}


@area.route("POST", "/superuser/users/", when=on, takes=NEW)
def create_user():
    auth.need_fresh_login()
    data = body(NEW)
    store = auth.store()
    # The real server looks at the authentication before it looks at who asks.
    if not store.settings.database_auth():
        raise invalid("Cannot create a user in a non-database auth system")
    auth.need_superuser()
    password = accounts.generated_password()
    one = accounts.create_user(store, data["username"], data.get("email"), password)
    log("user_create", one, email=data.get("email"), username=one.name)
    return {
        "username": one.name,
        "email": data.get("email"),
        "password": password,
        "encrypted_password": accounts.encrypted(password),
    }


def log(kind: str, one: Namespace, **metadata) -> None:
    log_action(kind, one, {**metadata, "superuser": auth.user().name})


@area.route("GET", "/superuser/users/<username>", when=on)
def get_user(username: str):
    auth.need_fresh_login()
    auth.need_superuser(read=True)
    return superuser_view(need(username))


def need(username: str) -> Namespace:
    one = auth.store().user(username)
    if one is None or one.deleted:
        raise not_found()
    return one


@area.route("PUT", "/superuser/users/<username>", when=on, takes=UPDATE)
def update_user(username: str):
    """Not atomic: password, e-mail and enabled one after the other; the answer shows the state before."""
    auth.need_fresh_login()
    data = body(UPDATE)
    auth.need_superuser()
    one = need(username)
    if auth.is_superuser(one):
        raise invalid("Cannot update a superuser")
    answer = superuser_view(one)
    store = auth.store()
    if "password" in data:
        if not store.settings.database_auth():
            raise invalid("Cannot change password in non-database auth")
        accounts.set_password(one, data["password"])
        log("user_change_password", one, username=username)
    if "email" in data:
        if not store.settings.database_auth() and store.settings["AUTHENTICATION_TYPE"] != "AppToken":
            raise invalid("Cannot change e-mail in non-database auth")
        change_email(one, data["email"])
    if "enabled" in data:
        one.enabled = data["enabled"]
        log("user_enable" if one.enabled else "user_disable", one, username=username)
    if data.get("email"):
        answer["email"] = data["email"]
    if "password" in data:
        answer["encrypted_password"] = accounts.encrypted(data["password"])
    return answer


def change_email(one: Namespace, email: str) -> None:
    other = auth.store().email_user(email)
    if other is not None and other is not one:
        raise MessageError("E-mail address already used")
    log("user_change_email", one, old_email=one.email, email=email)
    one.email, one.verified = email, True


@area.route("DELETE", "/superuser/users/<username>", when=on)
def delete_user(username: str):
    auth.need_fresh_login()
    auth.need_superuser()
    one = need(username)
    if auth.is_superuser(one):
        raise invalid("Cannot delete a superuser")
    auth.store().delete_namespace(one)
    log_action("user_delete", one, {"username": username})
    return "", 204


@area.route("POST", "/superusers/users/<username>/sendrecovery", when=feature("SUPER_USERS", "MAILING"), internal=True)
def send_recovery(username: str):
    auth.need_fresh_login()
    auth.need_superuser()
    one = need(username)
    if auth.is_superuser(one):
        raise invalid("Cannot send a recovery email for a superuser")
    return {"email": one.email}


@area.route("GET", "/superuser/registrysize/", when=on, internal=True)
def registry_size():
    """As a worker would have calculated it by now."""
    auth.need_superuser(read=True)
    store, now = auth.store(), time.time()
    queued = store.registry_size_queued
    if queued is not None and now >= queued + store.settings["registry_size_seconds"]:
        size = sum(stored_bytes(one) for one in (*store.all("user"), *store.all("org")))
        store.registry_size = {"size_bytes": size, "last_ran": int(now * 1000)}
        store.registry_size_queued = None
    return {**store.registry_size, "running": False, "queued": store.registry_size_queued is not None}


@area.route("POST", "/superuser/registrysize/", when=on, internal=True)
def queue_registry_size():
    auth.need_superuser()
    if auth.store().registry_size_queued is not None:
        return "", 202
    auth.store().registry_size_queued = time.time()
    return "", 201


@area.route("GET", "/superuser/changelog/", when=on, internal=True)
def changelog():
    auth.need_superuser(read=True)
    return {"log": "# Changes\n"}
