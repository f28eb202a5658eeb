# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: superusers, whom only the configuration of the server makes."""

from __future__ import annotations

import dataclasses
import secrets
import string

from ..._client.client import Names, QuayClient, address
from ..._engine.field import State
from ..._engine.operation import Context
from ..._engine.resource import Observed, Wish
from ..._errors import AnswerLost, QuayError
from .limits import fit
from .read import ACCOUNT
from .resource import USER

DIRECTORY_SETTINGS = {
    "LDAP": "LDAP_SUPERUSER_FILTER",
    "OIDC": "SUPERUSER_GROUP of its OIDC login service in releases after 3.18",
}


def adapt(_client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """quay_superuser: what Quay refuses for a superuser is a failure. Raises QuayError."""
    refusal, wish = fit(names["username"], observed, wish)
    if refusal:
        raise QuayError(refusal)
    return wish


def finish(context: Context, result: State) -> None:
    """A lost password is replaced; then the server must count the account as a superuser, where that is asserted.

    Raises QuayError.
    """
    params = context.params
    if result.get("password", "") is None and not context.check_mode:
        _replace_password(context, result)
    if params["state"] == "absent" or "require_superuser" not in params or result["super_user"]:
        return
    if result["super_user"] is None:
        context.warn(
            f"Whether the server counts user {params['username']} as a superuser is known only after it is created."
        )
        return
    sentence = advice(context.client.authentication(), params["username"])
    if params["require_superuser"]:
        raise QuayError(sentence, result)
    context.warn(sentence)


def advice(authentication: str, username: str) -> str:
    """Why the account is no superuser, and what makes it one."""
    cause = f"The server does not count user {username} as a superuser"
    setting = DIRECTORY_SETTINGS.get(authentication)
    other = f" (or match it by {setting}, with {authentication} authentication)" if setting else ""
    return f"{cause}: add it to SUPER_USERS in config.yaml as below{other}, and restart.\nSUPER_USERS:\n  - {username}"


def _replace_password(context: Context, result: State) -> None:
    """The account exists, but the answer with its generated password was lost: set one that is known."""
    purpose = f"replace the password of user {context.params['username']}, which was lost with a response of Quay"
    password = "".join(secrets.choice(string.ascii_uppercase + string.digits) for _dummy in range(32))
    try:
        context.client.write("PUT", address(ACCOUNT, context.params), {"password": password}, purpose)
    except QuayError as error:
        # Where this answer was lost, too, the password may be in effect all the same.
        error.result.update(result, password=password if isinstance(error, AnswerLost) else None)
        raise
    result["password"] = password


SUPERUSER = dataclasses.replace(
    USER, adapt=adapt, fields=tuple(entry for entry in USER.fields if entry.name != "superuser")
)
