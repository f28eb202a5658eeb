# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OAuth: tokens that a user has given to applications, or been offered, and the page that gives one."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from flask import Response, g, redirect, request

from ...data.models import Namespace, Token, new_uuid
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.crud import ACCOUNT, Kind
from ...endpoints.errors import MessageError, generic_bad_request, generic_not_found, not_found
from ...endpoints.routing import Area, feature
from ...endpoints.views import avatar, avatar_of
from ..organization.applications import by_client, face

area = Area()
ONE = "/user/authorizations/<access_token_uuid>"
LOCAL = "/oauth/localapp"
TEN_YEARS = 315576000
# Title, icon, and whether the server warns of it.
SCOPES = {
    "repo:read": ("View all visible repositories", "fa-hdd-o", False),
    "repo:write": ("Read/Write to any accessible repositories", "fa-hdd-o", False),
    "repo:admin": ("Administer Repositories", "fa-hdd-o", False),
    "repo:create": ("Create Repositories", "fa-plus", False),
    "user:read": ("Read User Information", "fa-user", False),
    "user:admin": ("Administer User", "fa-gear", True),
    "org:admin": ("Administer Organization", "fa-gear", True),
    "super:user": ("Super User Access", "fa-street-view", True),
}


def scope_views(scopes: frozenset[str]) -> list[dict]:
    return [
        {"title": title, "scope": scope, "description": title, "icon": icon, "dangerous": dangerous}
        for scope, (title, icon, dangerous) in SCOPES.items()
        if scope in scopes
    ]


def application_view(entry: dict | None, user: Namespace) -> dict:
    """The server's own application belongs to the user himself."""
    org = entry["org"] if entry else user
    return {
        "name": entry["name"] if entry else "automation",
        "description": entry["description"] if entry else "",
        "url": entry["application_uri"] if entry else "",
        "avatar": face(entry) if entry else avatar("automation", "app", user.email),
        "organization": {"name": org.name, "avatar": {**avatar_of(org), "kind": "org"}},
    }


def view(token: Token) -> dict:
    application = application_view(token.application, token.user)
    return {"application": application, "scopes": scope_views(token.scopes), "uuid": token.uuid}


def own_tokens() -> list[Token]:
    user = auth.need_user_admin()
    return [token for token in auth.store().tokens.values() if token.user is user]


def find(access_token_uuid: str) -> Token:
    found = next((token for token in own_tokens() if token.uuid == access_token_uuid), None)
    if found is None:
        raise not_found()
    return found


@area.route("GET", "/user/authorizations", internal=True)
def list_authorizations():
    return {"authorizations": [view(token) for token in own_tokens()]}


@area.route("GET", ONE, internal=True)
def get(access_token_uuid: str):
    return view(find(access_token_uuid))


@area.route("DELETE", ONE, internal=True)
def delete(access_token_uuid: str):
    auth.store().revoke([find(access_token_uuid)])
    return "", 204


class Assigned(Kind):
    """Offers of a token that the user has not taken yet."""

    place, path, one = ACCOUNT, "/assignedauthorization", "assigned_authorization_uuid"
    listed, calls, when, internal = "authorizations", ("list", "delete"), feature("ASSIGN_OAUTH_TOKEN"), True

    def view(self, entry: dict) -> dict:
        application = entry["application"]
        shown = {**application_view(application, application["org"]), "clientId": application["client_id"]}
        scopes = scope_views(auth.parse_scopes(entry["scope"]))
        names = {name: entry[name] for name in ("uuid", "redirectUri", "responseType")}
        return {**names, "application": shown, "scopes": scopes}


assigned = Assigned(area)


def sign_in() -> Namespace:
    """These pages take a session, and protect it."""
    g.auth = auth.authenticate()
    if g.auth.user is None:
        raise MessageError("Unauthorized", 401)
    auth.check_csrf()
    return g.auth.user


@area.web("/oauth/authorize/assignuser", "POST")
def assign():
    caller = sign_in()
    if not auth.store().settings.feature("ASSIGN_OAUTH_TOKEN"):
        raise generic_not_found()
    user, application = auth.store().user(request.args.get("username", "")), by_client(request.args.get("client_id"))
    if user is None or not user.enabled or application is None:
        raise generic_not_found()
    if auth.plain_org_role(application["org"].name) != "admin":
        raise MessageError("Forbidden", 403)
    response_type = request.args.get("response_type", "code")
    offer = {"uuid": new_uuid(), "application": application, "scope": request.args.get("scope", "")}
    offer.update(redirectUri=request.args.get("redirect_uri"), responseType=response_type)
    assigned.entries(user).append(offer)
    metadata = {"assigning_user": caller.name, "assigned_user": user.name, "application": application["name"]}
    log_action("oauth_token_assigned", application["org"], {**metadata, "client_id": application["client_id"]})
    return {"message": "Token assigned successfully"}


def fits(application: dict, uri: str) -> bool:
    """The server's own page, or one below that of the application."""
    if uri == f"{request.host_url.rstrip('/')}{LOCAL}":
        return True
    known, given = urlsplit(application["redirect_uri"]), urlsplit(uri)
    same = (known.scheme, known.netloc) == (given.scheme, given.netloc)
    return bool(known.netloc) and same and given.path.startswith(known.path)


@area.web("/oauth/authorizeapp", "POST")
def authorize():
    """Sends the browser on to the application with the token behind the #, or with an error."""
    user = sign_in()
    form = request.form
    application, uri = by_client(form.get("client_id")), form.get("redirect_uri", "")
    offers = assigned.entries(user)
    offer = next((one for one in offers if one["uuid"] == form.get("assignment_uuid")), None)
    if form.get("response_type") != "token":
        raise generic_bad_request()
    admin = application is not None and auth.plain_org_role(application["org"].name) == "admin"
    if not (admin or (offer is not None and offer["application"] is application)):
        return redirect(f"{uri}?error=unauthorized_client", 302)
    if not fits(application, uri):
        return Response("Invalid redirect URI", status=400, content_type="text/html; charset=utf-8")
    scopes = auth.parse_scopes(form.get("scope", ""))
    if not scopes:
        return redirect(f"{uri}?error=invalid_scope", 302)
    secret = auth.store().new_token(user, scopes, TEN_YEARS, application=application)
    if offer is not None:
        offers.remove(offer)
    answer = {"access_token": secret, "token_type": "Bearer", "expires_in": TEN_YEARS, "scope": form["scope"]}
    return redirect(f"{uri}#{urlencode({**answer, 'state': form.get('state', '')})}", 302)
