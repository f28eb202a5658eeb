# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what Quay lets a superuser do with an account: not all, and not on every server."""

from __future__ import annotations

import dataclasses

from ..._client.client import Names, QuayClient
from ..._engine.field import State
from ..._engine.resource import Observed, Wish
from ..._errors import QuayError

# Which kinds of authentication let a superuser set them; elsewhere they belong to the directory.
SETTABLE = {"password": ("Database",), "email": ("Database", "AppToken")}
SUPERUSER_LATER = "Quay adds it to SUPER_USERS in its configuration if that is writable; otherwise add it yourself"


def adapt(_client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """quay_user: what Quay refuses for a superuser is left alone with a warning, as it is today. Raises QuayError."""
    username, super_user, warnings = names["username"], observed.facts["super_user"], wish.warnings
    superuser = wish.fields.get("superuser")
    if super_user:
        wish = dataclasses.replace(wish, fields={k: v for k, v in wish.fields.items() if k != "superuser"})
    refusal, wish = fit(username, observed, wish)
    if refusal:
        return Wish({}, warnings=(refusal,))
    if wish.state == "present" and superuser is False and super_user:
        warnings += (f"User {username} remains a superuser: only the server's configuration can change that.",)
    elif wish.state == "present" and superuser and not super_user:
        warnings += (f"User {username} becomes a superuser only when the server restarts: {SUPERUSER_LATER}.",)
    return dataclasses.replace(wish, warnings=warnings)


def fit(username: str, observed: Observed, wish: Wish) -> tuple[str, Wish]:
    """The wish without what is not to be sent, and why Quay refuses it for a superuser (or an empty string).

    Raises QuayError.
    """
    fields, super_user, existed = dict(wish.fields), observed.facts["super_user"], observed.before.fields is not None
    if not fields.get("email"):
        fields.pop("email", None)
    if observed.fields is None:
        # So that the diff of an account that is linked shows something.
        fields.setdefault("enabled", True)
    wish = dataclasses.replace(wish, fields=fields)
    if wish.state == "absent":
        refused = "User {0} cannot be deleted" if super_user else ""
    else:
        present = observed.fields or {}
        needed = [name for name, value in fields.items() if name == "password" or present.get(name) != value]
        refused = f"{', '.join(needed)} of user {{0}} cannot be changed" if needed and super_user else ""
        if not refused:
            _refuse_what_the_server_lacks(username, observed, fields, needed)
    # Of an account that this task made, the refusal of Quay itself must be seen.
    if refused and existed:
        return f"{refused} as long as the server counts it as a superuser.".format(username), wish
    return "", wish


def _refuse_what_the_server_lacks(username: str, observed: Observed, fields: State, needed: list[str]) -> None:
    authentication = observed.facts["authentication"]
    foreign = [name for name in needed if name in SETTABLE and authentication not in SETTABLE[name]]
    if foreign:
        cause = f"on a server with {authentication} authentication, the directory determines this"
        raise QuayError(f"{' and '.join(foreign)} of user {username} cannot be set: {cause}.")
    if observed.fields is None and authentication == "OIDC":
        raise QuayError(
            f"User {username} cannot be created: with OIDC, the first sign-in of a person creates the account."
        )
    created = observed.fields is None and authentication == "Database"
    if created and observed.facts["mailing"] and "email" not in fields:
        raise QuayError(
            f"User {username} requires email: this server sends mail and accepts no account without an address."
        )
