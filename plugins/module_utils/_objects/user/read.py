# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the look at an account (quay endpoints/api/superuser.py)."""

from __future__ import annotations

import dataclasses

from ..._client.client import Names, QuayClient
from ..._client.views import AccountView
from ..._engine.field import State
from ..._engine.resource import Observed, Wish
from .accounts import email_of, refuse_quay_io

ACCOUNT = "/superuser/users/{username}"


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The account, and what the server says of accounts if the wish depends on it. Raises QuayError."""
    view = client.get(ACCOUNT, names, view=AccountView)
    fields = None if view is None else _fields(view)
    if fields is None:
        refuse_quay_io(client)
    facts: State = {"super_user": view and view["super_user"], "authentication": "Database", "mailing": False}
    if _needs_configuration(fields, wish):
        facts["authentication"] = client.authentication()
        facts["mailing"] = client.config()["features"].get("MAILING", False)
    # The directory gives the address of an account that is linked.
    initial = {} if facts["authentication"] == "Database" else {"email": None}
    return Observed(fields, {**facts, "given": "password" in wish.fields}, initial)


def _fields(view: State) -> State:
    return {"email": email_of(view), "enabled": view["enabled"], "superuser": view["super_user"]}


def _needs_configuration(fields: State | None, wish: Wish) -> bool:
    """Whether something is to be done that not every server lets a superuser do."""
    if wish.state == "absent" or fields is None:
        return wish.state == "present"
    email = wish.fields.get("email")
    # An export asks for an empty address, and leaves out what belongs to the directory.
    new_email = email == "" or (email and email != fields["email"])
    return bool(new_email or (wish.fields.get("password") and wish.options.get("update_password") == "always"))


def resume(first: Observed, now: Observed) -> Observed:
    """The server's configuration was asked for at the first look, if it was needed."""
    known = {name: first.facts[name] for name in ("authentication", "mailing")}
    return dataclasses.replace(now, facts={**now.facts, **known})
