# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shapes in which Quay keeps objects, on a toy kind: what they read, and which writes follow."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Field, Trigger, arguments
from ansible_collections.dockhand.quay.plugins.module_utils._engine.member import Member
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import due, plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Resource, Wish
from ansible_collections.dockhand.quay.plugins.module_utils._engine.singleton import Singleton
from ansible_collections.dockhand.quay.plugins.module_utils._errors import Forbidden, ParentMissing, QuayError

HOOK = Resource(
    kind="hook",
    label="{name} of {box}",
    keys=(Field("box", required=True), Field("name", required=True, api="meta.title")),
    fields=(
        Field("new_name", api="meta.title", shown_as="name"),
        Field("url", on_create="", api="config.url"),
        Field("secret", write_only="update_secret"),
        Field("failures", "int", computed=True),
        Field("test", "bool", trigger=Trigger("test", "POST", "/boxes/{box}/hooks/{id}/test")),
    ),
    shape=Member("/boxes/{box}/hooks/", "hooks", "uuid", match=("name",), renamed="new_name"),
)
ENTRY = {"uuid": "one", "meta": {"title": "ci"}, "config": {"url": "http://a"}, "failures": 3}
NAMES = {"box": "crate", "name": "ci"}


class Client:
    """Answers every read with ``answer``; an error is raised."""

    def __init__(self, answer):
        self.answer = answer

    def get(self, _path, _names, _query=None, missing=(404,), view=None):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def planned(resource, answer, wish):
    observed = resource.observe(Client(answer), NAMES, wish)
    return plan(resource, NAMES, observed, due(resource, observed, wish))


def sent(the_plan):
    return [(step.method, step.path, step.body) for step in the_plan.steps]


def test_an_entry_is_read_and_written_where_the_api_has_it():
    new = planned(HOOK, {"hooks": []}, Wish({"url": "http://b", "secret": "s"}))
    assert sent(new) == [
        ("POST", "/boxes/crate/hooks/", {"meta": {"title": "ci"}, "config": {"url": "http://b"}, "secret": "s"})
    ]
    same = planned(HOOK, {"hooks": [ENTRY]}, Wish({"url": "http://a", "secret": "s"}))
    assert (same.steps, same.outcome["failures"]) == ((), 3)
    changed = planned(HOOK, {"hooks": [ENTRY]}, Wish({"url": "http://b"}))
    assert sent(changed) == [
        ("PUT", "/boxes/crate/hooks/one", {"meta": {"title": "ci"}, "config": {"url": "http://b"}})
    ]


def test_a_secret_is_sent_to_an_entry_that_exists_only_on_demand():
    always = Wish({"secret": "s"}, options={"update_secret": "always"})
    assert sent(planned(HOOK, {"hooks": [ENTRY]}, always))[0][2]["secret"] == "s"
    assert not planned(HOOK, {"hooks": [ENTRY]}, Wish({"secret": "s"})).steps
    assert arguments(HOOK.fields)["update_secret"]["choices"] == ["on_create", "always"]
    assert "failures" not in arguments(HOOK.fields)


def test_a_trigger_is_no_state():
    assert sent(planned(HOOK, {"hooks": [ENTRY]}, Wish({"test": True}))) == [
        ("POST", "/boxes/crate/hooks/one/test", None)
    ]
    assert not planned(HOOK, {"hooks": [ENTRY]}, Wish({"test": False})).steps
    assert len(planned(HOOK, {"hooks": []}, Wish({"test": True})).steps) == 1


def test_an_entry_is_known_by_either_name():
    wish = Wish({"new_name": "cd"})
    renamed = {**ENTRY, "meta": {"title": "cd"}}
    assert sent(planned(HOOK, {"hooks": [ENTRY]}, wish))[0][2]["meta"] == {"title": "cd"}
    assert not planned(HOOK, {"hooks": [renamed]}, wish).steps
    assert sent(planned(HOOK, {"hooks": []}, wish))[0][2]["meta"] == {"title": "cd"}
    with pytest.raises(QuayError, match="hook ci of crate and hook cd of crate both exist"):
        planned(HOOK, {"hooks": [ENTRY, renamed]}, wish)


def test_what_cannot_be_changed_is_replaced_so_that_there_is_always_one():
    fixed = dataclasses.replace(HOOK, shape=dataclasses.replace(HOOK.shape, update=None))
    wish = Wish({"url": "http://b", "secret": "s"})
    replaced = sent(planned(fixed, {"hooks": [ENTRY]}, wish))
    assert [(method, path) for method, path, _body in replaced] == [
        ("POST", "/boxes/crate/hooks/"),
        ("DELETE", "/boxes/crate/hooks/one"),
    ]
    assert replaced[0][2]["secret"] == "s"
    assert not planned(fixed, {"hooks": [ENTRY]}, Wish({"secret": "s"})).steps


