# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: from what is and what is wanted to an ordered list of writes. Pure."""

from __future__ import annotations

import dataclasses
import typing as t
from dataclasses import dataclass

from .._client.client import Names
from .field import Field, State
from .resource import Change, Observed, Resource, Step, Wish

HIDDEN = "(not shown)"


@dataclass(frozen=True)
class Plan:
    """The steps, and what the user sees of them: declared fields ``before`` and ``after``, the whole ``outcome``.

    ``recreated``: what Quay generated for the present object is lost.
    """

    steps: tuple[Step, ...] = ()
    before: State | None = None
    after: State | None = None
    outcome: State | None = None
    warnings: tuple[str, ...] = ()
    recreated: bool = False

    def diff(self, title: str) -> State:
        """As Ansible shows it; ``title`` names the object."""
        return {
            "before_header": title,
            "after_header": title,
            "before": self.before or {},
            "after": self.after or {},
        }


def due(resource: Resource, observed: Observed, wish: Wish) -> Wish:
    """The wish with only what is to be sent: no idle trigger, and no secret of an object that exists unless asked for.

    An object that is replaced needs its secrets again.
    """
    existed, readable = observed.before.fields is not None, {one.name for one in resource.fields if one.readable}
    visible = {name: value for name, value in wish.fields.items() if name in readable}
    same = observed.fields is not None and visible.items() <= observed.fields.items()
    replaced = bool(resource.shape and resource.shape.replaces) and not same

    # The one request that creates it, of whichever task, has carried them.
    carried = wish.contended and observed.fields is not None and bool(resource.shape) and not resource.writes

    def is_due(entry: Field) -> bool:
        if entry.write_only and carried:
            return False
        if entry.trigger:
            return (existed or entry.trigger.on_create) and bool(wish.fields[entry.name])
        return not entry.write_only or not existed or replaced or wish.options.get(entry.write_only) == "always"

    idle = {entry.name for entry in resource.fields if entry.name in wish.fields and not is_due(entry)}
    return dataclasses.replace(wish, fields={name: one for name, one in wish.fields.items() if name not in idle})


def plan(resource: Resource, names: Names, observed: Observed, wish: Wish) -> Plan:
    """The steps from ``observed`` to ``wish``; none if Quay has already what is declared. Raises as ``Change.step``."""
    names = {**names, **observed.names}
    if wish.state == "absent":
        return _plan_removal(resource, names, observed, wish)
    if observed.fields is None:
        return _plan_creation(resource, names, observed, wish)
    fixed = _fixed(resource, observed.fields, wish)
    if fixed and wish.recreate:
        gone = Change(resource, names, observed.fields, {}, frozenset(), observed, wish)
        creation = _plan_creation(resource, names, Observed(None), wish)
        return dataclasses.replace(
            creation,
            steps=(*resource.removing(gone), *creation.steps),
            before=_shown(resource, observed.fields, wish.fields),
            after={**(creation.after or {}), "recreate": True},
            recreated=True,
        )
    wanted = {
        **_wanted(resource, observed.fields, wish),
        **{entry.name: observed.fields[entry.name] for entry in fixed},
    }
    change = _change(resource, names, observed, wish, observed.fields, wanted)
    warnings = [f"{entry.name} of {resource.title(names)} stays as it is: {entry.create_only}." for entry in fixed]
    steps = tuple(resource.changing(change))
    twins = sum(step.twin for step in steps)
    if twins:
        warnings.append(f"Quay has {twins + 1} of {resource.title(names)}. One is kept, the others are deleted.")
    return Plan(
        steps=steps,
        before=_shown(resource, observed.fields, wish.fields),
        after=_shown(resource, change.after, wish.fields),
        outcome=shown_object(resource, change.after),
        warnings=(*wish.warnings, *warnings),
    )


def _plan_removal(resource: Resource, names: Names, observed: Observed, wish: Wish) -> Plan:
    if observed.fields is None:
        return Plan(warnings=wish.warnings)
    change = Change(resource, names, observed.fields, {}, frozenset(), observed, wish)
    return Plan(
        tuple(resource.removing(change)),
        before=_shown(resource, observed.fields, observed.fields),
        warnings=wish.warnings,
    )


def _plan_creation(resource: Resource, names: Names, observed: Observed, wish: Wish) -> Plan:
    blank = {entry.name: entry.on_create for entry in resource.fields}
    blank.update(observed.initial)
    wanted = _wanted(resource, blank, wish)
    carried = resource.create.fields if resource.create else {}
    initial = {**blank, **{name: value for name, value in wanted.items() if name in carried}}
    change = _change(resource, names, observed, wish, initial, wanted)
    steps: list[Step] = []
    if resource.create:
        steps.extend(resource.create(_change(resource, names, observed, wish, blank, initial)))
    steps.extend(resource.changing(change))
    return Plan(
        steps=tuple(steps),
        after=_shown(resource, change.after, {**wish.fields, **carried}),
        outcome=shown_object(resource, change.after),
        warnings=wish.warnings,
    )


def _fixed(resource: Resource, before: State, wish: Wish) -> list[Field]:
    """The declared fields that Quay cannot change to what is wished."""
    return [
        entry
        for entry in resource.fields
        if entry.create_only and entry.name in wish.fields and wish.fields[entry.name] != before[entry.name]
    ]


def _wanted(resource: Resource, before: State, wish: Wish) -> State:
    """Every specified field as it should be; a set holds its present entries too, unless ``append`` is false."""
    wanted = {}
    for entry in resource.fields:
        if entry.name not in wish.fields:
            continue
        value = wish.fields[entry.name]
        if entry.identity:
            items = {entry.identity(item): item for item in before.get(entry.name) or ()} if wish.append else {}
            items.update({entry.identity(item): item for item in value})
            value = [items[key] for key in sorted(items)]
        wanted[entry.name] = value
    return wanted


def _change(resource: Resource, names: Names, observed: Observed, wish: Wish, before: State, wanted: State) -> Change:
    unread = {entry.name for entry in resource.fields if not entry.readable}
    differs = frozenset(name for name, value in wanted.items() if name in unread or before.get(name) != value)
    return Change(resource, names, before, {**before, **wanted}, differs, observed, wish)


def shown_object(resource: Resource, values: State) -> State:
    """The whole object in the user's words, as tasks return it; without secrets."""
    names = {entry.name: entry.shown_as or entry.name for entry in resource.fields if entry.proven}
    return {names[name]: value for name, value in _shown(resource, values, values).items() if name in names}


def _shown(resource: Resource, values: State, declared: t.Mapping[str, t.Any]) -> State:
    """Those of ``values`` that were declared, in the user's words; secrets only as a mark that they are written."""
    shown = {}
    for entry in resource.fields:
        if entry.name not in declared or values.get(entry.name) is None:
            continue
        shown[entry.name] = HIDDEN if entry.write_only else entry.shown(values[entry.name])
    return shown
