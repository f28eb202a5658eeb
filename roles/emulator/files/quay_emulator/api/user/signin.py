# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign-in, its confirmation, and sign-out."""

from __future__ import annotations

import json

from flask import Response, request, session

from ...data import accounts
from ...endpoints import auth
from ...endpoints.actions import log_action, log_event
from ...endpoints.errors import CrashError
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, named, object_of, text

area = Area()
SIGN_IN = named("SigninUser", object_of(["username", "password"], username=text(), password=text(), invite_code=text()))
VERIFY = named("VerifyUser", object_of(["password"], password=text()))


def attempt(name: str, password: str):
    """A user, None, or a ready answer."""
    try:
        return accounts.check_login(auth.store(), name, password)
    except accounts.BackOffError as error:
        headers = {"Retry-After": str(int(error.seconds))}
        return Response(str(error), status=429, headers=headers, content_type="text/html; charset=utf-8")
    except accounts.DisabledError:
        answer = {"needsEmailVerification": False, "invalidCredentials": True, "message": accounts.DISABLED}
        return Response(json.dumps(answer), status=403, content_type="application/json")


def refuse_password() -> None:
    """OIDC takes passwords only from providers that allow it; else the real server trips over its own error."""
    settings = auth.store().settings
    if settings.federated_service() == "oidc" and not settings["directory"].get("password_grant"):
        raise CrashError()


@area.route("POST", "/signin", when=feature("DIRECT_LOGIN"), internal=True, takes=SIGN_IN)
def sign_in():
    data = body(SIGN_IN)
    refuse_password()
    found = attempt(data["username"], data["password"])
    if isinstance(found, Response):
        return found
    if found is not None and (found.verified or not auth.store().settings.feature("MAILING")):
        auth.start_session(found)
        useragent = request.headers.get("User-Agent", "")
        log_event("login_success", found, {"type": "quayauth", "useragent": useragent})
        return {"success": True}
    return {
        "needsEmailVerification": found is not None,
        "invalidCredentials": found is None,
        "message": accounts.WRONG if found is None else None,
    }, 403


@area.route("POST", "/signin/verify", internal=True, takes=VERIFY)
def verify():
    one = auth.need_user_admin()
    password = body(VERIFY)["password"]
    found = attempt(one.name, password)
    if isinstance(found, Response):
        return found
    if found is None:
        return {"message": accounts.WRONG, "invalidCredentials": True}, 403
    auth.start_session(found)
    return {"success": True}


@area.route("POST", "/signout", internal=True)
def sign_out():
    """Ends all sessions of the user, not only this one."""
    if auth.user() is not None:
        accounts.end_sessions(auth.user())
        log_action("logout_success", auth.user(), {})
    session.clear()
    return {"success": True}
