# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: from what is and what is wanted to an ordered list of writes. Pure."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from .._client.client import Names
from .resource import (
    Change,
    Field,
    Observed,
    Resource,
    State,
    Step,
    Wish,
)

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


def plan(resource: Resource, names: Names, observed: Observed, wish: Wish) -> Plan:
    """The steps from ``observed`` to ``wish``; none where Quay has already what is wished."""
    names = {**names, **observed.facts}
    if wish.state == "absent":
        return _plan_removal(resource, names, observed, wish)
    if observed.fields is None:
        return _plan_creation(resource, names, observed, wish)
    fixed = _fixed(resource, observed.fields, wish)
    if fixed and wish.recreate:
        gone = Change(resource, names, observed.fields, {}, frozenset())
        creation = _plan_creation(resource, names, Observed(None), wish)
        return Plan(
            (*resource.remove(gone), *creation.steps),
            _shown(resource, observed.fields, wish.fields),
            {**(creation.after or {}), "recreate": True},
            creation.outcome,
            recreated=True,
        )
    wanted = {
        **_wanted(resource, observed.fields, wish),
        **{entry.name: observed.fields[entry.name] for entry in fixed},
    }
    change = _change(resource, names, observed.fields, wanted)
    warnings = [f"{entry.name} of {resource.title(names)} stays as it is: {entry.create_only}." for entry in fixed]
    return Plan(
        steps=tuple(step for write in resource.writes for step in write(change)),
        before=_shown(resource, observed.fields, wish.fields),
        after=_shown(resource, change.after, wish.fields),
        outcome=_outcome(resource, change.after),
        warnings=(*wish.warnings, *warnings),
    )


def _plan_removal(resource: Resource, names: Names, observed: Observed, wish: Wish) -> Plan:
    if observed.fields is None:
        return Plan(warnings=wish.warnings)
    change = Change(resource, names, observed.fields, {}, frozenset())
    return Plan(
        tuple(resource.remove(change)),
        before=_shown(resource, observed.fields, observed.fields),
        warnings=wish.warnings,
    )


def _plan_creation(resource: Resource, names: Names, observed: Observed, wish: Wish) -> Plan:
    blank = {entry.name: entry.on_create for entry in resource.fields}
    blank.update(observed.initial)
    wanted = _wanted(resource, blank, wish)
    carried = resource.create.fields if resource.create else {}
    born = {**blank, **{name: value for name, value in wanted.items() if name in carried}}
    change = _change(resource, names, born, wanted)
    steps: list[Step] = []
    if resource.create:
        steps.extend(resource.create(_change(resource, names, blank, born)))
    steps.extend(step for write in resource.writes for step in write(change))
    return Plan(
        steps=tuple(steps),
        after=_shown(resource, change.after, {**wish.fields, **carried}),
        outcome=_outcome(resource, change.after),
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
    """Every given field as it shall be; a set holds its present entries too, unless ``append`` is false."""
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


def _change(resource: Resource, names: Names, before: State, wanted: State) -> Change:
    secrets = {entry.name for entry in resource.fields if entry.secret}
    differs = frozenset(name for name, value in wanted.items() if name in secrets or before.get(name) != value)
    return Change(resource, names, before, {**before, **wanted}, differs)


def _outcome(resource: Resource, values: State) -> State:
    """The whole object after the change, as the task returns it; without secrets."""
    names = {entry.name: entry.shown_as or entry.name for entry in resource.fields if not entry.secret}
    return {names[name]: value for name, value in _shown(resource, values, values).items() if name in names}


def _shown(resource: Resource, values: State, declared: t.Mapping[str, t.Any]) -> State:
    """Those of ``values`` that were declared, in the user's words; secrets only as a mark that they are written.

    A yes or no that is written and never read, such as ``regenerate``, hides nothing.
    """
    shown = {}
    for entry in resource.fields:
        if entry.name not in declared or values.get(entry.name) is None:
            continue
        shown[entry.name] = HIDDEN if entry.secret and entry.type != "bool" else entry.shown(values[entry.name])
    return shown
