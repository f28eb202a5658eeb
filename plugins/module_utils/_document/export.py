# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads whole organizations into the registry document that quay_apply takes."""

from __future__ import annotations

import dataclasses
import typing as t

from .._client.client import QuayClient
from .._client.workers import Workers
from .._engine.reconcile import Params, broken_rules
from .._errors import FeatureOff, ParentMissing, QuayError
from .bulk_reads import SharedReads, gather
from .reader import DocumentReader
from .section import Item, Section, Wanted


class Exporter:
    """Reads all entries of ``sections``; raises QuayError where one cannot be read, since half is no export."""

    def __init__(
        self, client: QuayClient, workers: Workers, reader: DocumentReader, sections: t.Container[str]
    ) -> None:
        self.reads = SharedReads(client, workers)
        self.omitted: list[str] = []
        self._workers, self._reader = workers, reader
        self._sections = [section for section in reader.sections if section.name in sections]
        fields = {entry.name for section in self._sections for entry in section.resource.fields}
        self._wanted = Wanted(frozenset({*(section.name for section in self._sections), *fields}))

    def document(self, tops: t.Mapping[str, list[Params]]) -> Params:
        """The document with the entries whose keys ``tops`` gives for the sections at the top."""
        found: dict[Section, list[Item]] = {}
        for section in self._sections:
            if section.parent:
                items = self._listed(
                    section, [one for outer in found if outer.name == section.parent for one in found[outer]]
                )
            else:
                items = [self._reader.item(section, entry, None) for entry in tops.get(section.name, ())]
            for item in items:
                item.work.wish = dataclasses.replace(item.work.wish, fields=_everything(section), append=False)
            if section.gather:
                gather(self._workers, self.reads, section.gather(items, self._wanted))
            self._workers.each(self._observe, items)
            if not section.parent:
                _tell_missing(items)
            _refuse_failures(items)
            found[section] = [item for item in items if item.work.observed.fields is not None]
            self.omitted += [sentence for item in found[section] for sentence in section.omitted(item)]
        return {
            section.name: [self._entry(item, found) for item in found[section]]
            for section in self._sections
            if not section.parent
        }

    def _listed(self, section: Section, parents: list[Item]) -> list[Item]:
        def listed(parent: Item) -> list[Item]:
            try:
                entries = section.listed(self.reads, parent.params) if section.listed else []
            except FeatureOff:
                return []
            return [self._reader.item(section, entry, parent) for entry in entries]

        return [item for items in self._workers.each(listed, parents) for item in items]

    def _observe(self, item: Item) -> None:
        for fault in broken_rules(item.section.resource, item.params):
            # An address with such a name of the server would mean something else.
            item.failure = str(fault)
            return
        try:
            item.work.observe(self.reads)
        except (ParentMissing, FeatureOff):
            # It went while the export was running, or the server has no such thing at all.
            return
        except QuayError as error:
            item.failure = item.failure or str(error)

    def _entry(self, item: Item, found: t.Mapping[Section, list[Item]]) -> Params:
        section = item.section
        fields = item.work.observed.fields or {}
        keys = [key.name for key in section.resource.keys if key.name not in section.inherited]
        entry = {
            **{name: item.entry[name] for name in keys if item.entry[name] is not None},
            **{
                one.name: one.shown(fields[one.name])
                for one in section.resource.fields
                if fields.get(one.name) is not None and one.stored and one.name not in section.left_out
            },
        }
        entry = section.exported(entry, item)
        for inner in self._sections:
            if inner.parent == section.name:
                below = [self._entry(one, found) for one in found[inner] if one.parent is item]
                if below or not inner.single:
                    entry[inner.name] = below[0] if inner.single else below
        return entry


def _everything(section: Section) -> Params:
    """A wish that makes the resource read all there is."""
    return {
        entry.name: [] if entry.identity else entry.on_create
        for entry in section.resource.fields
        if entry.name not in section.left_out and entry.stored
    }


def _tell_missing(items: list[Item]) -> None:
    for item in items:
        if not item.failure and item.work.observed.fields is None:
            item.failure = "it does not exist"


def _refuse_failures(items: list[Item]) -> None:
    failures = [f"{item.title}: {item.failure}" for item in items if item.failure]
    if failures:
        raise QuayError("\n".join(["Nothing was exported, since this could not be read:", *failures]))
