# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads whole organizations into the registry document that quay_apply takes."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import functools
import typing as t

from .._client.client import QuayClient
from .._client.workers import Workers
from .._engine.reconcile import broken_rules
from .._errors import FeatureOff, ParentMissing
from .bulk_reads import SharedReads, Wanted, gather
from .item import Item, Verdict, attempt
from .reader import DocumentReader
from .section import Params, Section


class Exporter:
    """Reads all entries of ``sections``; ``defaults``: also what a new object has anyway.

    ``omitted``: sentences on what the export leaves out. ``unreadable``: what could not be read, and why.
    """

    def __init__(
        self,
        client: QuayClient,
        workers: Workers,
        reader: DocumentReader,
        sections: t.Container[str],
        defaults: bool,
    ) -> None:
        self.reads = SharedReads(client, workers)
        self.omitted: list[str] = []
        self.unreadable: dict[str, str] = {}
        self._workers, self._reader, self._defaults = workers, reader, defaults
        self._sections = [section for section in reader.exported if section.name in sections]
        fields = {entry.name for section in self._sections for entry in section.resource.fields}
        self._wanted = Wanted(frozenset({*(section.name for section in self._sections), *fields}))
        # Fields that the server turned out not to have.
        self._lacking: dict[Section, set[str]] = collections.defaultdict(set)
        self._unlisted: set[tuple[Item, str]] = set()
        # Listed, but with names that the API of Quay cannot reach.
        self._unreachable: set[Item] = set()

    def document(self, tops: t.Mapping[str, list[Params]]) -> Params:
        """The document with the entries whose keys ``tops`` gives for the sections at the top.

        An entry of a list that cannot be read keeps its keys, and a list that cannot be read is left out, since to
        exclusive mode a shorter list would mean deletions. Raises as ``gather``.
        """
        found: dict[Section, list[Item]] = {}
        for section in self._sections:
            if section.parent:
                outer = [one for other in found if other.name == section.parent for one in found[other]]
                items = self._listed(section, [one for one in outer if _is_read(one)])
            else:
                items = [self._reader.item(section, entry, None) for entry in tops.get(section.name, ())]
            if section.bulk.gather:
                for item, error in gather(self._workers, self.reads, section.bulk.gather(items, self._wanted)):
                    item.judge(Verdict(failure=str(error)))
            for item, verdict in zip(items, self._workers.each(self._observed, items)):
                item.judge(verdict)
            self.unreadable.update({item.title: item.failure for item in items if item.failure})
            found[section] = [item for item in items if _is_read(item) or item.failure or item in self._unreachable]
            for item in filter(_is_read, items):
                self.omitted += [*_twins(item), *section.export.omitted(item)]
        return {
            section.name: [self._entry(item, found) for item in found[section] if not item.failure]
            for section in self._sections
            if not section.parent
        }

    def _listed(self, section: Section, parents: list[Item]) -> list[Item]:
        def listed(parent: Item) -> list[Item]:
            found: list[Params] = []

            def look() -> None:
                # A server that has no such thing at all has none of them.
                with contextlib.suppress(FeatureOff):
                    found.extend(section.listed(self.reads, parent.params) if section.listed else [])

            verdict = attempt(look)
            if verdict.failure:
                self._unlisted.add((parent, section.name))
                self.unreadable[f"{section.name} of {parent.title}"] = verdict.failure
            return [self._reader.item(section, entry, parent) for entry in found]

        return [item for items in self._workers.each(listed, parents) for item in items]

    def _observed(self, item: Item) -> Verdict:
        return Verdict() if item.failure else attempt(functools.partial(self._observe, item))

    def _observe(self, item: Item) -> Verdict | None:
        """Observe all that the server has of an item; what was listed and is no part of a feature is never left out."""
        if any(broken_rules(item.section.resource, item.params)):
            # An address with such a name of the server would mean something else.
            self._unreachable.add(item)
            return None
        try:
            self._observe_fields(item, self._fields(item.section))
        except ParentMissing:
            # It was deleted while the export was running.
            return None
        except FeatureOff:
            if item.section.single:
                return None
            self._observe_known(item)
        missing = not item.section.parent and item.work.observed.fields is None
        return Verdict(failure="it does not exist") if missing else None

    def _observe_known(self, item: Item) -> None:
        """Find out which fields the server lacks, and observe the others."""
        for name in self._fields(item.section):
            if self._lacks(item, name):
                self._lacking[item.section].add(name)
        self._observe_fields(item, self._fields(item.section))

    def _lacks(self, item: Item, name: str) -> bool:
        try:
            self._observe_fields(item, [name])
        except FeatureOff:
            return True
        return False

    def _observe_fields(self, item: Item, names: t.Collection[str]) -> None:
        fields = {
            entry.name: [] if entry.identity else entry.on_create
            for entry in item.section.resource.fields
            if entry.name in names
        }
        item.work.wish = dataclasses.replace(item.work.wish, fields=fields, append=False, keep_twins=True)
        item.work.observe(self.reads)

    def _fields(self, section: Section) -> list[str]:
        """All that can be read."""
        left_out = {*section.left_out, *self._lacking[section]}
        return [entry.name for entry in section.resource.fields if entry.name not in left_out and entry.stored]

    def _entry(self, item: Item, found: t.Mapping[Section, list[Item]]) -> Params:
        section = item.section
        keys = {name: item.entry[name] for name in section.own_keys if item.entry[name] is not None}
        if not _is_read(item):
            return keys
        fields = item.work.observed.fields or {}
        entry = {
            **keys,
            **{
                one.name: one.shown(fields[one.name])
                for one in section.resource.fields
                if fields.get(one.name) is not None and one.stored and one.name not in section.left_out
            },
        }
        entry = section.export.entry(entry, item)
        if not self._defaults:
            entry = _without_defaults(section, entry, item.work.observed.initial)
        for inner in self._sections:
            if inner.parent == section.name and (item, inner.name) not in self._unlisted:
                below = [self._entry(one, found) for one in found[inner] if one.parent is item]
                if any(below) if inner.single else below or self._defaults:
                    entry[inner.name] = below[0] if inner.single else below
        return entry


