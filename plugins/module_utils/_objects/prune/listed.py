# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the auto-prune policies of a place as entries of a registry document."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._client.capabilities import lack, require
from ..._client.client import Names, QuayClient
from ..._document.item import Harm, Item, Items
from ..._document.section import Entry, Export, Listing, Removal
from ..._engine.resource import Observed, Resource, State, Wish
from ..._text.codec import seconds
from .policy import (
    METHODS,
    canonical,
    names_of,
    policy_of,
    text_of,
    value_rule,
)
from .resource import policies_of, refuse_second

# Of two policies with the same of these, only the stricter one does anything.
NAMING = ("method", "tag_pattern", "tag_pattern_matches")


def completed(_parent: State, entry: State) -> State:
    """The policy in canonical form, and ``named``: its text without the value."""
    policy = canonical(entry)
    return {**policy, "named": text_of({**policy, "value": None})}


ENTRY = Entry(complete=completed)


def declared(resource: Resource) -> Resource:
    """The policies of a document: there the tags that a policy is for name it, and its value can be changed."""
    (value,) = [entry for entry in resource.fields if entry.name == "value"]
    shape: t.Any = resource.shape
    return dataclasses.replace(
        resource,
        label=resource.label.replace("{policy}", "{named}"),
        keys=tuple(key for key in resource.keys if key.name != "value"),
        fields=(value,),
        shape=dataclasses.replace(shape, match=NAMING),
        read=None,
        adapt=adapt,
        returns=None,
    )


def adapt(client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """Up to Quay 3.12 a place holds one policy, and there are no patterns. Raises FeatureOff and QuayError."""
    if observed.fields is None and wish.state == "present":
        refuse_second(client, names, observed, wish)
        if names["tag_pattern"]:
            require(client, "prune_patterns")
    return wish


def declarable(entries: list[State] | None) -> list[State]:
    """All policies in one order, without those that only Quay's API makes, such as of 0d or 7y."""
    known = [policy for policy in map(policy_of, entries or ()) if policy["method"] in METHODS]
    sound = [policy for policy in known if not value_rule(policy["value"], [policy["method"]])]
    return sorted(sound, key=lambda policy: tuple(map(str, policy.values())))


def listed_in(place: str) -> Listing:
    """Lists what names the policies of ``place``, which the parent's options fill."""

    def listed(client: QuayClient, parent: State) -> list[State]:
        policies = declarable(policies_of(client, {"place": place.format(**parent)}))
        named = {tuple(policy[name] for name in NAMING): policy for policy in policies}
        return [{name: policy[name] for name in NAMING} for policy in named.values()]

    return listed


def replaced_by(client: QuayClient, item: Item) -> Item | None:
    """Up to Quay 3.12 a place holds one policy: the only declared one is written into it. Raises QuayError."""
    declared = _declared(item.parent) if item.parent else []
    return declared[0] if len(declared) == 1 and lack(client, "several_prune_policies") else None


def lost_with(_client: QuayClient, item: Item) -> list[str]:
    """The policies in whose place the declared one is written."""
    work = item.work
    there = work.observed.fields is not None
    others = [] if work.wish.append or there else work.observed.facts["others"]
    return [item.section.resource.title({**work.names, **names_of(policy_of(other))}) for other in others]


def exported(entry: State, item: Item) -> State:
    """Of twins the strictest, which decides what Quay deletes; without an empty pattern."""
    facts = item.work.observed.facts
    values = [policy["value"] for policy in declarable([facts["entry"], *facts["twins"]])]
    named = {name: value for name, value in entry.items() if (name, value) != ("tag_pattern", "")}
    return {**named, "value": min(values, key=seconds)}


def guard(client: QuayClient, items: Items) -> t.Iterator[Harm]:
    """Several new policies in one place, where the server holds one. Raises QuayError."""
    for parent in dict.fromkeys(item.parent for item in items["prune"]):
        several = _declared(parent) if parent else []
        is_new = len(several) > 1 and any(item.creates or item.failure for item in several)
        sentence = lack(client, "several_prune_policies") if is_new else ""
        if sentence:
            yield f"Nothing was changed: {sentence}", several


def _declared(parent: Item) -> list[Item]:
    return [item for item in parent.below.get("prune", ()) if not item.removes]


REMOVAL = Removal(lost_with=lost_with, replaced_by=replaced_by, guard=guard)
EXPORT = Export(entry=exported)
