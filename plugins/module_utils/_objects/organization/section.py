# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: organizations as a section of a registry document."""

from __future__ import annotations

import contextlib

from ..._client.client import QuayClient, address
from ..._client.views import OrganizationView, RepositoryView
from ..._document.bulk_reads import SharedReads
from ..._document.item import Item
from ..._document.section import Bulk, Entry, Order, Removal, Section
from ..._engine.resource import State
from ..._errors import CredentialsRefused
from ..shared import prove_credentials
from ..team.members import MEMBERS
from ..team.section import OWNERS
from .answers import PATH
from .last_admin import guard
from .lists import gather
from .resource import ORGANIZATION


def predict(reads: SharedReads, item: Item) -> None:
    """What later sections will find of a new organization, and of teams that get or lose a group. Raises QuayError."""
    name = item.params["name"]
    view = _new(reads, item) if item.creates else None
    if item.failure:
        return
    ties = {team.params["name"]: tie for team in item.inner("teams") for tie in team.below.get("sync", ())}
    if ties and view is None:
        view = reads.get(PATH, {"organization": name}, missing=(), view=OrganizationView)
    # A superuser without full access sees no teams.
    if ties and view and "teams" in view:
        teams = {team: {**one, **_tied(ties.get(team))} for team, one in view["teams"].items()}
        reads.learn({address(PATH, {"organization": name}): {**view, "teams": teams}})


def _new(reads: SharedReads, item: Item) -> State:
    """A new organization has nothing yet but the team of its owner."""
    names = {"organization": item.params["name"], "team": OWNERS}
    owners = {"role": "admin", "description": ""}
    view = {"name": item.params["name"], "is_admin": True, "teams": {OWNERS: owners}, "quotas": []}
    reads.learn({address(PATH, names): view, address(PATH + "/prototypes", names): {"prototypes": []}})
    declared = [team for team in item.inner("teams") if team.params["name"] == OWNERS]
    if any(team.params["members"] is not None or team.below for team in declared):
        # Of the directory nothing is known before there is a team to ask for.
        reads.learn({address(MEMBERS, names): {"members": _founders(reads), "can_sync": {}}})
    reads.is_new(address("/repository/{organization}", names))
    return view


def _tied(tie: Item | None) -> State:
    """To a team whose tie is declared, people come and go as after it."""
    # A tie that takes its people along has them until it ends.
    if tie is None or (tie.removes and not tie.params["keep_users"]):
        return {}
    return {"is_synced": not tie.removes}


def _founders(reads: SharedReads) -> list[State]:
    """Whoever creates an organization is its first owner."""
    # That the token is good was proved with the absence of the organization; it may lack the scope to tell its account.
    with contextlib.suppress(CredentialsRefused):
        return [{"name": reads.username(), "kind": "user", "is_robot": False}]
    return []


def lost_with(client: QuayClient, item: Item) -> list[str]:
    """All repositories with their images, as far as the account sees them. Raises QuayError."""
    if not item.removes:
        return []
    name = item.params["name"]
    found = list(client.pages("/repository", {}, "repositories", {"namespace": name}, RepositoryView))
    # To a session that has ended Quay shows fewer.
    prove_credentials(client, name)
    return sorted(f"repository {name}/{one['name']}" for one in found)


SECTION = Section(
    name="organizations",
    resource=ORGANIZATION,
    # A document declares what is; a rename is a one-off action, and policies are a section of their own.
    entry=Entry(left_out=("new_name", "auto_prune_method", "auto_prune_value")),
    order=Order(after=("users",)),
    removal=Removal(lost_with=lost_with, guard=guard),
    bulk=Bulk(gather=gather, predict=predict, place=PATH.format(organization="{name}")),
)
