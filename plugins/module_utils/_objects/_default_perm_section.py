# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: default permissions as a section of a registry document."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._client import QuayClient, address
from ansible_collections.dockhand.quay.plugins.module_utils._names import is_uuid
from ansible_collections.dockhand.quay.plugins.module_utils._objects._default_perm import DEFAULT_PERM, PATH
from ansible_collections.dockhand.quay.plugins.module_utils._resource import State
from ansible_collections.dockhand.quay.plugins.module_utils._section import Item, Section
from ansible_collections.dockhand.quay.plugins.module_utils._shared_reads import SharedReads


def listed(client: QuayClient, organization: State) -> list[State]:
    """Each receiver with each creator once; without what deleted users leave behind until garbage collection."""
    found = {
        (entry["delegate"]["name"], entry["delegate"]["kind"], (entry["activating_user"] or {}).get("name"))
        for entry in client.get("/organization/{name}/prototypes", organization, missing=())["prototypes"]
    }
    return [
        {"name": name, "type": kind, **({"creator": creator} if creator else {})}
        for name, kind, creator in sorted(found, key=lambda key: (key[1], key[0], key[2] or ""))
        if not (kind == "user" and is_uuid(name)) and not is_uuid(creator or "")
    ]


def foretell(reads: SharedReads, item: Item) -> None:
    """What new repositories will be born with."""
    if not item.work.plan.steps:
        return
    names = item.work.names
    listing = reads.get(PATH, names, missing=())
    rest = [entry for entry in listing["prototypes"] if _key(entry) != (names["type"], names["name"], names["creator"])]
    if not item.removes and item.work.plan.outcome:
        activator = {"name": names["creator"]} if names["creator"] else None
        delegate = {"name": names["name"], "kind": names["type"]}
        rest.append({"delegate": delegate, "activating_user": activator, "role": item.work.plan.outcome["role"]})
    reads.learn({address(PATH, names): {"prototypes": rest}})


def _key(entry: State) -> tuple[str, str, str | None]:
    delegate, activator = entry["delegate"], entry["activating_user"]
    return delegate["kind"], delegate["name"], (activator or {}).get("name")


SECTION = Section(
    name="default_perms",
    resource=DEFAULT_PERM,
    within="organizations",
    given=("organization",),
    complete=lambda organization, entry: {**entry, "organization": organization["name"]},
    after=("users", "robots", "teams"),
    shapes_others=True,
    listed=listed,
    foretell=foretell,
)
