# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: how a kind of object is a part of a registry document. Data only, no I/O."""

from __future__ import annotations

import graphlib
import typing as t
from dataclasses import dataclass, field

from .._client.capabilities import lack
from .._client.client import QuayClient
from .._engine.field import arguments
from .._engine.member import Member
from .._engine.resource import Resource
from .._errors import BadInput

if t.TYPE_CHECKING:
    from .bulk_reads import Gathering, SharedReads, Wanted
    from .item import Harm, Item, Items

Params = dict[str, t.Any]
Listing = t.Callable[["SharedReads", Params], list[Params]]


def _nothing(*_arguments: t.Any) -> t.Any:
    return None


def _none(*_arguments: t.Any) -> t.Any:
    return ()


@dataclass(frozen=True)
class Entry:
    """How an entry differs from the task of the kind's own module.

    ``left_out``: options that are not declared there, besides triggers.
    ``options`` and ``constraints``: further ones, as in the module.
    ``complete(parent, entry)``: options of the resource that follow from those of the entry and of its parent.
    ``fault(item)``: what is wrong with an entry as a whole, with what is nested in it.
    """

    left_out: tuple[str, ...] = ()
    options: Params = field(default_factory=dict)
    constraints: Params = field(default_factory=dict)
    complete: t.Callable[[Params, Params], Params] = lambda _parent, _entry: {}
    fault: t.Callable[[Item], BadInput | None] = _nothing


@dataclass(frozen=True)
class Order:
    """When its plans are made and applied.

    ``after``: sections that must be as declared before this one. ``shapes_others``: later sections depend on it, so its
    removals do not wait for the end. ``is_late(item)``: applied last of all, since it may take away rights or waits for
    removals.
    """

    after: tuple[str, ...] = ()
    shapes_others: bool = False
    is_late: t.Callable[[Item], bool | None] = _nothing


@dataclass(frozen=True)
class Removal:
    """What its removals mean. Functions that take a client may send requests, and raise QuayError.

    ``never_pruned(item)``: exclusive mode passes it over. ``data_loss(client, item)``: what would be lost with it.
    ``lost_with(client, item)``: what else its plan deletes besides twins; each counts as a deletion.
    ``replaced_by(client, item)``: the declared entry that is written into the place of an undeclared one.
    ``guard(client, items)``: plans that do harm together: a sentence, and those of all items, by section, to blame.
    """

    never_pruned: t.Callable[[Item], bool | None] = _nothing
    data_loss: t.Callable[[QuayClient, Item], str | None] = _nothing
    lost_with: t.Callable[[QuayClient, Item], list[str]] = _none
    replaced_by: t.Callable[[QuayClient, Item], Item | None] = _nothing
    guard: t.Callable[[QuayClient, Items], t.Iterable[Harm]] = _none


@dataclass(frozen=True)
class Export:
    """``entry(entry, item)``: the entry as an export has it. ``omitted(item)``: what it leaves out, as sentences."""

    entry: t.Callable[[Params, Item], Params] = lambda entry, _item: entry
    omitted: t.Callable[[Item], list[str]] = _none


@dataclass(frozen=True)
class Bulk:
    """Reading many entries by few requests, and predicting for later sections.

    ``gather(items, wanted)``: generators that read whole lists in waves and return the answers to single reads.
    ``predict(reads, item)``: makes ``reads`` answer as after the plan of ``item``.
    ``place``: the path below which Quay keeps what belongs to an entry; nothing below that of a new one is read.
    """

    gather: t.Callable[[list[Item], Wanted], list[tuple[list[Item], Gathering]]] | None = None
    predict: t.Callable[[SharedReads, Item], None] = _nothing
    place: str = ""


@dataclass(frozen=True)
class Returned:
    """What the result has of an entry besides the plan.

    ``once``: values that Quay shows only once: key of the result -> key of the resource's ``returns``.
    ``finish(context, result)``: as in the module, for what only shows in the end; it may send a last change.
    """

    once: t.Mapping[str, str] = field(default_factory=dict)
    finish: t.Callable[[t.Any, Params], None] = _nothing


