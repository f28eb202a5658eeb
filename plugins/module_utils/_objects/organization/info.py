# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: lists organizations (quay endpoints/api/superuser.py, user.py, organization.py)."""

from __future__ import annotations

from ..._client.client import QuayClient
from ..._client.views import ListedOrganizationView, OrganizationView, OwnAccountView
from ..._engine.operation import Context, Params, inform, searched
from ..._engine.resource import State
from ..._errors import Forbidden
from ..._text.codec import duration
from ..._text.name_rules import is_uuid


def list_organizations(context: Context) -> Params:
    """All that a superuser sees, or those that the account is in, sorted by name. Raises BadInput and QuayError."""
    client, is_wanted = context.client, searched(context.params, "name")
    listed = sorted(_listed(client), key=lambda view: str(view["name"]))
    # Between deletion and garbage collection, the name is a UUID.
    views = [view for view in listed if is_wanted(view["name"]) and not is_uuid(view["name"])]
    found = [_shown(view) for view in views]
    if context.params["details"]:
        found = [{**one, **_details(client, one)} for one in found]
    return {"organizations": found}


def _listed(client: QuayClient) -> list[State]:
    try:
        return list(
            client.pages("/superuser/organizations/", {}, "organizations", {"limit": 100}, ListedOrganizationView)
        )
    except Forbidden:
        purpose = "list the account's organizations, which needs scope user:read"
        return list(client.call("GET", "/api/v1/user/", purpose, view=OwnAccountView)["organizations"])


def _shown(view: State) -> State:
    email = view.get("email")
    report = view.get("quota_report") or {}
    return {
        "name": view["name"],
        "email": "" if is_uuid(email or "") else email,
        "size": report.get("quota_bytes"),
    }


def _details(client: QuayClient, listed: State) -> State:
    """What only members see is missing to others; nothing of an organization that was deleted meanwhile."""
    view = client.get("/organization/{name}", listed, view=OrganizationView) or {}
    expiration, email = view.get("tag_expiration_s"), view.get("email")
    return {
        "email": listed["email"] if email is None else "" if is_uuid(email) else email,
        "is_admin": view.get("is_admin", False),
        "time_machine_expiration": None if expiration is None else duration(expiration),
        "teams": sorted(view.get("teams", ())),
    }


ORGANIZATION_INFO = inform(
    {"name": {"type": "str"}, "details": {"type": "bool", "default": False}}, list_organizations, {"organizations": []}
)
