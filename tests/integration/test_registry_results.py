# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run on a whole registry reports: refused plans, what was done before a failure, whose policy counts."""

from __future__ import annotations

import pytest

from tests.integration.registries import apply, failure, payments, written

ROBOTS = [{"name": "cd"}, {"name": "ci"}]


@pytest.mark.parametrize("check", [True, False])
def test_a_plan_that_is_refused_is_shown(emulator, quay, check):
    apply(quay, payments(robots=ROBOTS))
    written(emulator)
    less = payments(robots=[], teams=[{"name": "devs"}])
    error = failure(quay, less, exclusive=["robots"], max_deletions=1, check=check)
    assert str(error).startswith("Nothing was changed: max_deletions allows 1, but this would delete 2: ")
    allowed = apply(quay, less, exclusive=["robots"], max_deletions=2, check=True)
    assert {name: error.result[name] for name in ("plan", "summary", "diff")} == {
        name: allowed[name] for name in ("plan", "summary", "diff")
    }
    assert len(error.result["plan"]) == 3
    assert error.result["changed"] is False and written(emulator) == []


def test_a_plan_that_does_harm_is_shown(quay):
    apply(quay, payments())
    error = failure(quay, payments(teams=[{"name": "owners", "role": "member"}]), check=True)
    assert str(error).startswith("Nobody would be left to administer organization payments")
    assert [line["object"] for line in error.result["plan"]] == ["team payments/owners"]


def test_the_policy_of_a_document_counts(emulator, quay):
    apply(quay, payments(robots=[*ROBOTS, {"name": "glass"}]))
    policy = {"exclusive": ["robots"], "protect": ["*+glass"], "max_deletions": 1}
    document = {**payments(robots=[]), "policy": policy}
    assert "max_deletions allows 1, but this would delete 2" in str(failure(quay, document))
    result = apply(quay, document, max_deletions=2, check=True)
    assert {one["object"]: (one["action"], one["protected"]) for one in result["plan"]} == {
        "robot payments+cd": ("delete", False),
        "robot payments+ci": ("delete", False),
        "robot payments+glass": ("keep", True),
    }


def test_options_of_the_task_take_precedence(quay):
    apply(quay, payments(robots=ROBOTS))
    document = {**payments(robots=[]), "policy": {"exclusive": ["robots"], "max_deletions": 9}}
    assert apply(quay, document, exclusive=[])["plan"] == []
    assert apply(quay, document, protect=["*"])["summary"]["keep"] == 2
    assert "max_deletions allows 0" in str(failure(quay, document, max_deletions=0))
    assert str(failure(quay, {"policy": {"max_deletions": -1}})).startswith("max_deletions: invalid value -1")


def test_a_failure_after_a_write_is_a_change(emulator, quay):
    fault = {"kind": "status", "status": 400, "times": 9, "path": "/members/", "method": "PUT"}
    emulator.switch("POST", "misbehave", fault)
    error = failure(quay, payments(teams=[{"name": "devs", "members": ["alice"]}]))
    assert error.result["changed"] is True
    assert [line["object"] for line in error.result["plan"]] == ["organization payments", "team payments/devs"]
    again = failure(quay, payments(teams=[{"name": "devs", "members": ["alice"]}]))
    assert again.result["changed"] is False


def test_a_failure_of_nobody_knows_what_is_one_of_its_item(quay, monkeypatch):
    from ansible_collections.dockhand.quay.plugins.module_utils._document import executor

    apply(quay, payments(teams=[{"name": "devs", "role": "admin", "members": ["alice"]}]))

    def harms(*_arguments):
        raise KeyError("teams")

    monkeypatch.setattr(executor, "harms", harms)
    document = payments(teams=[{"name": "devs", "role": "member"}], robots=ROBOTS)
    document["users"] = [{"username": "dave"}]
    error = failure(quay, document)
    assert "team payments/devs: Unexpected KeyError in guard, at " in str(error)
    assert error.result["changed"] is True and error.result["passwords"]["dave"]


def test_a_last_change_comes_before_the_report(emulator, quay):
    """The answer with a generated password is lost, and a new password refused."""
    lost = {"kind": "lost_answer", "times": 1, "method": "POST", "path": "/superuser/users/$"}
    emulator.switch("POST", "misbehave", lost)
    fault = {"kind": "status", "status": 400, "times": 9, "method": "PUT", "path": "/superuser/users/dave$"}
    emulator.switch("POST", "misbehave", fault)
    error = failure(quay, {"users": [{"username": "dave"}]})
    (line,) = error.result["plan"]
    assert "replace the password of user dave" in line["failure"]
    assert error.result["summary"]["failed"] == 1 and error.result["changed"] is True
    assert error.result["passwords"] == {"dave": None}
