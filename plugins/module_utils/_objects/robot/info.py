# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the robots of a namespace, without their tokens (quay endpoints/api/robot.py)."""

from __future__ import annotations

from ..._client.views import RobotsView
from ..._engine.operation import Context, Params, inform, searched
from ..._errors import BadInput, Forbidden
from ..._text.name_rules import namespace_rule
from ..._text.times import iso, parsed
from ..shared import find_namespace

ROBOTS = "/organization/{organization}/robots"


def list_robots(context: Context) -> Params:
    """All robots, sorted by name; raises ParentMissing without the organization."""
    client, organization = context.client, context.params["organization"]
    broken = namespace_rule(organization)
    if broken:
        raise BadInput("organization", organization, broken)
    is_wanted = searched(context.params, "name")
    try:
        query = {"token": "false"}
        listed = client.get(ROBOTS, {"organization": organization}, query, missing=(), view=RobotsView)
    except Forbidden:
        find_namespace(client, {"namespace": organization})
        raise
    views = listed["robots"]
    if not views:
        # A full-access superuser is told of no robots where there is no organization or account either.
        find_namespace(client, {"namespace": organization})
    robots = [
        {
            "name": view["name"],
            "description": view.get("description") or "",
            "created": _iso(view.get("created")),
            "last_accessed": _iso(view.get("last_accessed")),
        }
        for view in views
        # Quay looks for names by a pattern in which "_" stands for any letter.
        if view["name"].startswith(f"{organization}+") and is_wanted(view["name"])
    ]
    return {"robots": sorted(robots, key=lambda robot: robot["name"])}


def _iso(text: str | None) -> str | None:
    return iso(parsed(text)) if text else None


ROBOT_INFO = inform(
    {"organization": {"type": "str", "required": True}, "name": {"type": "str"}}, list_robots, {"robots": []}
)
