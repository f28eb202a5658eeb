# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: how Quay shows accounts to a superuser."""

from __future__ import annotations

import typing as t
from urllib.parse import urlsplit

from ..._client.client import QuayClient
from ..._client.views import AccountView
from ..._engine.operation import Context, Params, inform, searched
from ..._errors import FeatureOff, ReadFailed
from ..._text.name_rules import is_uuid

PAGE = 100


def email_of(view: dict[str, t.Any]) -> str:
    """The address of an account; where none was given, Quay keeps a UUID in its place (data/model/user.py)."""
    email = view["email"] or ""
    return "" if is_uuid(email) else email


def refuse_quay_io(client: QuayClient) -> None:
    """On quay.io every superuser call answers as if there were nothing (verify_not_prod). Raises FeatureOff for it."""
    if urlsplit(client.transport.endpoint.url).hostname == "quay.io":
        raise FeatureOff("quay.io has no superuser API: its accounts cannot be managed.", 404, "")


def list_users(context: Context) -> Params:
    """All accounts that the options let through, sorted by name. Raises BadInput, FeatureOff and QuayError."""
    client, params = context.client, context.params
    is_wanted = searched(params, "name")
    refuse_quay_io(client)
    users = [
        {
            "username": view["username"],
            "email": email_of(view),
            "verified": bool(view.get("verified")),
            "enabled": bool(view["enabled"]),
            "super_user": bool(view["super_user"]),
            "global_readonly_super_user": bool(view.get("global_readonly_super_user")),
        }
        for view in accounts(client, params["include_disabled"])
        if is_wanted(view["username"]) and (view["super_user"] or not params["superusers_only"])
    ]
    return {"users": sorted(users, key=lambda user: user["username"])}


def accounts(client: QuayClient, include_disabled: bool = True) -> t.Iterator[dict[str, t.Any]]:
    """All accounts as Quay shows them; it fails with 500 where somebody deletes one while it looks, so look twice.

    Raises QuayError.
    """
    query = {"limit": PAGE, "disabled": str(include_disabled).lower()}
    seen = set()
    try:
        for view in client.pages("/superuser/users/", {}, "users", query, AccountView):
            seen.add(view["username"])
            yield view
    except ReadFailed:
        views = client.pages("/superuser/users/", {}, "users", query, AccountView)
        yield from (view for view in views if view["username"] not in seen)


USER_INFO = inform(
    {
        "name": {"type": "str"},
        "superusers_only": {"type": "bool", "default": False},
        "include_disabled": {"type": "bool", "default": True},
    },
    list_users,
    {"users": []},
)
