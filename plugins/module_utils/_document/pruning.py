# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what exclusive mode deletes and spares, and deletions that are refused as a whole."""

from __future__ import annotations

import dataclasses
import fnmatch
import typing as t

from .._client.client import QuayClient
from .._engine.reconcile import broken_rules
from .._engine.resource import Wish
from .._errors import FeatureOff
from .bulk_reads import SharedReads
from .item import Harm, Item, Verdict, attempt
from .reader import DocumentReader
from .section import Section


@dataclasses.dataclass(frozen=True)
class Pruning:
    """The options: ``exclusive`` names sections and sets; what ``protect`` matches stays."""

    exclusive: frozenset[str] = frozenset()
    protect: tuple[str, ...] = ()
    max_deletions: int = 10
    allow_data_loss: bool = False

    def protects(self, *names: str) -> str:
        """The pattern that matches one of the names, or an empty text."""
        return next((one for one in self.protect if any(fnmatch.fnmatchcase(name, one) for name in names)), "")

    def protecting(self, item: Item) -> str:
        """The pattern that protects an object, or an empty text; also before it is observed."""
        section, names = item.section.resource, item.work.names or item.params
        return self.protects(section.label.format(**names), section.title(names))

    def why_kept(self, client: QuayClient, item: Item) -> Verdict | None:
        """Why an undeclared object stays, by what is there now; None if it does not. Raises QuayError."""
        for fault in broken_rules(item.section.resource, item.params):
            # The request could mean something else, such as a grant on another repository.
            return Verdict(kept_because=str(fault))
        pattern = self.protecting(item)
        if pattern:
            return Verdict(kept_because=f"protected by {pattern}")
        loss = None if self.allow_data_loss else item.section.removal.data_loss(client, item)
        return Verdict(kept_because=f"{loss}, and allow_data_loss is false") if loss else None

    def wish_of(self, item: Item) -> Wish:
        """In exclusive mode a declared set holds what is declared and no more."""
        wish = item.work.wish
        return wish if self.exclusive.isdisjoint(item.section.sets) else dataclasses.replace(wish, append=False)

    def sparing_wish(self, item: Item) -> Wish:
        """The wish of an observed item with those present entries of its sets that are protected."""
        wish, observed = item.work.wish, item.work.observed
        fields = observed.initial if observed.fields is None else observed.fields
        if wish.append or not self.protect:
            return wish
        for entry in item.section.resource.fields:
            if entry.identity and entry.name in wish.fields:
                declared = {entry.identity(one) for one in wish.fields[entry.name]}
                kept = [
                    one
                    for one in fields.get(entry.name) or ()
                    if entry.identity(one) not in declared and self.protects(_name_of(entry.identity(one)))
                ]
                wish = dataclasses.replace(wish, fields={**wish.fields, entry.name: [*wish.fields[entry.name], *kept]})
        return wish


class Undeclared(t.NamedTuple):
    """What Quay has in ``parent`` and the document does not name, or why that cannot be said; None: at the top."""

    parent: Item | None
    items: list[Item]
    verdict: Verdict


def undeclared(
    reads: SharedReads, reader: DocumentReader, section: Section, items_of: list[Item], parent: Item | None
) -> Undeclared:
    """Look for entries of ``section`` in ``parent``, of which the document has a list; ``items_of`` all its lists.

    Raises what concerns all items (HOPELESS).
    """
    keys = [key.name for key in section.resource.keys]
    declared = {tuple(item.params.get(key) for key in keys) for item in items_of if item.parent is parent}
    found: list[Item] = []

    def look() -> None:
        try:
            entries = section.listed(reads, parent.params if parent else {}) if section.listed else []
        except FeatureOff:
            # The server has no such thing at all.
            return
        items = [reader.item(section, {**entry, "state": "absent"}, parent) for entry in entries]
        found.extend(item for item in items if tuple(item.params.get(key) for key in keys) not in declared)

    verdict = attempt(look)
    return Undeclared(parent, [item for item in found if not section.removal.never_pruned(item)], verdict)


def harms(client: QuayClient, sections: t.Sequence[Section], items: t.Iterable[Item]) -> t.Iterator[Harm]:
    """What the plans do together, without those that have failed by now. Raises QuayError."""
    by_name: dict[str, list[Item]] = {section.name: [] for section in sections}
    for item in items:
        by_name[item.section.name].append(item)
    for section in sections:
        yield from section.removal.guard(client, by_name)


def refusal(client: QuayClient, sections: t.Sequence[Section], items: list[Item], max_deletions: int) -> str:
    """Why nothing of the plans must be applied; empty if all can. Raises QuayError."""
    for sentence, _items in harms(client, sections, items):
        return sentence
    changing = [item for item in items if item.changes]
    doomed = [text for item in changing for text in (*losses(item), *item.section.removal.lost_with(client, item))]
    if len(doomed) <= max_deletions:
        return ""
    shown = ", ".join(doomed[:20]) + (", …" if len(doomed) > 20 else "")
    return f"Nothing was changed: max_deletions allows {max_deletions}, but this would delete {len(doomed)}: {shown}."


def losses(item: Item) -> list[str]:
    """What the plan of an item takes away: the object itself, others of its name, or entries of its sets."""
    twins = [f"a twin of {item.title}" for step in item.work.planned.steps if step.twin]
    if item.removes:
        return [item.title, *twins]
    before, after = item.work.observed.fields or {}, item.work.planned.after or {}
    lost = twins
    for entry in item.section.resource.fields:
        if entry.identity and entry.name in after:
            kept = {entry.identity(one) for one in after[entry.name]}
            gone = [entry.identity(one) for one in before.get(entry.name) or () if entry.identity(one) not in kept]
            lost += [f"{_name_of(one)} in {entry.name} of {item.title}" for one in gone]
    return lost


def _name_of(identity: t.Any) -> str:
    """The last part of what identifies an entry of a set is its name: of (team, devs) it is devs."""
    return str(identity[-1] if isinstance(identity, tuple) else identity)
