# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the plan of quay_apply is told to readers."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.dockhand.quay.plugins.filter.plan_by_organization import plan_by_organization


def entry(title="team payments/devs", action="change", organization="payments", **more):
    line = {"object": title, "organization": organization, "action": action, "fields": {}}
    return {**line, "declared": True, "protected": False, **more}


def changed(before, after, field="members"):
    return entry(fields={field: {"from": before, "to": after}})


def text(one):
    return plan_by_organization([one])[0]["objects"][0]["text"]


def test_groups_are_sorted_and_keep_the_order_of_the_plan():
    places = [("team shop/b", "shop"), ("user zoe", ""), ("team payments/c", "payments"), ("team shop/a", "shop")]
    plan = [entry(title, organization=organization) for title, organization in places]
    told = plan_by_organization(plan)
    assert [group["organization"] for group in told] == ["", "payments", "shop"]
    assert [one["object"] for one in told[2]["objects"]] == ["team shop/b", "team shop/a"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("a", "b", "a -> b"),
        ("", "Ask Bob", "'' -> 'Ask Bob'"),
        (None, True, "'' -> true"),
        ("two\nlines", "x" * 80, f"'two lines' -> '{'x' * 60}…'"),
        ({}, {"owner": "ann"}, """'' -> '{"owner": "ann"}'"""),
        (["ann", "bob"], ["bob", "cleo"], "- ann, + cleo"),
        (None, ["ann"], "+ ann"),
        ([{"name": "devs", "role": "read", "type": "team"}], [], "- team devs (read)"),
        (
            [{"name": "devs", "role": "read", "type": "team"}],
            [{"name": "devs", "role": "write", "type": "team"}, {"name": "ann", "role": "read", "type": "user"}],
            "team devs read -> write, + user ann (read)",
        ),
    ],
)
def test_a_change_is_one_line(before, after, said):
    assert text(changed(before, after)) == f"change  team payments/devs: members {said}"


def test_of_a_new_or_removed_object_the_name_is_enough():
    fields = {"role": {"from": None, "to": "admin"}}
    assert text(entry(action="create", fields=fields)) == "create  team payments/devs"
    assert text(entry(action="delete")) == "delete  team payments/devs"


def test_the_reason_is_told_and_a_failure_is_marked():
    assert text(entry(action="keep", reason="protected by *")) == "keep    team payments/devs: protected by *"
    assert text(entry(action="create", failure="No.")) == "create  team payments/devs (FAILED)"


@pytest.mark.parametrize(
    ("action", "declared", "protected", "finding"),
    [
        ("create", True, False, "missing"),
        ("change", True, False, "different"),
        ("delete", False, False, "undeclared"),
        ("delete", True, False, "declared absent"),
        ("keep", True, False, "different"),
        ("keep", False, False, "undeclared"),
        ("keep", False, True, "protected"),
    ],
)
def test_a_finding_is_what_is_no_matter_what_a_run_would_do(action, declared, protected, finding):
    (group,) = plan_by_organization([entry(action=action, declared=declared, protected=protected)])
    assert group["objects"][0]["finding"] == finding


def test_changes_are_in_parts_and_empty_is_not_there():
    (group,) = plan_by_organization([changed([], ["ann"]), changed(None, {}, "unstructured_metadata")])
    assert group["objects"][0]["changes"] == [
        {"field": "members", "action": "add", "entry": "ann", "from": "", "to": ""}
    ]
    assert group["objects"][1]["changes"] == []


@pytest.mark.parametrize("plan", [[{"object": "team a/b"}], ["team a/b"], [entry(fields=None)]])
def test_anything_else_is_refused(plan):
    with pytest.raises(AnsibleFilterError, match="This is no plan of quay_apply"):
        plan_by_organization(plan)
