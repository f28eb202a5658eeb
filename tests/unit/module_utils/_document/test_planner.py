# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the plan of a whole document reads, deletes and refuses, on a toy registry."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import Forbidden, QuayError

from tests.unit.module_utils._document.boxes import Registry, planned

EXCLUSIVE = {"exclusive": frozenset(["boxes", "lids"])}


def registry():
    return Registry(boxes__a={"color": "red"}, boxes__b={"color": "red"}, boxes__a__lids__x={}, boxes__b__lids__y={})


def steps(client, document, **pruning):
    with planned(client, document, **pruning) as (planner, _reader, _workers):
        return [f"{step.method} {step.path}" for item in planner.every() for step in item.work.planned.steps]


def test_only_a_list_that_is_declared_says_that_there_is_nothing_else():
    assert steps(registry(), {"boxes": [{"name": "a"}]}, **EXCLUSIVE) == ["DELETE /boxes/b"]
    assert steps(registry(), {"boxes": [{"name": "a", "lids": []}, {"name": "b"}]}, **EXCLUSIVE) == [
        "DELETE /boxes/a/lids/x"
    ]
    assert steps(registry(), {}, **EXCLUSIVE) == []
    assert steps(registry(), {"boxes": [{"name": "a", "lids": []}]}) == []


def test_what_goes_with_its_box_is_not_deleted_itself():
    document = {"boxes": [{"name": "a", "state": "absent"}, {"name": "b"}]}
    assert steps(registry(), document, **EXCLUSIVE) == ["DELETE /boxes/a"]


def test_nothing_is_read_of_what_a_new_box_will_have():
    client = registry()
    wanted = steps(client, {"boxes": [{"name": "c", "lids": [{"name": "z"}]}]}, **EXCLUSIVE)
    assert wanted[:2] == ["PUT /boxes/c", "PUT /boxes/c/lids/z"]
    assert client.asked.count("/boxes/c") == 1
    assert not [path for path in client.asked if path.startswith("/boxes/c/")]


def test_a_failure_keeps_to_its_box_and_what_is_in_it():
    client = registry()
    client.refuse["GET /boxes/a"] = Forbidden("No rights to box a.", 403, "")
    document = {"boxes": [{"name": name, "color": "blue", "lids": [{"name": "n"}]} for name in "ab"]}
    with planned(client, document, **EXCLUSIVE) as (planner, _reader, _workers):
        found = {item.title: (item.failure, bool(item.work.planned.steps)) for item in planner.every()}
    assert found == {
        "box a": ("No rights to box a.", False),
        "boxes[a].lids[n]": ("not tried: box a failed", False),
        "box b": ("", True),
        "lid b/n": ("", True),
        "lid b/y": ("", True),
    }


def test_a_list_that_cannot_be_read_deletes_nothing():
    client = registry()
    client.refuse["GET /boxes/a/lids"] = Forbidden("No rights to lids.", 403, "")
    with planned(client, {"boxes": [{"name": "a", "lids": []}]}, exclusive=frozenset(["lids"])) as (planner, *_more):
        (box,) = planner.every()
    assert box.failure == "No rights to lids."
    client.refuse = {"GET /boxes": Forbidden("No rights to boxes.", 403, "")}
    with pytest.raises(QuayError, match="No rights to boxes"):
        steps(client, {"boxes": []}, **EXCLUSIVE)


def test_a_name_that_only_a_new_object_may_not_have_makes_the_document_wrong():
    old = Registry(boxes__Old={})
    assert steps(old, {"boxes": [{"name": "Old", "color": "red"}]}) == ["PUT /boxes/Old"]
    with pytest.raises(QuayError, match=r"wrong in 2 places:\n  boxes\[New\]: .* use lower.*\n  boxes\[Newer\]: "):
        steps(old, {"boxes": [{"name": "New"}, {"name": "fine"}, {"name": "Newer"}]})
    assert old.sent == []
