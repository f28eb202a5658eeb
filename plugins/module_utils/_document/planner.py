# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: observes all objects of a document by shared reads, and plans each."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .._client.client import QuayClient, address
from .._client.workers import Workers
from .._errors import BadName, ParentMissing, QuayError
from .bulk_reads import SharedReads, Wanted, gather
from .item import Item, Verdict, attempt
from .pruning import Pruning, undeclared
from .reader import Document, DocumentReader
from .section import Section


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
        self.pruned: list[Item] = []
        self._document = document
        self._workers, self._reader, self._pruning, self._also = workers, reader, pruning, also

    def plan(self, tell: t.Callable[[str], None]) -> None:
        """Observe and plan everything, each failure kept with its item.

        Raises QuayError for a document that turns out to be wrong, and if nothing can be read.
        """
        whole = frozenset(section.name for section in self._reader.sections if section.name in self._pruning.exclusive)
        # Of all, since an organization reads for what is nested in it.
        for item in self.every():
            item.work.wish = self._pruning.wish_of(item)
        for section in self._reader.sections:
            items = self._document.items[section]
            if section.bulk.gather:
                gathering = section.bulk.gather(items, Wanted(whole | self._also))
                for item, error in gather(self._workers, self.reads, gathering):
                    item.judge(Verdict(failure=str(error)))
            # First, so that other plans do not see what goes with them.
            self._plan(self._undeclared(section))
            self._plan(items)
            differing = sum(bool(item.work.planned.steps) for item in items)
            tell(f"{section.name}: {len(items)} observed, {differing} differ")
        self._document.refuse_faults()

    def every(self) -> list[Item]:
        """All items, those that nobody declared last."""
        return [*(item for items in self._document.items.values() for item in items), *self.pruned]

    def _undeclared(self, section: Section) -> list[Item]:
        """What exclusive mode may delete in this section."""
        if section.name not in self._pruning.exclusive or not section.listed:
            return []
        # A list that is not specified stays as it is.
        parents: list[Item | None] = [None] if not section.parent and section.name in self._document.tops else []
        parents += [
            parent
            for parent in self._document.named(section.parent)
            if parent.entry.get(section.name) is not None
            and not (parent.failure or parent.removes or parent.work.observed.fields is None)
        ]
        items_of = self._document.items[section]
        look = functools.partial(undeclared, self.reads, self._reader, section, items_of)
        found = self._workers.each(look, parents)
        for one in found:
            if one.parent:
                one.parent.judge(one.verdict)
            elif one.verdict.failure:
                raise QuayError(one.verdict.failure)
        items = [item for one in found for item in one.items]
        self.pruned += items
        return items

    def _plan(self, items: list[Item]) -> None:
        verdicts = self._workers.each(lambda item: attempt(functools.partial(self._plan_one, item)), items)
        for item, verdict in zip(items, verdicts):
            item.judge(verdict)
            if item.creates and item.section.bulk.place:
                self.reads.is_new(address(item.section.bulk.place, item.work.names))
            item.section.bulk.predict(self.reads, item)

    def _plan_one(self, item: Item) -> Verdict | None:
        if item.failure or item.blocked:
            return item.blocked
        try:
            item.work.observe(self.reads)
        except ParentMissing:
            if not item.removes and not (item.parent and item.parent.creates):
                raise
        if item.work.observed.facts.get("twins") and self._pruning.protecting(item):
            # What is protected keeps its twins. The reads are shared, so that this look takes no request.
            item.work.wish = dataclasses.replace(item.work.wish, keep_twins=True)
            item.work.observe(self.reads)
        kept = None if item.path else self._pruning.why_kept(self.reads, item)
        if kept:
            return kept
        successor = None if item.path else item.section.removal.replaced_by(self.reads, item)
        if successor:
            successor.work.wish = dataclasses.replace(successor.work.wish, append=False)
            return None
        item.work.wish = self._pruning.sparing_wish(item)
        try:
            item.work.plan(self.reads)
        except BadName as error:
            # With a wrong document nothing is written, so this is one, found later than others.
            self._document.faults.append(f"{item.path}: {error}")
        return None
