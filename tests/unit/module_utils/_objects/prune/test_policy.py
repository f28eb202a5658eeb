# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses
import types

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Wish
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.module_utils._objects.prune import option as prune_option
from ansible_collections.dockhand.quay.plugins.module_utils._objects.prune.policy import (
    body_of,
    names_of,
    policy_of,
    value_rule,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.prune.repository import REPOSITORY_PRUNE

TEN = {"uuid": "ten", "method": "number_of_tags", "value": 10, "tagPattern": None, "tagPatternMatches": True}
WEEK = {"uuid": "week", "method": "creation_date", "value": "1w", "tagPattern": "^pr-", "tagPatternMatches": True}
OPTIONS = {"method": "date", "value": "1w", "tag_pattern": "^pr-", "tag_pattern_matches": True}


def names(**changes):
    return names_of({**OPTIONS, **changes})


@pytest.mark.parametrize(
    "method, value", [("tags", "1"), ("tags", " 010"), ("date", "7d"), ("date", "7 Days"), ("date", "999999999d")]
)
def test_values_that_quay_takes(method, value):
    assert not value_rule(value, [method])


@pytest.mark.parametrize(
    "method, value",
    [
        ("tags", "0"),
        ("tags", "7d"),
        ("tags", "²"),
        ("date", "7"),
        ("date", "1M"),
        ("date", "1 month"),
        ("date", "0d"),
        ("date", "1000000000d"),
    ],
)
def test_values_that_are_refused(method, value):
    assert value_rule(value, [method])


def test_an_age_in_words_is_sent_and_compared_in_the_letters_of_quay():
    assert names(value="1 week") == names(value="1w")
    assert body_of(names(value="1 Week"))["value"] == "1w"


def test_a_value_goes_with_its_method():
    assert not value_rule("7d")
    with pytest.raises(BadInput, match=r"^value: invalid value '7d': for method tags, "):
        names(method="tags", value="7d")


def test_what_an_older_quay_left_out_means_true():
    assert policy_of({**WEEK, "tagPatternMatches": None}) == policy_of(WEEK) == OPTIONS
    del (old := {**TEN})["tagPattern"], old["tagPatternMatches"]
    assert policy_of(old) == policy_of(TEN)


def test_without_a_pattern_nothing_has_to_match():
    assert policy_of({**TEN, "tagPatternMatches": False}) == policy_of(TEN)
    assert names(tag_pattern=" ", tag_pattern_matches=False)["tag_pattern_matches"]


def test_quay_gets_no_empty_pattern_and_a_number_as_a_number():
    assert body_of(policy_of(TEN)) == {"method": "number_of_tags", "value": 10}
    assert body_of(OPTIONS) == {key: value for key, value in WEEK.items() if key != "uuid"}


@pytest.mark.parametrize(
    "matches, policy", [(True, "date 1w of tags matching"), (False, "date 1w of tags not matching")]
)
def test_sentences_tell_policies_apart(matches, policy):
    assert names(tag_pattern_matches=matches)["policy"] == f"{policy} ^pr-"


def observe(listed, wish=None):
    wish = wish or Wish({})
    return REPOSITORY_PRUNE.shape.choose(REPOSITORY_PRUNE, listed, {**names(), "repository": "payments/api"}, wish)


def test_entries_of_one_list_are_told_apart():
    found = observe([TEN, WEEK, {**WEEK, "uuid": "twin"}])
    assert (found.fields, found.names) == (OPTIONS, {"id": "twin"})
    assert [twin["uuid"] for twin in found.facts["twins"]] == ["week"]
    assert observe([TEN]).fields is None


def sent(listed, wish):
    observed = observe(listed, wish)
    these = {**names(), "repository": "payments/api", "place": "repository/payments/api"}
    return [(step.method, step.path[-4:]) for step in plan(REPOSITORY_PRUNE, these, observed, wish).steps]


def test_what_is_beside_it_is_deleted_only_without_append():
    wish = Wish(OPTIONS, append=False)
    listed = [TEN, WEEK, {**WEEK, "uuid": "week-too"}]
    assert sent(listed, wish) == [("DELETE", "/ten"), ("DELETE", "-too")]
    assert sent(listed[:2], Wish(OPTIONS)) == []
    # One of the others becomes it, so that there is a policy at any time, and one at most up to Quay 3.12.
    assert sent([TEN, {**TEN, "uuid": "more"}], wish) == [("PUT", "/ten"), ("DELETE", "more")]


def test_what_was_there_is_in_the_result_after_a_later_look():
    first = observe([TEN, WEEK], Wish({}, append=False))
    later = dataclasses.replace(observe([WEEK], Wish({}, append=False)), first=first)
    assert REPOSITORY_PRUNE.returns(later, []) == {"id": "week", "removed": [policy_of(TEN)]}
    replaced = Observed(None, first=observe([TEN], Wish({}, append=False)))
    assert REPOSITORY_PRUNE.returns(replaced, [None])["id"] == "ten"


@pytest.mark.parametrize("order", [1, -1])
def test_the_option_of_a_parent_chooses_the_same_policy_in_any_order(order):
    client = types.SimpleNamespace(get=lambda _path, _names, view: {"policies": [WEEK, TEN][::order]})
    wish = Wish({"auto_prune_method": "date", "auto_prune_value": "30d"})
    fields, facts = prune_option.read(client, "organization/payments", wish)
    assert fields == {"auto_prune_method": "tags", "auto_prune_value": "10"}
    assert facts == {"policies": ["ten", "week"], "policies_proven": True}
