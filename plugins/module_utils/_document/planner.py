# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: observes all objects of a document by shared reads, and plans each."""

from __future__ import annotations

import dataclasses
import fnmatch
import functools
import typing as t

from .._client.client import Names, QuayClient, address
from .._client.workers import Workers
from .._engine.reconcile import broken_rules
from .._errors import (
    BadName,
    CredentialsRefused,
    FeatureOff,
    ParentMissing,
    QuayError,
)
from .bulk_reads import SharedReads, gather
from .reader import Document, DocumentReader
from .section import Harm, Item, Section, Wanted


@dataclasses.dataclass(frozen=True)
class Pruning:
    """What may go although nobody named it: ``exclusive`` sections and sets, but nothing that ``protect`` matches."""

    exclusive: frozenset[str] = frozenset()
    protect: tuple[str, ...] = ()
    max_deletions: int = 10
    allow_data_loss: bool = False

    def protects(self, *names: str) -> str:
        """The pattern that matches one of the names, or an empty text."""
        return next((one for one in self.protect if any(fnmatch.fnmatchcase(name, one) for name in names)), "")


class Planner:
    """The objects of one document, section by section, each after what it depends on."""

    def __init__(
        self,
        client: QuayClient,
        workers: Workers,
        reader: DocumentReader,
        document: Document,
        pruning: Pruning,
        also: frozenset[str] = frozenset(),
    ) -> None:
        self.reads = SharedReads(client, workers)
        self.document = document
        self.pruned: list[Item] = []
        self._workers, self._reader, self._pruning, self._also = workers, reader, pruning, also

    def plan(self, tell: t.Callable[[str], None]) -> None:
        """Observe and plan everything; raises QuayError, with nothing changed, where the whole must not be tried."""
        for section in self._reader.sections:
            self._drop_append(section)
        whole = frozenset(section.name for section in self._reader.sections if section.name in self._pruning.exclusive)
        for section in self._reader.sections:
            items = self.document.items[section]
            if section.gather:
                gather(self._workers, self.reads, section.gather(items, Wanted(whole | self._also)))
            # First, so that other plans do not see what goes with them.
            self._prune(section)
            self._plan(items)
            differing = sum(bool(item.work.planned.steps) for item in items)
            tell(f"{section.name}: {len(items)} observed, {differing} differ")
        self.document.refuse_faults()
        self._guard()

    def changing(self) -> list[Item]:
        """The items with something to do, removals that nobody named among them."""
        every = [item for section in self._reader.sections for item in self.document.items[section]]
        return [item for item in (*every, *self.pruned) if item.changes]

    def why_kept(self, client: QuayClient, item: Item) -> str | None:
        """Why an undeclared object stays."""
        for fault in broken_rules(item.section.resource, item.params):
            # The request could mean something else, such as a grant on another repository.
            return str(fault)
        pattern = self.protecting(item.section, item.work.names)
        if pattern:
            return f"protected by {pattern}"
        loss = None if self._pruning.allow_data_loss else item.section.data_loss(client, item)
        return loss and f"{loss}, and allow_data_loss is false"

    def protecting(self, section: Section, names: Names) -> str:
        """The pattern that protects the object of these names, or an empty text."""
        return self._pruning.protects(section.resource.label.format(**names), section.resource.title(names))

    def harms(self, client: QuayClient) -> t.Iterator[Harm]:
        """What would do harm as a whole, without what has failed by now."""
        items: dict[str, list[Item]] = {}
        for section in self._reader.sections:
            items.setdefault(section.name, []).extend(self.document.items[section])
        for item in self.pruned:
            items[item.section.name].append(item)
        for section in self._reader.sections:
            yield from section.guard(client, items)

    def _drop_append(self, section: Section) -> None:
        """In exclusive mode a declared set holds what is declared and no more, and so does an entry with twins."""
        exclusive = self._pruning.exclusive
        without_twins = section.has_twins and section.name in exclusive
        if not without_twins and exclusive.isdisjoint(section.sets):
            return
        for item in self.document.items[section]:
            if not (without_twins and self.protecting(section, item.params)):
                item.work.wish = dataclasses.replace(item.work.wish, append=False)

    def _plan(self, items: list[Item]) -> None:
        self._workers.each(self._plan_one, items)
        for item in items:
            if item.creates and item.section.place:
                self.reads.will_be_made(address(item.section.place, item.work.names))
            item.section.predict(self.reads, item)

    def _plan_one(self, item: Item) -> None:
        if item.parent and item.parent.failure:
            item.failure = f"not tried, since {item.parent.title} failed"
        if item.failure:
            return
        try:
            self._observe(item)
            self._spare_protected(item)
            item.work.plan(self.reads)
        except CredentialsRefused:
            raise
        except BadName as error:
            # With a wrong document nothing is written, so this is one, found later than others.
            self.document.faults.append(f"{item.path}: {error}")
        except QuayError as error:
            item.failure = str(error)

    def _observe(self, item: Item) -> None:
        try:
            item.work.observe(self.reads)
        except ParentMissing:
            if not item.removes and not (item.parent and item.parent.creates):
                raise

    def _spare_protected(self, item: Item) -> None:
        wish, observed = item.work.wish, item.work.observed
        fields = observed.initial if observed.fields is None else observed.fields
        if wish.append or not self._pruning.protect:
            return
        for entry in item.section.resource.fields:
            if entry.identity and entry.name in wish.fields:
                declared = {entry.identity(one) for one in wish.fields[entry.name]}
                kept = [
                    one
                    for one in fields.get(entry.name) or ()
                    if entry.identity(one) not in declared and self._pruning.protects(_name_of(entry.identity(one)))
                ]
                wish = dataclasses.replace(wish, fields={**wish.fields, entry.name: [*wish.fields[entry.name], *kept]})
        item.work.wish = wish

    def _prune(self, section: Section) -> None:
        """Plan the removal of what is not declared."""
        if section.name not in self._pruning.exclusive or not section.listed:
            return
        parents = [
            parent
            for parent in self.document.named(section.parent)
            # A list that is not given stays as it is.
            if parent.entry.get(section.name) is not None
            and not (parent.failure or parent.removes or parent.work.observed.fields is None)
        ]
        lists = self._workers.each(functools.partial(self._undeclared, section), parents)
        found = [item for items in lists for item in items]
        self._workers.each(self._observe_undeclared, found)
        self._plan([item for item in found if not item.kept_because])
        self.pruned += found

    def _observe_undeclared(self, item: Item) -> None:
        try:
            item.work.observe(self.reads)
            item.kept_because = self.why_kept(self.reads, item) or ""
        except CredentialsRefused:
            raise
        except QuayError as error:
            item.failure = str(error)

    def _undeclared(self, section: Section, parent: Item) -> list[Item]:
        keys = [key.name for key in section.resource.keys]
        declared = {tuple(item.params.get(key) for key in keys) for item in parent.below.get(section.name, ())}
        try:
            entries = section.listed(self.reads, parent.params) if section.listed else []
        except CredentialsRefused:
            raise
        except FeatureOff:
            # The server has no such thing at all.
            return []
        except QuayError as error:
            parent.failure = str(error)
            return []
        listed = [self._reader.item(section, {**entry, "state": "absent"}, parent) for entry in entries]
        return [
            item
            for item in listed
            if tuple(item.params.get(key) for key in keys) not in declared and not section.never_pruned(item)
        ]

    def _guard(self) -> None:
        """What would do harm as a whole is refused before any change."""
        for sentence, _items in self.harms(self.reads):
            raise QuayError(sentence)
        doomed = [
            text for item in self.changing() for text in (*losses(item), *item.section.lost_with(self.reads, item))
        ]
        if len(doomed) > self._pruning.max_deletions:
            shown = ", ".join(doomed[:20]) + (", …" if len(doomed) > 20 else "")
            cap = f"max_deletions allows {self._pruning.max_deletions}"
            raise QuayError(f"Nothing was changed: {cap}, but this would remove {len(doomed)}: {shown}.")


def losses(item: Item) -> list[str]:
    """What the plan of an item takes away: the object itself, or entries of its sets."""
    if item.removes:
        return [item.title]
    before, after = item.work.observed.fields or {}, item.work.planned.after or {}
    lost = []
    for entry in item.section.resource.fields:
        if entry.identity and entry.name in after:
            kept = {entry.identity(one) for one in after[entry.name]}
            gone = [entry.identity(one) for one in before.get(entry.name) or () if entry.identity(one) not in kept]
            lost += [f"{_name_of(one)} in {entry.name} of {item.title}" for one in gone]
    return lost


def _name_of(identity: t.Any) -> str:
    """The last part of what identifies an entry is its name: of (team, devs) it is devs."""
    return str(identity[-1] if isinstance(identity, tuple) else identity)
