# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: OAuth access tokens as Quay's web pages create them (quay endpoints/web.py).

This works on every release, but only for who has signed in with a password. There is no list of these tokens but that
of their owner.
"""

from __future__ import annotations

import typing as t
from urllib.parse import parse_qs, urlsplit

from ..._client.auth import Session
from ..._client.capabilities import require
from ..._client.client import QuayClient
from ..._client.connection import CREDENTIALS_SPEC, PASSWORD_SPEC, SERVER_SPEC
from ..._client.views import Named, UserView
from ..._engine.action import Action, act
from ..._engine.operation import Context, Operation, Params
from ..._errors import BadInput, ParentMissing, QuayError
from ..._text.name_rules import namespace_rule

SCOPES = (
    "org:admin",
    "repo:admin",
    "repo:create",
    "repo:read",
    "repo:write",
    "super:user",
    "user:admin",
    "user:read",
)
SPEC: Params = {
    "client_id": {"type": "str", "required": True},
    "for_user": {"type": "str"},
    "rights": {"type": "list", "elements": "str", "choices": [*SCOPES, "all"], "default": ["repo:read"]},
}
REASONS = {
    "unauthorized_client": "the account does not administer the organization of the application",
    "invalid_scope": "the server does not know all of the rights",
}


class ApplicationView(Named):
    """GET /app/<client_id>, which anybody may read."""

    organization: Named


def create_token(context: Context) -> Params:
    """Another token each time, or the offer of one to another user. Raises QuayError."""
    params, client = context.params, context.client
    _check(context)
    application = client.get("/app/{client_id}", params, view=ApplicationView)
    if application is None:
        raise ParentMissing(f"There is no application with the client ID {params['client_id']}.")
    scopes = scopes_of(params["rights"])
    title = f"token of application {application['name']} of {application['organization']['name']}"
    after = {"client_id": params["client_id"], "rights": scopes}
    form = {
        "client_id": params["client_id"],
        "redirect_uri": own_page(client),
        "response_type": "token",
        "scope": " ".join(scopes),
    }
    if params["for_user"] is None:
        action = Action(title, {}, after, lambda: _token(client, form, f"create a {title}"), {"access_token": None})
        return act(context, action)
    _find_user(client, params)
    form["username"] = params["for_user"]
    after["for_user"] = params["for_user"]
    purpose = f"offer a {title} to {params['for_user']}"
    return act(context, Action(title, {}, after, lambda: _offer(client, form, purpose)))


def _check(context: Context) -> None:
    """Raise BadInput or QuayError before any request."""
    params = context.params
    if not params["rights"]:
        raise BadInput("rights", [], "use at least one scope")
    for option in ("client_id", "for_user"):
        broken = namespace_rule(params[option]) if params[option] is not None else ""
        if broken:
            raise BadInput(option, params[option], broken)
    if not isinstance(context.client.auth, Session):
        raise QuayError(
            "quay_api_token needs quay_username and quay_password, or quay_session, as options or in the environment: "
            "Quay lets no token create another."
        )


def scopes_of(rights: t.Collection[str]) -> list[str]:
    """The scopes, sorted, each once."""
    return [scope for scope in SCOPES if scope in rights or "all" in rights]


def own_page(client: QuayClient) -> str:
    """The page of Quay itself that shows a new token, which Quay compares letter by letter (data/model/oauth.py).

    Raises QuayError.
    """
    config = client.config()["config"]
    handler = config.get("LOCAL_OAUTH_HANDLER", "/oauth/localapp")
    return f"{config.get('PREFERRED_URL_SCHEME', 'http')}://{config.get('SERVER_HOSTNAME')}{handler}"


def _find_user(client: QuayClient, params: Params) -> None:
    """Raise FeatureOff if nothing can be offered, and QuayError if there is nobody of this name."""
    require(client, "assigned_tokens")
    if client.get("/users/{for_user}", params, view=UserView) is None:
        raise ParentMissing(f"User {params['for_user']} does not exist.")


def _token(client: QuayClient, form: Params, purpose: str) -> Params:
    answer = client.submit("/oauth/authorizeapp", purpose, form=form)
    target = urlsplit(answer.headers.get("Location", ""))
    found = {**parse_qs(target.query), **parse_qs(target.fragment)}
    if "access_token" in found:
        return {"access_token": found["access_token"][0]}
    code = found.get("error", ["no token was returned"])[0]
    raise QuayError(f"Could not {purpose}: {REASONS.get(code, code)}.")


def _offer(client: QuayClient, form: Params, purpose: str) -> Params:
    client.submit("/oauth/authorize/assignuser", purpose, query={**form, "format": "json"})
    return {}


# No token can create another, so it is not an option.
WITH_SESSION = {**SERVER_SPEC, **PASSWORD_SPEC, "quay_session": CREDENTIALS_SPEC["quay_session"]}
API_TOKEN = Operation(SPEC, create_token, connection=WITH_SESSION)
