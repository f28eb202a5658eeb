# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What exclusive mode deletes, what it spares, and what is refused as a whole."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._document.pruning import Pruning, losses, refusal
from ansible_collections.dockhand.quay.plugins.module_utils._document.section import Removal

from tests.unit.module_utils._document.boxes import BOXES, LIDS, Registry, planned

EXCLUSIVE = frozenset(["boxes"])


def kept(names, sections=(BOXES, LIDS), **pruning):
    """Why each box that nobody declares stays; empty if it goes."""
    client = Registry(**{f"boxes__{name}": {} for name in names})
    with planned(client, {"boxes": []}, sections, exclusive=EXCLUSIVE, **pruning) as (planner, *_more):
        assert all(bool(item.work.planned.steps) != bool(item.kept_because) for item in planner.pruned)
        return {item.params["name"]: item.kept_because for item in planner.pruned}


def test_a_pattern_protects_by_the_name_or_by_the_title():
    assert kept(["a", "b", "ab"], protect=("a*",)) == {"a": "protected by a*", "ab": "protected by a*", "b": ""}
    assert kept(["a", "b"], protect=("lid *", "box b")) == {"a": "", "b": "protected by box b"}
    assert kept(["A"], protect=("a",)) == {"A": ""}


def test_what_an_address_would_not_name_is_not_deleted():
    (reason,) = kept(["bad"]).values()
    assert reason == "name: invalid value 'bad': use a name."


def test_data_is_lost_only_if_that_is_allowed():
    full = dataclasses.replace(BOXES, removal=Removal(data_loss=lambda _client, item: "it is full"))
    assert kept(["a"], (full, LIDS)) == {"a": "it is full, and allow_data_loss is false"}
    assert kept(["a"], (full, LIDS), allow_data_loss=True) == {"a": ""}
    assert kept(["a"], (full, LIDS), protect=("a",)) == {"a": "protected by a"}


def test_what_quay_makes_itself_is_passed_over():
    own = dataclasses.replace(BOXES, removal=Removal(never_pruned=lambda item: item.params["name"] == "own"))
    assert kept(["a", "own"], (own, LIDS)) == {"a": ""}


@pytest.mark.parametrize(
    ("exclusive", "protect", "left"),
    [
        ((), (), ["ann", "bob", "cid"]),
        (("owners",), (), ["ann"]),
        (("owners",), ("b*",), ["ann", "bob"]),
        (("boxes",), (), ["ann", "bob", "cid"]),
    ],
)
def test_a_set_holds_what_is_declared_and_what_is_protected(exclusive, protect, left):
    client = Registry(boxes__a={"color": "red", "owners": ["bob", "cid"]})
    document = {"boxes": [{"name": "a", "owners": ["ann"]}]}
    with planned(client, document, exclusive=frozenset(exclusive), protect=protect) as (planner, *_more):
        (box,) = planner.every()
        assert box.work.planned.outcome["owners"] == left
        assert losses(box) == [f"{name} in owners of box a" for name in ("bob", "cid") if name not in left]


def refused(count, most, **removal):
    section = dataclasses.replace(BOXES, removal=Removal(**removal))
    client = Registry(**{f"boxes__{number:02}": {} for number in range(count)})
    with planned(client, {"boxes": []}, (section, LIDS), exclusive=EXCLUSIVE) as (planner, reader, _workers):
        return refusal(client, reader.sections, planner.every(), most)


def test_too_many_deletions_are_named_up_to_twenty():
    assert refused(2, 2) == ""
    assert refused(2, 1) == ("Nothing was changed: max_deletions allows 1, but this would delete 2: box 00, box 01.")
    assert refused(30, 0).count("box") == 20 and refused(30, 0).endswith("box 19, ….")


def test_what_goes_along_counts_and_harm_comes_first():
    assert refused(1, 2, lost_with=lambda _client, item: ["its lid", "its key"]).endswith("box 00, its lid, its key.")
    assert refused(1, 9, guard=lambda _client, items: [("Somebody needs it.", items["boxes"])]) == "Somebody needs it."


def test_no_option_prunes_nothing():
    assert (Pruning().exclusive, Pruning().protects("a"), Pruning().allow_data_loss) == (frozenset(), "", False)