def _is_read(item: Item) -> bool:
    return not item.failure and item.work.observed.fields is not None


def _twins(item: Item) -> t.Iterator[str]:
    twins = item.work.observed.facts.get("twins")
    if twins:
        yield f"The export leaves out {len(twins)} more of {item.title}: they have the same names."


def _without_defaults(section: Section, entry: Params, initial: t.Mapping[str, t.Any]) -> Params:
    """The entry without options that say what they say if they are not specified; a mapping is never left empty,
    but has the first of them.

    ``initial``: what Quay gives to a new object beyond the ``on_create`` of its fields; None is not known.
    """
    spec = section.argument_spec(())
    blank = {field.name: [] if field.identity else field.on_create for field in section.resource.fields}
    shown = {field.name: field.shown for field in section.resource.fields}
    blank.update({name: initial[name] for name in initial.keys() & blank.keys()})
    kept = {}
    for name, value in entry.items():
        default = blank.get(name)
        if default is not None and value == shown[name](default):
            continue
        if default is None and name in spec and _is_default(spec[name], value):
            continue
        kept[name] = _without_defaults_inside(spec.get(name, {}), value)
    return dict([*entry.items()][:1]) if section.single and not kept else kept


def _is_default(option: Params, value: t.Any) -> bool:
    return not option.get("required") and "default" in option and value == option["default"]


def _without_defaults_inside(option: Params, value: t.Any) -> t.Any:
    """A mapping, or those of a list, without their own defaults."""
    options = option.get("options")
    if options and isinstance(value, list):
        return [_without_defaults_inside(option, one) for one in value]
    if not options or not isinstance(value, dict):
        return value
    return {name: inner for name, inner in value.items() if not _is_default(options.get(name, {}), inner)}
