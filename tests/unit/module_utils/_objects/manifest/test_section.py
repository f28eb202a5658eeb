# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from tests.unit.module_utils._document.documents import READER

DIGEST = f"sha256:{'0' * 64}"


def read(*labels):
    repository = {"name": "a", "labels": [{"image": "1", **label} for label in labels]}
    return READER.read({"organizations": [{"name": "ops", "repositories": [repository]}]})


@pytest.mark.parametrize(
    ("one", "other", "fine"),
    [
        ({"value": "x"}, {"value": "y"}, False),
        ({"value": "x", "replace": False}, {"value": "y"}, False),
        ({"value": "x", "replace": False}, {"value": "y", "replace": False}, True),
        ({"value": "x"}, {"value": "y", "image": "2"}, True),
        ({"value": "x"}, {"value": "y", "key": "stage"}, True),
        ({"value": "x"}, {"state": "absent"}, False),
        ({"value": "x"}, {"state": "absent", "value": "y"}, True),
        ({"value": "x", "state": "absent"}, {"value": "y", "state": "absent"}, True),
    ],
)
def test_entries_that_undo_each_other_are_refused_in_either_order(one, other, fine):
    for labels in ((one, other), (other, one)):
        faults = read(*({"key": "team", **label} for label in labels)).faults
        assert [fault for fault in faults if "contradicts it" in fault] == ([] if fine else faults)
        assert bool(faults) != fine


def test_an_image_is_a_tag_or_a_digest_of_its_repository():
    document = read({"key": "team", "value": "x"}, {"key": "team", "value": "x", "image": DIGEST})
    assert [item.params["image"] for item in document.named("labels")] == ["ops/a:1", f"ops/a@{DIGEST}"]
