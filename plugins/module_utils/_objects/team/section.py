# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: teams as a section of a registry document."""

from __future__ import annotations

from ..._client.client import QuayClient
from ..._document.bulk_reads import SharedReads
from ..._document.item import Item
from ..._document.section import Bulk, Entry, Export, Order, Removal, below
from ..._engine.resource import State
from ..._errors import BadInput
from ..._text.name_rules import is_human, is_robot
from ..removal_guard import forget, references
from ..shared import organization_view
from .resource import TEAM

OWNERS = "owners"


def listed(client: QuayClient, organization: State) -> list[State]:
    """The names of all teams. Raises ParentMissing and QuayError."""
    view = organization_view(client, {"organization": organization["name"]})
    return [{"name": name} for name in sorted(view["teams"])]


def never_pruned(item: Item) -> bool:
    """Quay itself makes the team of the owners."""
    return bool(item.params["name"] == OWNERS)


def exported(entry: State, item: Item) -> State:
    """Humans in a synced team belong to the directory."""
    if not item.work.observed.facts.get("synced"):
        return entry
    return {**entry, "members": [member for member in entry["members"] if is_robot(member)]}


def fault(item: Item) -> BadInput | None:
    """Who comes from a group, or goes with the tie to it, is not for the document to say; nor is the end of owners."""
    if item.removes and never_pruned(item):
        return BadInput(
            "state", "absent", "Quay creates this team with its organization and does not delete it; remove the entry"
        )
    people = [member for member in item.params["members"] or () if not is_robot(member)]
    if not people or all(sync.removes and sync.params["keep_users"] for sync in item.below.get("sync", ())):
        return None
    rule = "the team is synchronized; list robots only, or set state=absent and keep_users=true in sync"
    return BadInput("members", people, rule)


def predict(reads: SharedReads, item: Item) -> None:
    """With a team go its grants and its default permissions."""
    if item.removes and item.work.planned.steps:
        forget(reads, "team", item.params["name"], item.params["organization"])


def weakens(item: Item) -> bool:
    """Whether the plan takes an administrator's rights away."""
    before, after = item.work.planned.before or {}, item.work.planned.after or {}
    if not item.work.planned.steps or (item.work.observed.fields or {}).get("role") != "admin":
        return False
    lost_role = item.removes or after.get("role", "admin") != "admin"
    return lost_role or any(map(is_human, {*(before.get("members") or ())} - {*(after.get("members") or ())}))


def is_late(item: Item) -> bool:
    """While a team is tied to a group Quay takes no people, so it waits for the tie to end."""
    return weakens(item) or any(sync.removes and sync.work.planned.steps for sync in item.below.get("sync", ()))


SECTION = below(
    "organizations",
    TEAM,
    inherits={"organization": "name"},
    listed=listed,
    entry=Entry(fault=fault),
    order=Order(after=("robots",), is_late=is_late),
    removal=Removal(never_pruned=never_pruned, guard=lambda _client, items: references("teams", items)),
    export=Export(entry=exported),
    bulk=Bulk(predict=predict, place="/organization/{organization}/team/{name}"),
)
