# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: how a kind of object is a part of a registry document. Data only, no I/O."""

from __future__ import annotations

import graphlib
import typing as t
from dataclasses import dataclass, field

from .._client.check import JSON
from .._client.client import QuayClient
from .._engine.field import arguments
from .._engine.reconcile import Params, Reconciliation
from .._engine.resource import Resource
from .._errors import BadInput

Answers = dict[str, t.Any]
Reading = t.Callable[[QuayClient], t.Any]
Gathering = t.Generator[list[Reading], list[t.Any], Answers]


def _nothing(*_arguments: t.Any) -> t.Any:
    return None


@dataclass(frozen=True, eq=False)
class Section:
    """One kind of object in a registry document.

    ``parent`` names the section whose entries it stands in; ``single``: there it is one mapping, not a list.
    ``complete(parent, entry)`` makes the options of the resource from those of the entry and of its parent;
    ``inherited`` are the options that come from there, ``left_out`` those that are deeds and no state.
    ``options`` and ``constraints`` are further ones of an entry, as the module has them.
    ``after``: sections that must be as declared before this one.
    ``place``: the path below which Quay keeps what belongs to an entry.
    ``has_twins``: Quay lets one declare the same entry more than once; exclusive mode leaves one.
    ``shapes_others``: what later sections come to be depends on it, so its removals do not wait for the end.
    ``returned_once``: what the result must tell of an entry besides the plan: key of the result -> key of ``returns``.

    Functions, each optional:
    ``fault(item)``: what is wrong with an entry as a whole, with what stands in it.
    ``listed(client, parent)``: the keys of all entries that Quay has in ``parent``, as the document has them, sorted.
    ``exported(entry, item)``: an entry as an export shall have it; by default all that was observed.
    ``omitted(item)``: sentences on what an export leaves out that somebody could miss.
    ``gather(items, wanted)``: generators that read whole lists in waves and give the answers to single reads.
    ``predict(reads, item)``: tells later reads what the plan of ``item`` will have changed.
    ``never_pruned(item)``: whether exclusive mode passes it over.
    ``data_loss(client, item)``: what would be lost with it.
    ``lost_with(client, item)``: what goes with its plan besides, and counts as so many removals.
    ``guard(client, items)``: where plans do harm together: a sentence, and those to blame of all items, by section.
    ``is_late(item)``: whether it comes last of all: it may take away rights, or waits for removals.
    ``finish(context, result)``: as of the module, for what can only be seen in the end.
    """

    name: str
    resource: Resource
    complete: t.Callable[[Params, Params], Params]
    parent: str = ""
    single: bool = False
    inherited: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    options: Params = field(default_factory=dict)
    constraints: Params = field(default_factory=dict)
    after: tuple[str, ...] = ()
    place: str = ""
    has_twins: bool = False
    shapes_others: bool = False
    returned_once: t.Mapping[str, str] = field(default_factory=dict)
    fault: t.Callable[[Item], BadInput | None] = _nothing
    listed: t.Callable[[QuayClient, Params], list[Params]] | None = None
    exported: t.Callable[[Params, Item], Params] = lambda entry, _item: entry
    omitted: t.Callable[[Item], list[str]] = lambda _item: []
    gather: t.Callable[[list[Item], Wanted], list[tuple[list[Item], Gathering]]] | None = None
    predict: t.Callable[[t.Any, Item], None] = _nothing
    never_pruned: t.Callable[[Item], bool | None] = _nothing
    data_loss: t.Callable[[QuayClient, Item], str | None] = _nothing
    lost_with: t.Callable[[QuayClient, Item], list[str]] = lambda _client, _item: []
    guard: t.Callable[[QuayClient, Items], t.Iterable[Harm]] = lambda _client, _items: ()
    is_late: t.Callable[[Item], bool | None] = _nothing
    finish: t.Callable[[t.Any, Params], None] = _nothing

    @property
    def sets(self) -> tuple[str, ...]:
        """The names of its options that are sets, which exclusive mode can name like a section."""
        return tuple(entry.name for entry in self.resource.fields if entry.identity)

    def argument_spec(self, below: t.Iterable[Section]) -> Params:
        """Ansible's spec of one entry; ``below``: the sections that stand in it."""
        hidden = {*self.inherited, *self.left_out}
        spec: Params = arguments(
            entry for entry in (*self.resource.keys, *self.resource.fields) if entry.name not in hidden
        )
        spec["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
        if self.sets:
            spec["append"] = {"type": "bool", "default": True}
        spec.update(self.options)
        spec.update({section.name: section.argument() for section in below})
        return spec

    def argument(self) -> Params:
        """How the section itself is an option of its parent."""
        return {"type": "dict"} if self.single else {"type": "list", "elements": "dict"}


@dataclass(eq=False)
class Item:
    """One entry of a document on its way: ``path`` is where it stands.

    ``entry`` are its options in the document, ``params`` those of its resource.

    ``failure`` tells why it did not come to be as declared, ``kept_because`` why it was not removed.
    """

    section: Section
    path: str
    params: Params
    parent: Item | None
    work: Reconciliation
    entry: Params
    below: dict[str, list[Item]] = field(default_factory=dict)
    failure: str = ""
    kept_because: str = ""

    @property
    def title(self) -> str:
        """How sentences name it."""
        return self.section.resource.title(self.work.names) if self.work.names else self.path

    @property
    def creates(self) -> bool:
        """Whether the plan is to make it."""
        return bool(self.work.planned.steps) and self.work.observed.fields is None

    @property
    def changes(self) -> bool:
        """Whether something was or is to be done, and has not failed."""
        return bool(self.work.planned.steps) and not (self.failure or self.kept_because)

    @property
    def outcome(self) -> Params | None:
        """What it comes to be; None where it does not exist then."""
        return self.work.planned.outcome if self.changes else self.work.observed.fields

    @property
    def removes(self) -> bool:
        """Whether it shall not be there."""
        return bool(self.params["state"] == "absent")

    def inner(self, name: str) -> list[Item]:
        """All entries of the section ``name`` below this one, at any depth."""
        found = list(self.below.get(name, ()))
        for items in self.below.values():
            for item in items:
                found += item.inner(name)
        return found


Items = dict[str, list[Item]]
Harm = tuple[str, list[Item]]


@dataclass(frozen=True)
class Wanted:
    """What is to be read as a whole, not only where entries name it: names of sections, or of options in them."""

    whole: frozenset[str] = frozenset()

    def all_of(self, name: str) -> bool:
        return name in self.whole


def in_order(sections: t.Iterable[Section]) -> list[Section]:
    """Each section after those that it stands in or needs; those of one name, in other places, count as one need."""
    named: dict[str, list[Section]] = {}
    for section in sections:
        named.setdefault(section.name, []).append(section)
    needs = {
        section: [need for name in (section.parent, *section.after) for need in named.get(name, ())]
        for same in named.values()
        for section in same
    }
    return list(graphlib.TopologicalSorter(needs).static_order())


def reading(
    template: str,
    names: t.Mapping[str, t.Any],
    query: t.Mapping[str, t.Any] | None = None,
    missing: t.Sequence[int] = (),
    view: t.Any = JSON,
) -> Reading:
    """A GET to be sent by whichever thread is free."""
    return lambda client: client.get(template, names, query, missing, view=view)
