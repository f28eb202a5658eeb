# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""One object below a parent, on a toy kind: what it reads, and which writes follow."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Field
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import due, plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Wish
from ansible_collections.dockhand.quay.plugins.module_utils._engine.singleton import Singleton
from ansible_collections.dockhand.quay.plugins.module_utils._errors import ParentMissing

from tests.unit.module_utils._engine.hooks import HOOK, NAMES, Client, planned, sent

LID = dataclasses.replace(
    HOOK,
    kind="lid",
    keys=(Field("box", required=True),),
    fields=(Field("color", on_create="white"),),
    shape=Singleton("/boxes/{box}/lid", view=dict, exists=lambda view: view.get("color")),
)


def test_a_singleton_is_replaced_and_comes_back():
    assert sent(planned(LID, {"color": None}, Wish({"color": "red"}))) == [
        ("POST", "/boxes/crate/lid", {"color": "red"})
    ]
    replaced = planned(LID, {"color": "blue"}, Wish({"color": "red"}))
    assert [step.method for step in replaced.steps] == ["DELETE", "POST"]
    assert (replaced.steps[0].undo.method, replaced.steps[0].undo.body) == ("POST", {"color": "blue"})
    assert not planned(LID, {"color": "red"}, Wish({"color": "red"})).steps


def test_a_singleton_that_another_task_created_has_its_secret():
    guarded = dataclasses.replace(LID, fields=(*LID.fields, Field("secret", write_only="update_secret")))
    observed = dataclasses.replace(
        guarded.observe(Client({"color": "red"}), NAMES, Wish({"color": "red", "secret": "s"})), first=Observed(None)
    )
    wish = Wish({"color": "red", "secret": "s"})
    assert plan(guarded, NAMES, observed, due(guarded, observed, wish)).steps
    contended = dataclasses.replace(wish, contended=True)
    assert not plan(guarded, NAMES, observed, due(guarded, observed, contended)).steps


def test_a_singleton_with_an_update_is_changed_in_place():
    soft = dataclasses.replace(LID, shape=dataclasses.replace(LID.shape, update="PUT"))
    assert sent(planned(soft, {"color": "blue"}, Wish({"color": "red"}))) == [
        ("PUT", "/boxes/crate/lid", {"color": "red"})
    ]


def test_an_answer_that_shows_none_is_asked_of_the_parent_only_if_it_should_be_there():
    def missing(_client, _names):
        raise ParentMissing("Box crate does not exist.")

    vague = dataclasses.replace(LID, shape=dataclasses.replace(LID.shape, vague=True, parent=missing))
    with pytest.raises(ParentMissing):
        vague.observe(Client({"color": None}), NAMES, Wish({}))
    assert vague.observe(Client({"color": None}), NAMES, Wish({}, state="absent")).fields is None
    assert vague.observe(Client({"color": "red"}), NAMES, Wish({})).fields == {"color": "red"}


def test_a_test_of_the_new_one_comes_between_and_the_old_one_comes_back():
    def before(change):
        yield change.step("validate", "POST", "/boxes/{box}/validate")

    shape = dataclasses.replace(LID.shape, before=before, needs="lids", purpose=lambda _change, verb, _sent: f"{verb}!")
    checked = dataclasses.replace(LID, shape=shape)
    steps = planned(checked, {"color": "blue"}, Wish({"color": "red"})).steps
    assert [(step.method, step.path[-8:], step.needs) for step in steps] == [
        ("DELETE", "rate/lid", ""),
        ("POST", "validate", ""),
        ("POST", "rate/lid", ""),
    ]
    assert (steps[0].purpose, steps[0].undo.purpose) == ("delete!", "restore!")
    assert [step.needs for step in planned(checked, {"color": None}, Wish({"color": "red"})).steps] == ["", "lids"]


def test_an_update_carries_what_differs_and_null_clears():
    soft = dataclasses.replace(
        LID,
        fields=(*LID.fields, Field("text", canonical=lambda text: text or None)),
        shape=dataclasses.replace(LID.shape, update="PUT", complete=lambda _change, sent: {**sent, "kind": "x"}),
    )
    assert sent(planned(soft, {"color": "blue", "text": "tea"}, Wish({"color": "blue", "text": None}))) == [
        ("PUT", "/boxes/crate/lid", {"text": None, "kind": "x"})
    ]
