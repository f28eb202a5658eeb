# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: default permissions as a section of a registry document."""

from __future__ import annotations

from ..._client.client import QuayClient, address
from ..._client.views import PrototypesView
from ..._document.bulk_reads import SharedReads
from ..._document.item import Item
from ..._document.section import Bulk, Export, Order, below
from ..._engine.resource import State
from ..._text.name_rules import is_uuid
from .resource import DEFAULT_PERM, PATH

PROTOTYPES = "/organization/{name}/prototypes"


def listed(client: QuayClient, organization: State) -> list[State]:
    """Each receiver with each creator once; without what deleted users leave behind until garbage collection.

    Raises QuayError.
    """
    found = {
        (entry["delegate"]["name"], entry["delegate"]["kind"], (entry["activating_user"] or {}).get("name"))
        for entry in client.get(PROTOTYPES, organization, missing=(), view=PrototypesView)["prototypes"]
    }
    return [
        {"name": name, "type": kind, **({"creator": creator} if creator else {})}
        for name, kind, creator in sorted(found, key=lambda key: (key[1], key[0], key[2] or ""))
        if not (kind == "user" and is_uuid(name)) and not is_uuid(creator or "")
    ]


def predict(reads: SharedReads, item: Item) -> None:
    """What new repositories will be born with. Raises QuayError."""
    if not item.work.planned.steps:
        return
    names, facts = item.work.names, item.work.observed.facts
    prototypes = {entry["id"]: entry for entry in reads.get(PATH, names, missing=(), view=PrototypesView)["prototypes"]}
    # What Quay has keeps its place, since that decides among twins; what is new gets its id later.
    seen = [facts["entry"], *facts["twins"]] if "entry" in facts else []
    first, *twins = [entry["id"] for entry in seen] or [item.path]
    gone = [first, *twins] if item.removes else [] if item.work.wish.keep_twins else twins
    if not item.removes and item.work.planned.outcome:
        activator = {"name": names["creator"]} if names["creator"] else None
        delegate = {"name": names["name"], "kind": names["type"]}
        role = item.work.planned.outcome["role"]
        prototypes[first] = {"id": first, "delegate": delegate, "activating_user": activator, "role": role}
    left = [entry for one, entry in prototypes.items() if one not in gone]
    reads.learn({address(PATH, names): {"prototypes": left}})


def exported(entry: State, item: Item) -> State:
    """Of twins the first, which decides what new repositories get."""
    return {**entry, "role": item.work.observed.facts["entry"]["role"]}


SECTION = below(
    "organizations",
    DEFAULT_PERM,
    inherits={"organization": "name"},
    listed=listed,
    order=Order(after=("users", "robots", "teams"), shapes_others=True),
    export=Export(entry=exported),
    bulk=Bulk(predict=predict),
)
