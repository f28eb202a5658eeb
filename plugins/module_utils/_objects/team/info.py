# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: lists the teams of an organization (quay endpoints/api/team.py)."""

from __future__ import annotations

from ..._client.client import QuayClient
from ..._engine.operation import Context, Params, inform, searched
from ..._engine.resource import State
from ..._errors import BadInput
from ..._text.name_rules import namespace_rule
from ..shared import organization_view
from .members import MembersView, names_in
from .resource import TEAM_PATH


def list_teams(context: Context) -> Params:
    """All teams, sorted by name; raises ParentMissing without the organization."""
    client, organization = context.client, context.params["organization"]
    if namespace_rule(organization):
        raise BadInput("organization", organization, namespace_rule(organization))
    is_wanted = searched(context.params, "name")
    teams = organization_view(client, {"organization": organization})["teams"]
    found = [_shown(organization, teams[name]) for name in sorted(teams) if is_wanted(name)]
    if context.params["members"]:
        found = [{**team, **_members(client, team)} for team in found]
    return {"teams": found}


def _shown(organization: str, view: State) -> State:
    return {
        "organization": organization,
        "name": view["name"],
        "role": view["role"],
        "description": view["description"] or "",
        "member_count": view.get("member_count"),
        "repository_count": view.get("repo_count"),
        "synced": bool(view.get("is_synced")),
    }


def _members(client: QuayClient, team: State) -> State:
    """Whoever is in it or invited, and the group that it is tied to as far as Quay shows that to the account."""
    listed = client.get(TEAM_PATH + "/members", team, {"includePending": "true"}, missing=(), view=MembersView)
    synced = listed.get("synced") or {}
    return {
        "members": sorted({*names_in(listed)}),
        "sync": synced.get("config") or None,
        "last_updated": synced.get("last_updated"),
    }


TEAM_INFO = inform(
    {
        "organization": {"type": "str", "required": True},
        "name": {"type": "str"},
        "members": {"type": "bool", "default": True},
    },
    list_teams,
    {"teams": []},
)
