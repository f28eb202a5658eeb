# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""An entry of a list, on a toy kind: what it reads, and which writes follow."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import due, plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Wish
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError

from tests.unit.module_utils._engine.hooks import ENTRY, HOOK, NAMES, Client, planned, sent


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


@pytest.mark.parametrize("order", [1, -1])
def test_who_declares_only_a_name_finds_the_one_that_stays(order):
    entries = [{**ENTRY, "uuid": "two"}, ENTRY][::order]
    assert HOOK.observe(Client({"hooks": entries}), NAMES, Wish({})).names == {"id": "one"}


ALONE = dataclasses.replace(HOOK, shape=dataclasses.replace(HOOK.shape, match=("name", "url"), renamed="", alone=True))
OTHERS = [{**ENTRY, "uuid": uuid, "meta": {"title": uuid}} for uuid in ("three", "two")]


def alone(listed, append=False, **fields):
    names = {**NAMES, "url": "http://a"}
    wish = Wish({"url": "http://a", **fields}, append=append)
    observed = ALONE.shape.choose(ALONE, listed, names, wish)
    return sent(plan(ALONE, names, observed, wish))


def test_one_that_should_be_alone_takes_the_place_of_another_and_the_rest_goes():
    (change, removal) = alone(OTHERS)
    assert change == ("PUT", "/boxes/crate/hooks/three", {"meta": {"title": "ci"}, "config": {"url": "http://a"}})
    assert removal == ("DELETE", "/boxes/crate/hooks/two", None)
    assert [step[0] for step in alone(OTHERS, append=True)] == ["POST"]


def test_one_that_is_there_and_should_be_alone_is_not_sent_again():
    assert alone([ENTRY, *OTHERS]) == [
        ("DELETE", "/boxes/crate/hooks/three", None),
        ("DELETE", "/boxes/crate/hooks/two", None),
    ]
    assert alone([ENTRY, *OTHERS], append=True) == []


def test_a_list_that_is_not_there_has_proved_no_route():
    shape = dataclasses.replace(HOOK.shape, needs="hooks")
    needy = dataclasses.replace(HOOK, shape=shape)
    assert [step.needs for step in planned(needy, None, Wish({"url": "x"})).steps] == ["hooks"]
    assert [step.needs for step in planned(needy, {"hooks": []}, Wish({"url": "x"})).steps] == [""]


def test_with_twins_kept_the_one_that_is_as_declared_is_shown():
    twin = {**ENTRY, "uuid": "a", "config": {"url": "http://b"}}
    wish = Wish({"url": "http://a"}, keep_twins=True)
    assert HOOK.shape.choose(HOOK, [twin, ENTRY], NAMES, wish).names == {"id": "one"}
