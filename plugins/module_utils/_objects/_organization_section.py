# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: organizations as a section of a registry document."""

from __future__ import annotations

import contextlib

from ansible_collections.dockhand.quay.plugins.module_utils._client import address
from ansible_collections.dockhand.quay.plugins.module_utils._errors import CredentialsRefused
from ansible_collections.dockhand.quay.plugins.module_utils._objects._organization import ORGANIZATION
from ansible_collections.dockhand.quay.plugins.module_utils._objects._organization_answers import MEMBERS, PATH
from ansible_collections.dockhand.quay.plugins.module_utils._objects._organization_lists import gather
from ansible_collections.dockhand.quay.plugins.module_utils._objects._team_section import OWNERS
from ansible_collections.dockhand.quay.plugins.module_utils._resource import State
from ansible_collections.dockhand.quay.plugins.module_utils._section import Item, Section
from ansible_collections.dockhand.quay.plugins.module_utils._shared_reads import SharedReads


def foretell(reads: SharedReads, item: Item) -> None:
    """A new organization has nothing yet but the team of its owner."""
    if item.creates:
        names = {"organization": item.params["name"], "team": OWNERS}
        owners = {"role": "admin", "description": ""}
        view = {"name": item.params["name"], "is_admin": True, "teams": {OWNERS: owners}, "quotas": []}
        reads.learn({address(PATH, names): view, address(PATH + "/prototypes", names): {"prototypes": []}})
        if any(team.params["name"] == OWNERS and team.params["members"] is not None for team in item.inner("teams")):
            reads.learn({address(MEMBERS, names): {"members": _founders(reads)}})
        reads.will_be_made(address("/repository/{organization}", names))


def _founders(reads: SharedReads) -> list[State]:
    """Whoever creates an organization is its first owner."""
    # That the token is good was proved with the absence of the organization; it may lack the scope to tell its account.
    with contextlib.suppress(CredentialsRefused):
        return [{"name": reads.username(), "kind": "user", "is_robot": False}]
    return []


SECTION = Section(
    name="organizations",
    resource=ORGANIZATION,
    complete=lambda _parent, entry: entry,
    # A document declares what is; a rename is a deed, and policies are a section of their own.
    left_out=("new_name", "auto_prune_method", "auto_prune_value"),
    after=("users",),
    place="/organization/{name}",
    gather=gather,
    foretell=foretell,
)