@pytest.mark.parametrize("listed", ["as created", "the other way round"])
def test_of_twins_the_one_with_the_smallest_id_comes_to_be_as_declared(listed):
    twin = {**ENTRY, "uuid": "two", "config": {"url": "http://b"}}
    entries = [ENTRY, twin][:: 1 if listed == "as created" else -1]
    the_plan = planned(HOOK, {"hooks": entries}, Wish({"url": "http://b"}))
    assert [step[:2] for step in sent(the_plan)] == [
        ("PUT", "/boxes/crate/hooks/one"),
        ("DELETE", "/boxes/crate/hooks/two"),
    ]
    assert (the_plan.before["url"], the_plan.after["url"]) == (
        ", ".join(entry["config"]["url"] for entry in entries),
        "http://b",
    )
    fixed = dataclasses.replace(HOOK, shape=dataclasses.replace(HOOK.shape, update=None))
    assert sent(planned(fixed, {"hooks": entries}, Wish({"url": "http://b"}))) == [
        ("DELETE", "/boxes/crate/hooks/one", None)
    ]


def test_what_others_create_at_the_same_moment_goes_but_for_one():
    """The look after a creation: nobody has declared more than the name and a secret."""
    (creation,) = planned(HOOK, {"hooks": []}, Wish({"secret": "s"})).steps
    assert creation.look
    entries = [{**ENTRY, "uuid": "two"}, ENTRY]
    assert not planned(HOOK, {"hooks": entries}, Wish({})).steps
    assert sent(planned(HOOK, {"hooks": entries}, Wish({}, contended=True))) == [
        ("DELETE", "/boxes/crate/hooks/two", None)
    ]
    observed = dataclasses.replace(HOOK.observe(Client({"hooks": entries}), NAMES, Wish({})), first=Observed(None))
    again = plan(HOOK, NAMES, observed, due(HOOK, observed, Wish({"secret": "s"}, contended=True)))
    assert [step.method for step in again.steps] == ["DELETE"]


def test_twins_that_are_kept_or_deleted():
    twin = {**ENTRY, "uuid": "two", "config": {"url": "http://b"}}
    assert not planned(HOOK, {"hooks": [ENTRY, twin]}, Wish({"url": "http://b"}, keep_twins=True)).steps
    gone = sent(planned(HOOK, {"hooks": [ENTRY, twin]}, Wish({}, state="absent")))
    assert [path[-3:] for _method, path, _body in gone] == ["one", "two"]


def test_twins_that_go_are_told():
    twin = {**ENTRY, "uuid": "two", "config": {"url": "http://b"}}
    the_plan = planned(HOOK, {"hooks": [ENTRY, twin]}, Wish({"url": "http://b"}))
    assert [step.twin for step in the_plan.steps] == [False, True]
    (warning,) = the_plan.warnings
    assert warning.startswith("Quay has 2 of ")
    gone = planned(HOOK, {"hooks": [ENTRY, twin]}, Wish({}, state="absent"))
    assert [step.twin for step in gone.steps] == [False, True]


def missing_parent(_client, _names):
    raise ParentMissing("Box crate does not exist.")


@pytest.mark.parametrize("answer", [None, Forbidden("No rights.", 403, "")])
def test_a_missing_parent_is_found(answer):
    orphan = dataclasses.replace(HOOK, shape=dataclasses.replace(HOOK.shape, parent=missing_parent))
    with pytest.raises(ParentMissing):
        planned(orphan, answer, Wish({}))


LID = dataclasses.replace(
    HOOK,
    kind="lid",
    keys=(Field("box", required=True),),
    fields=(Field("color", on_create="white"),),
    shape=Singleton("/boxes/{box}/lid", exists=lambda view: view.get("color")),
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


def test_a_recreated_object_keeps_the_warnings_of_the_wish(box):
    now = Observed({"color": "red", "text": "", "weight": 0, "origin": "here", "owners": []})
    wish = Wish({"origin": "there"}, recreate=True, warnings=("Mind the gap.",))
    assert plan(box, {"name": "crate"}, now, wish).warnings == ("Mind the gap.",)


@pytest.mark.parametrize("order", [1, -1])
def test_who_declares_only_a_name_finds_the_one_that_stays(order):
    entries = [{**ENTRY, "uuid": "two"}, ENTRY][::order]
    assert HOOK.observe(Client({"hooks": entries}), NAMES, Wish({})).names == {"id": "one"}
