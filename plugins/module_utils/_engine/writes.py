# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the writes of a resource that names its paths itself. Pure."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._client.client import Names
from .resource import Change, Steps, Write


@dataclass(frozen=True)
class Create:
    """The request that creates an object: ``fields`` are the options that it carries, ``names`` the parts of the name.

    Each maps an option or name to its key in the body; what has no value is left out. Raises as ``Change.step``.
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


def carry(
    verb: str, method: str, path: str, *fields: str, always: t.Sequence[str] = (), needs: str = "", **renamed: str
) -> Write:
    """A write of one request whose body carries those of ``fields`` that differ.

    ``always``: fields that Quay insists on; sent back as observed.
    ``renamed`` maps options to other names in the body: ``repo_state="state"``. The write raises as ``Change.step``.
    """
    keys = {**{name: name for name in fields}, **renamed}

    def steps(change: Change) -> Steps:
        moved = [name for name in keys if name in change.differs]
        if moved:
            body = {key: change.after[name] for name, key in keys.items() if name in always or name in moved}
            yield change.step(verb, method, path, body, needs)

    return steps


def each(
    name: str,
    noun: str,
    add: tuple[str, str],
    remove: tuple[str, str],
    names_of: t.Callable[[t.Any], Names],
    times_of: t.Callable[[Change, t.Any], int] = lambda _change, _item: 1,
) -> Write:
    """A write of one request for each entry of the set ``name`` that is added, changed or removed; additions first.

    ``noun`` names an entry in sentences (``member {member}``), ``names_of`` fills it and the paths.
    ``times_of``: how often an entry must be removed until it no longer exists. The write raises as ``Change.step``.
    """

    def steps(change: Change) -> Steps:
        if name not in change.differs:
            return
        before, after = change.entries(name)
        for key, item in after.items():
            if before.get(key) != item:
                yield change.step(f"give {noun.format(**names_of(item))} to", *add, **names_of(item))
        for key, item in before.items():
            if key not in after:
                step = change.step(f"remove {noun.format(**names_of(item))} from", *remove, **names_of(item))
                yield from [step] * times_of(change, item)

    return steps


def replace_list(name: str, verb: str, path: str, needs: str = "") -> Write:
    """A write of one POST that replaces the whole set ``name``: Quay changes no single entry of it.

    The write raises as ``Change.step``.
    """

    def steps(change: Change) -> Steps:
        before, after = ((side.get(name) or []) for side in (change.before, change.after))
        if before != after:
            yield change.step(verb, "POST", path, after, needs)

    return steps
