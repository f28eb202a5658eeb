# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what one robot may do with the repositories of its organization, by two reads.

Roles come with names of repositories, of other organizations too, without saying whose. The other read names those
of this organization alone, but no roles.
"""

from __future__ import annotations

import collections

from ..._client.views import HeldGrantsView, HolderView
from ..._document.bulk_reads import Reading, reading
from ..._engine.resource import State

ROLES = "/organization/{organization}/robots/{short}/permissions"
PLACES = "/organization/{organization}/members/{robot}"
READS = 2


def readings(organization: str, robot: str) -> list[Reading]:
    """None for the roles where the token has no scope user:admin."""
    names = {"organization": organization, "robot": robot, "short": robot[len(organization) + 1 :]}
    return [reading(PLACES, names, view=HolderView), reading(ROLES, names, missing=(403,), view=HeldGrantsView)]


def roles_of(places: State, told: State | None) -> dict[str, str]:
    """The role by repository; an empty text where it stays open, since several of the name are known, or none."""
    found: dict[str, list[str]] = collections.defaultdict(list)
    for row in told["permissions"] if told else ():
        found[row["repository"]["name"]].append(row["role"])
    return {name: found[name][0] if len(found[name]) == 1 else "" for name in places["repositories"]}
