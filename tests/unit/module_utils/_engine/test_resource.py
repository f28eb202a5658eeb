# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a kind of object sends beyond its shape."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Field, Trigger
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Change, Resource, Wish

from tests.unit.module_utils._engine.hooks import ENTRY, HOOK, planned, sent


def test_a_trigger_is_no_state():
    assert sent(planned(HOOK, {"hooks": [ENTRY]}, Wish({"test": True}))) == [
        ("POST", "/boxes/crate/hooks/one/test", None)
    ]
    assert not planned(HOOK, {"hooks": [ENTRY]}, Wish({"test": False})).steps
    assert len(planned(HOOK, {"hooks": []}, Wish({"test": True})).steps) == 1


def test_a_trigger_that_comes_first_is_followed_by_a_look():
    first = dataclasses.replace(
        HOOK, fields=(*HOOK.fields, Field("take", "bool", trigger=Trigger("take", "POST", "/boxes/{box}/take", True)))
    )
    the_plan = planned(first, {"hooks": [ENTRY]}, Wish({"take": True, "url": "http://b", "test": True}))
    assert [(step.path.rpartition("/")[2], step.look) for step in the_plan.steps] == [
        ("take", True),
        ("one", False),
        ("test", False),
    ]


def test_a_trigger_that_is_declared_so_is_pulled_for_a_new_object():
    early = dataclasses.replace(
        HOOK, fields=(Field("sync", "bool", trigger=Trigger("sync", "POST", "/boxes/{box}/sync", on_create=True)),)
    )
    assert [path for _method, path, _body in sent(planned(early, {"hooks": []}, Wish({"sync": True})))] == [
        "/boxes/crate/hooks/",
        "/boxes/crate/sync",
    ]


def test_a_kind_without_shape_and_function_is_an_error_of_ours():
    with pytest.raises(TypeError, match="lid has neither a shape nor a function for this"):
        Resource("lid", "{name}", (), ()).observe(None, {}, Wish({}))


def test_a_title_reads_as_words_and_a_path_is_quoted():
    change = Change(Resource("default_perm", "{name}", (), ()), {"name": "a b/c"}, {}, {}, frozenset())
    step = change.step("set", "PUT", "/perms/{name}/{role}", role="r")
    assert (step.purpose, step.path) == ("set default perm a b/c", "/perms/a%20b%2Fc/r")
