# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: makes an organization of an account, for good (quay endpoints/api/user.py)."""

from __future__ import annotations

import contextlib

from ..._client.auth import Session
from ..._client.client import QuayClient
from ..._client.views import OrganizationView, OwnAccountView
from ..._engine.action import Action, act
from ..._engine.operation import Context, Operation, Params
from ..._errors import BadInput, CredentialsRefused, FeatureOff, QuayError
from ..._text.name_rules import namespace_rule


def convert(context: Context) -> Params:
    """Convert the account that the credentials are of, unless there is already an organization of this name.

    Raises BadInput, FeatureOff and QuayError.
    """
    client, params = context.client, context.params
    name, owner = params["username"], params["admin_username"]
    _check(params)
    session = Session(owner, params["admin_password"])
    if _is_converted(client, QuayClient(client.transport, session), name):
        return {"changed": False}
    if client.authentication() != "Database":
        raise FeatureOff("Only accounts of Quay's own database can be converted, not those of a directory.", 404, "")
    user = client.call("GET", "/api/v1/user/", "read the account, which needs scope user:read", view=OwnAccountView)
    if user["username"] != name:
        raise QuayError(f"username: the credentials are those of {user['username']}. Use those of {name} itself.")
    joined = sorted(one["name"] for one in user["organizations"])
    if joined:
        raise QuayError(f"{name} is a member of {', '.join(joined)}, and an organization cannot be: leave these first.")

    _check_owner(client, session)

    def send() -> Params:
        body = {"adminUser": owner, "adminPassword": params["admin_password"]}
        client.write("POST", "/user/convert", body, f"convert {name} to an organization")
        return {}

    after = {"kind": "organization", "owner": owner}
    return act(context, Action(f"account {name}", {"kind": "user"}, after, send))


def _is_converted(client: QuayClient, owner: QuayClient, name: str) -> bool:
    """Whether there is an organization of this name. Nobody can sign in as one, so then its owner looks."""

    def look(one: QuayClient) -> bool:
        return one.get("/organization/{name}", {"name": name}, view=OrganizationView) is not None

    try:
        return look(client)
    except CredentialsRefused:
        with contextlib.suppress(CredentialsRefused):
            if look(owner):
                return True
        raise


def _check_owner(client: QuayClient, session: Session) -> None:
    """Raise CredentialsRefused if the owner cannot sign in, whom Quay signs in with the conversion."""
    try:
        session.sign_in(client.transport)
    except CredentialsRefused as error:
        # Without FEATURE_DIRECT_LOGIN there is no such route, but Quay still takes the password here.
        if error.status not in (404, 405):
            raise


def _check(params: Params) -> None:
    for option in ("username", "admin_username"):
        if namespace_rule(params[option]):
            raise BadInput(option, params[option], namespace_rule(params[option]))
    if params["confirm"] != params["username"]:
        rule = f"set it to {params['username']}, since nothing reverts a conversion"
        raise BadInput("confirm", params["confirm"], rule)
    if params["admin_username"] == params["username"]:
        raise BadInput("admin_username", params["admin_username"], "use another account")


CONVERT = Operation(
    {
        "username": {"type": "str", "required": True},
        "confirm": {"type": "str", "required": True},
        "admin_username": {"type": "str", "required": True},
        "admin_password": {"type": "str", "required": True, "no_log": True},
    },
    convert,
)
