# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the auto-prune policies of a place as entries of a registry document."""

from __future__ import annotations

import typing as t

from ..._client.capabilities import lack
from ..._client.client import QuayClient
from ..._document.item import Harm, Item, Items
from ..._document.section import Entry, Listing, Removal
from ..._engine.resource import State
from .policy import (
    METHODS,
    canonical,
    policy_of,
    text_of,
    value_rule,
)
from .resource import policies_of

ENTRY = Entry(complete=lambda _parent, entry: canonical(entry))


def declarable(entries: list[State] | None) -> list[State]:
    """Each policy once, in one order, without those that only Quay's API makes, such as of 0d or 7y."""
    policies = {tuple(policy.values()): policy for policy in map(policy_of, entries or ())}
    known = [policies[key] for key in sorted(policies) if policies[key]["method"] in METHODS]
    return [policy for policy in known if not value_rule(policy["value"], [policy["method"]])]


def listed_in(place: str) -> Listing:
    """Lists the policies of ``place``, which the parent's options fill."""

    def listed(client: QuayClient, parent: State) -> list[State]:
        return declarable(policies_of(client, {"place": place.format(**parent)}))

    return listed


def replaced_by(client: QuayClient, item: Item) -> Item | None:
    """Up to Quay 3.12 a place holds one policy: the only declared one is written into it."""
    declared = _declared(item.parent) if item.parent else []
    return declared[0] if len(declared) == 1 and lack(client, "several_prune_policies") else None


def lost_with(_client: QuayClient, item: Item) -> list[str]:
    """The policies in whose place the declared one is written."""
    work = item.work
    others = [] if work.wish.append or work.observed.fields is not None else work.observed.facts["others"]
    return [item.section.resource.title({**work.names, "policy": text_of(policy_of(other))}) for other in others]


def guard(client: QuayClient, items: Items) -> t.Iterator[Harm]:
    """Several new policies in one place, where the server holds one."""
    for parent in dict.fromkeys(item.parent for item in items["prune"]):
        several = _declared(parent) if parent else []
        is_new = len(several) > 1 and any(item.creates or item.failure for item in several)
        sentence = lack(client, "several_prune_policies") if is_new else ""
        if sentence:
            yield f"Nothing was changed: {sentence}", several


def _declared(parent: Item) -> list[Item]:
    return [item for item in parent.below.get("prune", ()) if not item.removes]


REMOVAL = Removal(lost_with=lost_with, replaced_by=replaced_by, guard=guard)
