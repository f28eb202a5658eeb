# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the first account of a fresh server (quay endpoints/web.py, user_initialize)."""

from __future__ import annotations

import typing as t

from .._client.client import QuayClient
from .._client.connection import SERVER_SPEC
from .._engine.action import Action, act
from .._engine.operation import Context, Operation
from .._errors import BadInput, FeatureOff, QuayError, Refused
from .._text.name_rules import email_rule, new_namespace_rule, password_rule

SPEC: dict[str, t.Any] = {
    "username": {"type": "str", "required": True},
    "password": {"type": "str", "required": True, "no_log": True},
    "email": {"type": "str"},
    "create_token": {"type": "bool", "default": False, "no_log": False},
}
RULES = {"username": new_namespace_rule, "password": password_rule, "email": email_rule}


def initialize(context: Context) -> dict[str, t.Any]:
    """Create the first user of a new server. Raises BadInput and QuayError."""
    params, client = context.params, context.client
    for option, rule in RULES.items():
        broken = rule(params[option] or "") if params[option] is not None else ""
        if broken:
            raise BadInput(option, "(hidden)" if option == "password" else params[option], broken)
    purpose = f"create {params['username']} as the first user"
    _refuse_where_it_cannot_be(client, params, purpose)
    shown = {"username": params["username"], "email": params["email"] or ""}
    # What only Quay knows is null in check mode.
    secret = dict.fromkeys(["encrypted_password", *(["access_token"] if params["create_token"] else [])])

    def send() -> dict[str, t.Any]:
        answer = _send(client, params, purpose)
        return {**shown, **{key: answer[key] for key in secret}}

    return act(context, Action(f"first user {params['username']}", {}, shown, send, {**shown, **secret}))


def _send(client: QuayClient, params: dict[str, t.Any], purpose: str) -> dict[str, t.Any]:
    body = {"username": params["username"], "password": params["password"], "access_token": params["create_token"]}
    try:
        return t.cast(
            "dict[str, t.Any]",
            client.write("POST", "/user/initialize", {**body, "email": params["email"] or None}, purpose),
        )
    except Refused as refused:
        if "non-empty" in refused.said:
            raise QuayError(f"Could not {purpose}: {client.transport.endpoint.url} has users already.") from refused
        raise


def _refuse_where_it_cannot_be(client: QuayClient, params: dict[str, t.Any], purpose: str) -> None:
    """All that anyone may know beforehand; whether there are users already, Quay tells nobody."""
    published, url = client.config(), client.transport.endpoint.url
    authentication = client.authentication()
    if not published["features"].get("USER_INITIALIZE"):
        raise FeatureOff(f"Could not {purpose}: FEATURE_USER_INITIALIZE is off on {url}.", 404, "")
    if authentication != "Database":
        raise QuayError(f"Could not {purpose}: the accounts of {url} come from a directory ({authentication}).")
    if published["features"].get("MAILING") and not params["email"]:
        raise QuayError(f"Could not {purpose}: {url} sends mail and requires email for every account.")


FIRST_USER = Operation(SPEC, initialize, connection=SERVER_SPEC)
