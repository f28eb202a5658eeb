# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the form that describes one kind of Quay object. Data only, no I/O.

Values have one *canonical* form, which is compared and sent (seconds, bytes, sorted lists), and
one *shown* form in the user's words (``2w``, ``10 GiB``), which results and diffs carry.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._client.client import Names, QuayClient, address

State = dict[str, t.Any]
Steps = t.Iterable["Step"]


def _same(value: t.Any) -> t.Any:
    return value


@dataclass(frozen=True)
class Step:
    """One write below /api/v1.

    ``undo`` is sent when a later step of the same object is refused. ``look``: the steps after it need something that
    its answer lacks, such as an id, so the engine observes and plans again.
    """

    method: str
    path: str
    body: t.Any
    purpose: str
    feature: str = ""
    undo: Step | None = None
    look: bool = False


@dataclass(frozen=True)
class Field:
    """One option of a resource, or one part of its name.

    ``on_create``: what a new object has when the option is not given (canonical).
    ``rule``: returns the broken rule of Quay for a value, or an empty text.
    ``identity``: makes the field a set; tells which entry of it an item is.
    ``create_only``: Quay cannot change it later; the text names the way out.
    ``secret``: written, never read, compared or shown.
    ``shown_as``: its name in the returned object, where that differs (``new_name`` is the ``name`` afterwards).
    ``spec``: further keys of Ansible's argument spec (choices, aliases, elements, options …).
    """

    name: str
    type: str = "str"
    required: bool = False
    on_create: t.Any = None
    rule: t.Callable[[t.Any], str] | None = None
    canonical: t.Callable[[t.Any], t.Any] = _same
    shown: t.Callable[[t.Any], t.Any] = _same
    identity: t.Callable[[t.Any], t.Any] | None = None
    create_only: str = ""
    secret: bool = False
    shown_as: str = ""
    spec: t.Mapping[str, t.Any] = field(default_factory=dict)

    def argument(self) -> dict[str, t.Any]:
        """This field as an entry of Ansible's argument spec."""
        entry: dict[str, t.Any] = {"type": self.type, **self.spec}
        if self.required:
            entry["required"] = True
        if self.secret:
            entry["no_log"] = True
        return entry


@dataclass(frozen=True)
class Observed:
    """What Quay has. ``fields`` is None where there is no such object.

    ``facts``: what steps and results need besides the options: ids, tokens, who asked.
    ``initial``: what Quay itself will give to a new object beyond the ``on_create`` of its fields.
    """

    fields: State | None
    facts: State = field(default_factory=dict)
    initial: State = field(default_factory=dict)


@dataclass(frozen=True)
class Wish:
    """What the user declared: ``fields`` in canonical form, only those given. Not given never means empty.

    ``options``: the other options of the task, such as ``update_password``, for ``adapt``.
    ``warnings``: what the user should know of how the wish was adapted.
    """

    fields: State
    state: str = "present"
    append: bool = True
    recreate: bool = False
    options: State = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What a write sees: the object before and after (canonical), and the names of the fields that differ."""

    resource: Resource
    names: Names
    before: State
    after: State
    differs: frozenset[str]

    def step(
        self,
        verb: str,
        method: str,
        path: str,
        body: t.Any = None,
        feature: str = "",
        undo: Step | None = None,
        **names: t.Any,
    ) -> Step:
        """A step whose purpose reads "verb kind label"; ``names`` fill the path beside the object's own."""
        filled = address(path, {**self.names, **names})
        return Step(method, filled, body, f"{verb} {self.resource.title(self.names)}", feature, undo)

    def entries(self, name: str) -> tuple[dict[t.Any, t.Any], dict[t.Any, t.Any]]:
        """The entries of the set ``name`` before and after, by what identifies them."""
        (identity,) = (entry.identity for entry in self.resource.fields if entry.name == name and entry.identity)
        before, after = (
            {identity(item): item for item in values.get(name) or ()} for values in (self.before, self.after)
        )
        return before, after


Write = t.Callable[[Change], Steps]


@dataclass(frozen=True)
class Create:
    """The request that makes an object: ``fields`` are the options that it carries, ``names`` the parts of the name.

    Each maps an option or name to its key in the body; what has no value is left out.
    """

    method: str
    path: str
    fields: t.Mapping[str, str]
    names: t.Mapping[str, str] = field(default_factory=dict)

    def __call__(self, change: Change) -> Steps:
        values = {
            **{key: change.names[name] for name, key in self.names.items()},
            **{key: change.after[name] for name, key in self.fields.items()},
        }
        yield change.step(
            "create", self.method, self.path, {key: value for key, value in values.items() if value is not None}
        )


@dataclass(frozen=True)
class Resource:
    """One kind of Quay object.

    ``read(client, names, wish)`` observes it, no further than the wish needs.
    ``create`` makes it; ``writes`` then run in their order for the fields that still differ.
    ``locate(client, params)`` gives the names that paths are filled with, mostly the options of ``keys``.
    ``returns(facts, answers)`` adds keys to the result from what was read and what the writes answered.
    ``adapt(client, names, observed, wish)`` fits a wish to what Quay allows here, with a warning or a refusal.
    ``verify``: a 2xx of Quay is no proof here: read again.
    """

    kind: str
    label: str
    keys: tuple[Field, ...]
    fields: tuple[Field, ...]
    read: t.Callable[[QuayClient, Names, Wish], Observed]
    remove: Write
    create: Create | None = None
    writes: tuple[Write, ...] = ()
    locate: t.Callable[[QuayClient, State], Names] | None = None
    returns: t.Callable[[State, list[t.Any]], State] | None = None
    adapt: t.Callable[[QuayClient, Names, Observed, Wish], Wish] | None = None
    verify: bool = False

    def title(self, names: Names) -> str:
        """``team payments/devs``: how sentences name the object."""
        return f"{self.kind.replace('_', ' ')} {self.label.format(**names)}"


def carry(
    verb: str, method: str, path: str, *fields: str, always: t.Sequence[str] = (), feature: str = "", **renamed: str
) -> Write:
    """A write of one request whose body carries those of ``fields`` that differ.

    ``always``: fields that Quay insists on; sent back as observed.
    ``renamed`` maps options to other names in the body: ``repo_state="state"``.
    """
    keys = {**{name: name for name in fields}, **renamed}

    def steps(change: Change) -> Steps:
        moved = [name for name in keys if name in change.differs]
        if moved:
            body = {key: change.after[name] for name, key in keys.items() if name in always or name in moved}
            yield change.step(verb, method, path, body, feature)

    return steps


def each(
    name: str,
    noun: str,
    add: tuple[str, str],
    remove: tuple[str, str],
    names_of: t.Callable[[t.Any], Names],
    body_of: t.Callable[[t.Any], t.Any] = lambda _item: None,
    times_of: t.Callable[[Change, t.Any], int] = lambda _change, _item: 1,
) -> Write:
    """A write of one request for each entry of the set ``name`` that is added, changed or removed; additions first.

    ``noun`` names an entry in sentences (``member {member}``), ``names_of`` fills it and the paths.
    ``times_of``: how often an entry must be removed until it is gone.
    """

    def steps(change: Change) -> Steps:
        if name not in change.differs:
            return
        before, after = change.entries(name)
        for key, item in after.items():
            if before.get(key) != item:
                yield change.step(
                    f"give {noun.format(**names_of(item))} to", *add, body=body_of(item), **names_of(item)
                )
        for key, item in before.items():
            if key not in after:
                step = change.step(f"remove {noun.format(**names_of(item))} from", *remove, **names_of(item))
                yield from [step] * times_of(change, item)

    return steps
