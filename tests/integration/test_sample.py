# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The stories of the sample have each form in which resources are declared."""

from __future__ import annotations

import importlib
import typing as t
from pathlib import Path

from tests.integration.sample import APART, SHAPES, TRIGGERS

OBJECTS = Path(__file__).parents[2] / "plugins" / "module_utils" / "_objects"
ROOMS = "ansible_collections.dockhand.quay.plugins.module_utils._objects"
# The shape, what a change does, and what a kind adds that makes the engine do more.
Form = tuple[str, str, frozenset[str]]


def resources() -> dict[str, t.Any]:
    """All that are declared, by kind."""
    from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Resource

    names = [".".join(file.relative_to(OBJECTS).with_suffix("").parts) for file in OBJECTS.rglob("*.py")]
    modules = [importlib.import_module(f"{ROOMS}.{name}") for name in sorted(names)]
    found = [one for module in modules for one in vars(module).values() if isinstance(one, Resource)]
    return {one.kind: one for one in found}


def form(resource: t.Any) -> Form:
    """How it is declared."""
    shape = resource.shape
    more = {"alone": getattr(shape, "alone", False), "trigger": any(field.trigger for field in resource.fields)}
    change = "" if shape is None else "replaced" if shape.replaces else "changed in place"
    name = type(shape).__name__ if shape else "functions"
    return name, change, frozenset(one for one, has in more.items() if has)


def covered(one: Form, others: t.Iterable[Form]) -> bool:
    """Whether a story of another form has all of this one."""
    return any(one[:2] == other[:2] and one[2] <= other[2] for other in others)


def test_each_form_of_a_declaration_is_in_the_sample():
    """A new one needs a story in SHAPES: the shortest, since each costs seconds."""
    kinds = resources()
    sampled = {form(one) for kind, one in kinds.items() if f"quay_{kind}" in (*SHAPES, *APART)}
    assert {kind: form(one) for kind, one in kinds.items() if not covered(form(one), sampled)} == {}


def test_the_forms_are_those_of_the_declarations():
    """Else the test above would find none."""
    forms = {form(one) for one in resources().values()}
    assert len(forms) > 6 and ("Singleton", "changed in place", frozenset({"trigger"})) in forms
    assert not covered(("Member", "replaced", frozenset({"alone"})), forms)


def test_a_story_in_shapes_shows_what_no_other_does():
    kinds = resources()
    forms = {name: form(kinds[name.removeprefix("quay_")]) for name in SHAPES}
    others = [form(one) for kind, one in kinds.items() if f"quay_{kind}" in APART]
    for name, one in forms.items():
        assert not covered(one, [*others, *(form for other, form in forms.items() if other != name)]), name


def test_the_sample_knows_each_trigger():
    triggers = {field.name for one in resources().values() for field in one.fields if field.trigger}
    assert triggers == TRIGGERS