@dataclass(frozen=True, eq=False)
class Section:
    """One kind of object in a registry document.

    ``parent`` names the section whose entries it is nested in; ``single``: there it is one mapping, not a list.
    ``inherits``: options of the resource -> options of the parent that they take their values from.
    ``listed(reads, parent)``: the keys of all entries in ``parent``, as in a document, sorted. Raises QuayError.
    """

    name: str
    resource: Resource
    parent: str = ""
    single: bool = False
    inherits: t.Mapping[str, str] = field(default_factory=dict)
    listed: Listing | None = None
    entry: Entry = Entry()
    order: Order = Order()
    removal: Removal = Removal()
    export: Export = Export()
    bulk: Bulk = Bulk()
    returned: Returned = Returned()

    @property
    def sets(self) -> tuple[str, ...]:
        """Its options that are sets, which the option exclusive can name like a section."""
        return tuple(entry.name for entry in self.resource.fields if entry.identity)

    @property
    def own_keys(self) -> tuple[str, ...]:
        """The keys of the resource that an entry itself has."""
        return tuple(key.name for key in self.resource.keys if key.name not in self.inherits)

    @property
    def left_out(self) -> set[str]:
        """The options of the module that an entry does not have: a document declares state, not one-off actions."""
        return {*self.entry.left_out, *(entry.name for entry in self.resource.fields if entry.trigger)}

    def completed(self, parent: Params, entry: Params) -> Params:
        """The options of the resource for an entry in the entry ``parent``."""
        inherited = {option: parent[name] for option, name in self.inherits.items()}
        whole = {**dict.fromkeys(self.left_out), **entry, **inherited}
        return {**whole, **self.entry.complete(parent, whole)}

    def argument_spec(self, below: t.Iterable[Section]) -> Params:
        """Ansible's spec of one entry; ``below``: the sections that are nested in it."""
        hidden = {*self.inherits, *self.left_out}
        own = (*self.resource.keys, *self.resource.fields)
        spec: Params = arguments(entry for entry in own if entry.name not in hidden)
        if "state" not in hidden:
            spec["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
        if self.sets:
            spec["append"] = {"type": "bool", "default": True}
        return {**spec, **self.entry.options, **{section.name: section.argument() for section in below}}

    def argument(self) -> Params:
        """How the section itself is an option of its parent."""
        return {"type": "dict"} if self.single else {"type": "list", "elements": "dict"}


def below(
    parent: str,
    resource: Resource,
    inherits: t.Mapping[str, str],
    listed: Listing | None = None,
    name: str = "",
    **parts: t.Any,
) -> Section:
    """The section of a kind that is nested in the entries of ``parent``.

    If it inherits all its keys, it is one mapping named like the kind; otherwise it is a list, named with an s.
    """
    single = all(key.name in inherits for key in resource.keys)
    if single and listed is None:
        listed = _itself
    elif listed is None and isinstance(resource.shape, Member):
        listed = _members(resource, resource.shape, inherits)
    return Section(
        name=name or (resource.kind if single else f"{resource.kind}s"),
        resource=resource,
        parent=parent,
        single=single,
        inherits=inherits,
        listed=listed,
        **parts,
    )


def _itself(_reads: SharedReads, _parent: Params) -> list[Params]:
    return [{}]


def _members(resource: Resource, shape: Member, inherits: t.Mapping[str, str]) -> Listing:
    """Each name of the list once, sorted."""

    def listed(reads: SharedReads, parent: Params) -> list[Params]:
        if shape.needs and lack(reads, shape.needs):
            return []
        names = {option: parent[name] for option, name in inherits.items()}
        entries = (shape.values(resource, entry) for entry in shape.listed(reads, names) or ())
        keys = {tuple(values[name] for name in shape.match) for values in entries}
        return [dict(zip(shape.match, key)) for key in sorted(keys, key=lambda key: tuple(map(str, key)))]

    return listed


def listing(template: str, entries: str, keys_of: t.Callable[[Params], Params], view: t.Any) -> Listing:
    """Reads the list ``entries`` of GET ``template``, filled from the parent; ``keys_of`` an entry are those it has.

    ``view``: the type of the answer (_client/views.py). The listing raises as ``QuayClient.get``.
    """

    def listed(reads: SharedReads, parent: Params) -> list[Params]:
        found = reads.get(template, parent, missing=(), view=view)[entries]
        return sorted(map(keys_of, found), key=lambda keys: tuple(map(str, keys.values())))

    return listed


def in_order(sections: t.Iterable[Section]) -> list[Section]:
    """Each section after those that it is nested in or needs; those of one name, in other places, count as one."""
    named: dict[str, list[Section]] = {}
    for section in sections:
        named.setdefault(section.name, []).append(section)
    needs = {
        section: [need for name in (section.parent, *section.order.after) for need in named.get(name, ())]
        for same in named.values()
        for section in same
    }
    return list(graphlib.TopologicalSorter(needs).static_order())
