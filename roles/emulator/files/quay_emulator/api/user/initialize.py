# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first user of a fresh registry: a plain web route without credentials and CSRF."""

from __future__ import annotations

from flask import request

from ...data import accounts
from ...data.store import SCOPES, name_problem
from ...endpoints import auth
from ...endpoints.errors import CrashError, LabeledHtmlError, MessageError
from ...endpoints.routing import Area

area = Area()
TOKEN_LIFE = 9000


@area.route("POST", "/user/initialize", internal=True)
def initialize():
    store = auth.store()
    if not store.settings.feature("USER_INITIALIZE"):
        raise LabeledHtmlError("Feature is not enabled", 404)
    if not store.settings.database_auth():
        raise MessageError("Cannot initialize user in a non-database auth system")
    if store.all("user"):
        raise MessageError("Cannot initialize user in a non-empty database")
    data = request.get_json(silent=True)
    if not isinstance(data, dict) or "username" not in data or "password" not in data:
        raise CrashError()
    if problem := name_problem(data["username"]):
        raise MessageError(f"Invalid namespace {data['username']}: {problem}")
    user = accounts.create_user(store, data["username"], data.get("email"), data["password"])
    user.verified = True
    auth.start_session(user)
    answer = {
        "username": user.name,
        "email": user.email,
        "encrypted_password": accounts.encrypted(data["password"]),
    }
    if data.get("access_token"):
        answer["access_token"] = store.new_token(user, frozenset(SCOPES), TOKEN_LIFE)
    return answer
