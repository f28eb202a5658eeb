# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import HIDDEN, plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Wish
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = {"name": "crate"}
NOW = {"color": "red", "text": "tea", "weight": 2000, "origin": "here", "owners": ["ann", "bob"]}
owners = st.lists(st.sampled_from(["ann", "bob", "cid", "dan"]), unique=True).map(sorted)
wishes = st.fixed_dictionaries(
    {},
    optional={
        "color": st.sampled_from(["red", "white"]),
        "text": st.sampled_from(["", "tea", "coffee"]),
        "weight": st.sampled_from([0, 2000]),
        "owners": owners,
    },
)
boxes = st.one_of(st.none(), wishes.map(lambda fields: {**NOW, **fields}))
quickly = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)


def sent(the_plan):
    return [(step.method, step.path, step.body) for step in the_plan.steps]


@pytest.mark.parametrize(
    ("observed", "wish", "expected"),
    [
        pytest.param(None, Wish({}, "absent"), [], id="absent and not there: nothing"),
        pytest.param(NOW, Wish({}, "absent"), [("DELETE", "/boxes/crate", None)], id="absent and there: delete"),
        pytest.param(NOW, Wish({}), [], id="nothing given: nothing changes"),
        pytest.param(NOW, Wish(dict(NOW)), [], id="all as it is: nothing"),
        pytest.param(
            None,
            Wish({}),
            [("POST", "/boxes", {"name": "crate", "color": "white", "origin": ""})],
            id="new, nothing given: one create with the defaults",
        ),
        pytest.param(
            None,
            Wish({"color": "red", "text": "tea", "owners": ["ann"]}),
            [
                ("POST", "/boxes", {"name": "crate", "color": "red", "origin": ""}),
                ("PUT", "/boxes/crate", {"color": "red", "text": "tea"}),
                ("PUT", "/boxes/crate/owners/ann", None),
            ],
            id="new: create, then what the create does not carry",
        ),
        pytest.param(
            NOW,
            Wish({"text": ""}),
            [("PUT", "/boxes/crate", {"text": "", "color": "red"})],
            id="the empty text clears, and what Quay insists on goes along as observed",
        ),
        pytest.param(
            NOW, Wish({"weight": 3000}), [("PUT", "/boxes/crate/weight", {"grams": 3000})], id="renamed field"
        ),
        pytest.param(NOW, Wish({"owners": ["cid"]}), [("PUT", "/boxes/crate/owners/cid", None)], id="append adds"),
        pytest.param(NOW, Wish({"owners": []}), [], id="an empty list to append changes nothing"),
        pytest.param(
            NOW,
            Wish({"owners": ["bob"]}, append=False),
            [("DELETE", "/boxes/crate/owners/ann", None)],
            id="append false removes the others",
        ),
        pytest.param(
            NOW,
            Wish({"owners": []}, append=False),
            [("DELETE", "/boxes/crate/owners/ann", None), ("DELETE", "/boxes/crate/owners/bob", None)],
            id="an empty list with append false empties",
        ),
        pytest.param(NOW, Wish({"origin": "there"}), [], id="what Quay cannot change is left alone"),
        pytest.param(
            NOW,
            Wish({"origin": "there"}, recreate=True),
            [
                ("DELETE", "/boxes/crate", None),
                ("POST", "/boxes", {"name": "crate", "color": "white", "origin": "there"}),
            ],
            id="recreate replaces",
        ),
        pytest.param(
            NOW, Wish({"password": "x"}), [("PUT", "/boxes/crate/lock", {"password": "x"})], id="secrets are sent"
        ),
    ],
)
def test_truth_table(box, observed, wish, expected):
    assert sent(plan(box, NAMES, Observed(observed), wish)) == expected


def test_what_cannot_change_is_told(box):
    assert plan(box, NAMES, Observed(NOW), Wish({"origin": "there"})).warnings == (
        "origin of box crate stays as it is: a box cannot move; recreate: true builds another.",
    )


def test_diff_holds_declared_fields_in_the_words_of_the_user_and_no_secret(box):
    the_plan = plan(box, NAMES, Observed(NOW), Wish({"weight": 3000, "password": "x"}))
    assert (the_plan.before, the_plan.after) == ({"weight": 2}, {"weight": 3, "password": HIDDEN})
    assert the_plan.outcome == {"color": "red", "text": "tea", "weight": 3, "origin": "here", "owners": ["ann", "bob"]}


def test_what_quay_gives_to_a_new_object_needs_no_step(box):
    born = Observed(None, initial={"owners": ["ann", "zoe"]})
    assert [
        path for _dummy, path, _dummy in sent(plan(box, NAMES, born, Wish({"owners": ["ann", "bob"]}, append=False)))
    ] == [
        "/boxes",
        "/boxes/crate/owners/bob",
        "/boxes/crate/owners/zoe",
    ]


@quickly
@given(observed=boxes)
def test_what_is_there_needs_no_step(box, observed):
    assert (
        plan(box, NAMES, Observed(observed), Wish(dict(observed or {}), "present" if observed else "absent")).steps
        == ()
    )


@quickly
@given(observed=boxes, fields=wishes, append=st.booleans(), state=st.sampled_from(["present", "absent"]))
def test_what_apply_leaves_is_planned_as_nothing(box, make_server, observed, fields, append, state):
    server = make_server()
    if observed is not None:
        server.boxes["crate"] = dict(observed)
    wish = Wish(fields, state, append)
    first = plan(box, NAMES, Observed(observed), wish)
    for step in first.steps:
        server.write(step.method, step.path, step.body, step.purpose)
    left = server.boxes.get("crate")
    assert plan(box, NAMES, Observed(left), wish).steps == ()
    for name in fields if state == "present" else ():
        assert first.outcome[name] == (left[name] // 1000 if name == "weight" else left[name])
    assert state == "present" or left is None


def test_a_recreated_object_keeps_the_warnings_of_the_wish(box):
    now = Observed({"color": "red", "text": "", "weight": 0, "origin": "here", "owners": []})
    wish = Wish({"origin": "there"}, recreate=True, warnings=("Mind the gap.",))
    assert plan(box, {"name": "crate"}, now, wish).warnings == ("Mind the gap.",)
