# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: storage quotas with what is used of them."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._client.capabilities import require
from ..._client.client import QuayClient
from ..._client.views import AccountView, ListedOrganizationView, UserView
from ..._engine.field import State
from ..._engine.operation import Context, Params, inform
from ..._engine.plan import shown_object
from ..._engine.reconcile import check_names
from ..._errors import CredentialsRefused, Forbidden, ParentMissing
from ..._text.codec import size_text
from ..._text.name_rules import is_uuid
from ..shared import find_organization, foreign
from ..user.accounts import accounts
from ..user_quota.resource import USER_QUOTA
from .resource import QUOTA, parse

SPEC: Params = {"organization": {"type": "str"}, "username": {"type": "str"}}
CONSTRAINTS: Params = {"mutually_exclusive": [("organization", "username")]}
LIMITS = ("quota", "warning_pct", "reject_pct")


def list_quotas(context: Context) -> Params:
    """Of one namespace, or of all organizations and users, sorted by name. Raises QuayError."""
    for resource in (QUOTA, USER_QUOTA):
        check_names(resource, context.params)
    views = list(_views(context.client, context.params))
    if any("quotas" not in view for _kind, view in views):
        require(context.client, "quotas")
        raise foreign(context.client, str(context.params["organization"]))
    found = [_shown(kind, view) for kind, view in views if not is_uuid(view["name"])]
    return {"quotas": sorted(found, key=lambda one: one["name"])}


def _views(client: QuayClient, params: Params) -> t.Iterator[tuple[str, State]]:
    if params["organization"] is not None:
        yield "organization", find_organization(client, params)
    elif params["username"] is not None:
        try:
            view = client.get("/superuser/users/{username}", params, view=AccountView)
        except Forbidden as refused:
            view = _own_account(client, params["username"], refused)
        if view is None:
            raise ParentMissing(f"User {params['username']} does not exist.")
        yield "user", {**view, "name": view["username"]}
    else:
        organizations = "/superuser/organizations/"
        for view in client.pages(organizations, {}, "organizations", {"limit": 100}, ListedOrganizationView):
            yield "organization", view
        for view in accounts(client):
            yield "user", {**view, "name": view["username"]}


def _own_account(client: QuayClient, username: str, refused: Forbidden) -> State:
    """The account itself, to which Quay shows its quota and use. Raises ``refused`` if it is another, and QuayError."""
    try:
        view = client.get("/user/", {}, missing=(), view=UserView)
    except (CredentialsRefused, Forbidden):
        # A token without user:read.
        raise refused from None
    if view["username"] != username:
        raise refused
    if "quotas" not in view:
        require(client, "quotas")
        raise Forbidden(f"No rights to read the quota of {username}: the token lacks the scope user:admin.", 403, "")
    return t.cast("State", view)


def _shown(kind: str, view: State) -> State:
    """The default of the whole registry comes in the same list, without an id."""
    own = [parse(quota) for quota in view["quotas"] if quota["id"] is not None]
    report = view.get("quota_report") or {}
    used, limit = int(report.get("quota_bytes") or 0), own[0]["quota"] if own else None
    shown = shown_object(QUOTA, own[0]) if own else {}
    return {
        "kind": kind,
        "name": view["name"],
        **{name: shown.get(name) for name in LIMITS},
        "quota_bytes": limit,
        "used": size_text(used),
        "used_bytes": used,
        "used_pct": round(100 * used / limit, 1) if limit else None,
        "backfill_status": report.get("backfill_status"),
    }


QUOTA_INFO = dataclasses.replace(inform(SPEC, list_quotas, {"quotas": []}), constraints=CONSTRAINTS)
