# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""In which order the plans of a document are sent, and what a failure stops, on a toy registry."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._document.executor import Executor
from ansible_collections.dockhand.quay.plugins.module_utils._document.section import Order, Removal
from ansible_collections.dockhand.quay.plugins.module_utils._errors import CredentialsRefused, Refused

from tests.unit.module_utils._document.boxes import BOXES, LIDS, Registry, planned

ALL = frozenset(["boxes", "lids"])


def run(client, document, boxes=BOXES, lids=LIDS, **pruning):
    """What became of each object: why it failed, or was kept."""
    with planned(client, document, (boxes, lids), **pruning) as (planner, reader, workers):
        Executor(reader.sections, planner.every(), planner._pruning, workers, lambda _text: None).run()
        return {item.title: item.failure or item.kept_because for item in planner.every()}


def box(name, *lids, **more):
    return {"name": name, "lids": [{"name": lid} for lid in lids], **more}


def test_boxes_come_before_their_lids_and_removals_the_other_way_round():
    client = Registry(boxes__a={}, boxes__a__lids__x={}, boxes__b={})
    assert not any(run(client, {"boxes": [box("a"), box("c", "z")]}, exclusive=ALL).values())
    assert client.sent == ["PUT /boxes/c", "PUT /boxes/c/lids/z", "DELETE /boxes/a/lids/x", "DELETE /boxes/b"]


def test_what_shapes_others_is_removed_before_them_and_what_may_cost_rights_last():
    shaping = dataclasses.replace(BOXES, order=Order(shapes_others=True))
    client = Registry(boxes__a={}, boxes__b={})
    run(client, {"boxes": [box("a", "x"), box("b", state="absent") | {"lids": None}]}, shaping)
    assert client.sent == ["DELETE /boxes/b", "PUT /boxes/a/lids/x"]
    late = dataclasses.replace(BOXES, order=Order(is_late=lambda item: item.removes))
    client = Registry(boxes__a={}, boxes__b={}, boxes__a__lids__x={})
    run(client, {"boxes": [box("a"), box("b", state="absent") | {"lids": None}]}, late, exclusive=ALL)
    assert client.sent == ["DELETE /boxes/a/lids/x", "DELETE /boxes/b"]


def test_a_failure_stops_only_what_is_nested_in_it():
    client = Registry()
    client.refuse["PUT /boxes/a"] = Refused("No more boxes.", 422, "")
    assert run(client, {"boxes": [box("a", "x"), box("b", "y")]}) == {
        "box a": "No more boxes.",
        "box b": "",
        "lid a/x": "not tried: box a failed",
        "lid b/y": "",
    }
    assert "PUT /boxes/a/lids/x" not in client.sent


def test_dead_credentials_stop_all_that_is_left():
    client = Registry()
    client.refuse["PUT /boxes/a"] = CredentialsRefused("The token has expired.", 401, "")
    found = run(client, {"boxes": [box("a"), box("b", "y")]})
    assert found["box a"] == "The token has expired."
    assert found["lid b/y"].startswith("not tried: ")
    assert not [path for path in client.sent if "lids" in path]


@pytest.mark.parametrize(("declared", "status", "fails"), [(False, 400, False), (False, 422, True), (True, 400, True)])
def test_what_quay_still_needs_stays_if_nobody_named_it(declared, status, fails):
    client = Registry(boxes__a={})
    client.refuse["DELETE /boxes/a"] = Refused("A mirror uses it.", status, "")
    boxes = [{"name": "a", "state": "absent"}] if declared else []
    with planned(client, {"boxes": boxes}, exclusive=ALL) as (planner, reader, workers):
        Executor(reader.sections, planner.every(), planner._pruning, workers, lambda _text: None).run()
        (item,) = planner.every()
    assert (item.failure, item.kept_because) == (("A mirror uses it.", "") if fails else ("", "A mirror uses it."))


def test_a_reason_to_keep_it_that_has_come_since_the_plan_counts():
    answers = iter([None, "it holds images"])
    removal = Removal(data_loss=lambda _client, _item: next(answers))
    client = Registry(boxes__a={})
    found = run(client, {"boxes": []}, dataclasses.replace(BOXES, removal=removal), exclusive=ALL)
    assert found == {"box a": "it holds images, and allow_data_loss is false"}
    assert client.sent == []


def test_what_nobody_expects_is_a_failure_of_its_item():
    """What Quay returned once to others must not be lost with it."""
    client = Registry()
    client.refuse["PUT /boxes/a"] = ZeroDivisionError("x")
    found = run(client, {"boxes": [box("a"), box("b")]})
    assert found["box b"] == "" and "ZeroDivisionError" in found["box a"]


def test_what_does_harm_without_what_has_failed_is_not_sent():
    """The guard saw the new box as well, which then was refused."""

    def guard(_client, items):
        left = [item for item in items["boxes"] if not item.removes and not item.failure]
        return [] if left else [("No box would be left.", [item for item in items["boxes"] if item.removes])]

    boxes = dataclasses.replace(BOXES, order=Order(is_late=lambda item: item.removes), removal=Removal(guard=guard))
    client = Registry(boxes__a={})
    client.refuse["PUT /boxes/b"] = Refused("No more boxes.", 422, "")
    document = {"boxes": [{"name": "a", "state": "absent"}, {"name": "b"}]}
    assert run(client, document, boxes) == {"box a": "No box would be left.", "box b": "No more boxes."}
    assert "DELETE /boxes/a" not in client.sent
