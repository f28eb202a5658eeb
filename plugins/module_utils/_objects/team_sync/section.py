# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the group of a team as a section of a registry document."""

from __future__ import annotations

from ..._client.client import QuayClient
from ..._client.views import OrganizationView
from ..._document.item import Item
from ..._document.section import Entry, Order, below
from ..._engine.resource import State
from .read import GROUPS
from .resource import TEAM_SYNC


def listed(client: QuayClient, team: State) -> list[State]:
    """One entry if the team is synchronized. Raises QuayError."""
    view = client.get("/organization/{organization}", team, missing=(), view=OrganizationView)
    return [{}] if view["teams"][team["name"]].get("is_synced") else []


def empties(item: Item) -> bool:
    """Whether people go with the tie, or with its end; a group of OIDC takes all that are there by then."""
    if item.removes:
        return bool((item.work.planned.before or {}).get("members"))
    humans = item.work.observed.facts.get("humans", True)
    return bool(item.params.get("group_name") and item.work.planned.steps and humans)


SECTION = below(
    "teams",
    TEAM_SYNC,
    name="sync",
    inherits={"organization": "organization", "name": "name"},
    listed=listed,
    entry=Entry(
        # Members show in a plan who leaves with the tie.
        left_out=("members",),
        options={"keep_users": {"type": "bool", "default": True}},
        constraints={"mutually_exclusive": [GROUPS], "required_if": [("state", "present", GROUPS, True)]},
    ),
    # An administrator may be among them.
    order=Order(is_late=empties),
)
