# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens of an organization's OAuth applications, made without a browser."""

from __future__ import annotations

from datetime import datetime, timezone

from ...data.models import Token
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.crud import ORGANIZATION
from ...endpoints.errors import MessageError, not_found, unauthorized
from ...endpoints.identity import current
from ...endpoints.routing import Area
from ...endpoints.schema import body, named, object_of, text
from ...endpoints.views import new_page_token, page_start
from .applications import applications

area = Area()
PATH = "/organization/<orgname>/applications/<client_id>/tokens"
NEW = named(
    "NewToken",
    object_of(
        ["name", "scope"],
        name=text(minLength=1, maxLength=255),
        scope=text(),
        expiration={"type": "number", "minimum": 1},
    ),
)
PAGE_SIZE = 50
TEN_YEARS = 315576000


def moment(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, timezone.utc).replace(tzinfo=None).isoformat() + "Z"


def view(token: Token) -> dict:
    return {
        "uuid": token.uuid,
        "name": token.name,
        "scope": " ".join(sorted(token.scopes)),
        "expires_at": moment(token.expires),
        "created": moment(token.created),
        "created_by": token.user.name,
        "last_accessed": None,
    }


def application(orgname: str, client_id: str, read: bool = False) -> dict:
    return applications.find(ORGANIZATION.find(orgname, read), client_id)


@area.route("GET", PATH)
def list_tokens(orgname: str, client_id: str):
    """Without the secrets, and without those that have ended."""
    tokens = auth.store().tokens_of(application(orgname, client_id, read=True))
    start = page_start()
    tokens = [token for token in tokens if not start or token.id <= start]
    more = {"next_page": new_page_token(start_index=tokens[PAGE_SIZE].id)} if len(tokens) > PAGE_SIZE else {}
    return {"tokens": [view(token) for token in tokens[:PAGE_SIZE]], **more}


def may_grant(scopes: frozenset[str], orgname: str) -> bool:
    """A scope can be handed on by those who have it, and what it stands for."""
    own = current().scopes
    if own is not None and not scopes <= own:
        return False
    if "super:user" in scopes and not auth.superuser():
        return False
    of_organization = {scope for scope in scopes if scope.startswith(("repo:", "org:"))}
    return not of_organization or auth.org_admin(orgname)


@area.route("POST", PATH, takes=NEW)
def create(orgname: str, client_id: str):
    """Any number may have the same name. The secret is in this answer alone."""
    data = body(NEW)
    found = application(orgname, client_id)
    name = data["name"].strip()
    if not name:
        raise MessageError("'name' must not be empty")
    scopes = auth.parse_scopes(data["scope"])
    if not scopes:
        raise MessageError(f"Invalid scope: {data['scope']}")
    if not may_grant(scopes, orgname):
        raise unauthorized()
    store, lifetime = auth.store(), min(data.get("expiration", TEN_YEARS), TEN_YEARS)
    secret = store.new_token(auth.need_user(), scopes, lifetime, application=found, name=name)
    token = store.tokens[secret]
    more = {"scope": " ".join(sorted(scopes)), "token_display_name": name, "auth_method": "OAuth"}
    log("create", orgname, found, token, **more)
    return {**view(token), "token": secret}


@area.route("DELETE", f"{PATH}/<token_uuid>")
def delete(orgname: str, client_id: str, token_uuid: str):
    found = application(orgname, client_id)
    tokens = [token for token in auth.store().tokens.values() if token.application is found]
    tokens = [token for token in tokens if token.uuid == token_uuid]
    if not tokens:
        raise not_found()
    auth.store().revoke(tokens)
    log("revoke", orgname, found, tokens[0])
    return "", 204


def log(verb: str, orgname: str, found: dict, token: Token, **more) -> None:
    metadata = {"oauth_token_uuid": token.uuid, "application_name": found["name"], "client_id": found["client_id"]}
    log_action(f"{verb}_oauth_api_token", orgname, {**metadata, **more})
