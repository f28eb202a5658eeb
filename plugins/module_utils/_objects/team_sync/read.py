# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what Quay shows of the synchronization of a team."""

from __future__ import annotations

from ..._client.client import Names, QuayClient
from ..._engine.resource import Observed, State, Wish
from ..._errors import Forbidden, ParentMissing
from ..shared import find_organization
from ..team.members import MembersView, humans_in
from .limits import refusal

TEAM = "/organization/{organization}/team/{name}"
GROUPS = ("group_dn", "group_name", "group_id")


def read(client: QuayClient, names: Names, _wish: Wish) -> Observed:
    """It is a part of the team's list of members. Facts there are only of a team that exists.

    Raises Forbidden, FeatureOff and QuayError.
    """
    listed = _members(client, names)
    if listed is None:
        return Observed(None)
    synced = listed.get("synced")
    if synced and listed.get("can_sync") is None:
        # Quay tells others that there is a group, not which.
        raise refusal(client, names)
    config = (synced or {}).get("config") or {}
    humans = humans_in(listed)
    facts = {
        "directory": listed.get("can_sync"),
        "synced": synced is not None,
        "entry": config,
        "last_updated": (synced or {}).get("last_updated"),
        "humans": humans,
        "leaving": humans if names["leaving"] == "members" else [],
    }
    fields: State = {option: config.get(option) for option in GROUPS}
    if names["leaving"] == "members":
        fields["members"] = humans
    return Observed(fields if synced else None, facts)


def _members(client: QuayClient, names: Names) -> State | None:
    try:
        listed: State | None = client.get(TEAM + "/members", names, view=MembersView)
    except Forbidden:
        # Quay refuses in the same way what does not exist.
        find_organization(client, names)
        raise
    if listed is None and not names["leaving"]:
        find_organization(client, names)
        raise ParentMissing(f"Team {names['organization']}/{names['name']} does not exist.")
    return listed


def last_update(client: QuayClient, names: Names) -> str | None:
    """When Quay last brought in the members of the group; None before the first time. Raises QuayError."""
    synced: State = client.get(TEAM + "/members", names, missing=(), view=MembersView).get("synced") or {}
    return synced.get("last_updated")
