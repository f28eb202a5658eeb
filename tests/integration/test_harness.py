# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The harness notices what it is there for: each fault that a module could have, and none where there is none."""

from __future__ import annotations

import dataclasses

import pytest

from tests.integration.budgets import BUDGETS, COUNTED_IN, budget
from tests.integration.doors import differences
from tests.integration.judge import complaints
from tests.integration.play import ROOT, Run
from tests.integration.sample import sample
from tests.integration.story import BadStory, expand
from tests.tools.generate import modules

TEAM = "dockhand.quay.quay_team"
TASK = {"name": "A team", TEAM: {"organization": "payments", "name": "developers"}, "register": "team"}


def told(twin, changed, **more):
    result = {"changed": changed, "diff": {"before": {}, "after": {}}, "team": {"name": "developers"}, **more}
    event = {"step": "m:1", "name": "A team", "tags": [], "outcome": "ok", "requests": []}
    return {**event, "twin": twin, "result": result}


def run_of(*events, **more):
    blank = Run("sabcdef", "worker", 0, "", list(events), {"m:1": TASK}, {}, {"quay_token": "a-secret-token"}, 1.0, [])
    return dataclasses.replace(blank, **more)


def good():
    return told("check", True), told("real", True), told("again", False)


def test_a_good_run_has_no_fault():
    assert complaints(run_of(*good())) == []
    assert differences(run_of(*good()), run_of(*good())) == []


@pytest.mark.parametrize(
    ("place", "change", "fault"),
    [
        (0, {"changed": False}, "predicted changed False, happened True"),
        (0, {"diff": {"before": {}, "after": {"role": "admin"}}}, "predicted diff"),
        (0, {"team": {"name": "others"}}, "predicted team"),
        (2, {"changed": True}, "changed again"),
        (2, {"failed": True}, "the second run failed"),
        (2, {"team": {"name": "others"}}, "returned team"),
        (1, {"warnings": ["Look out"]}, "unexpected warning: Look out"),
        (1, {"changed": 1}, "changed is 1"),
        (1, {"token": "GENERATED0", "msg": "it is GENERATED0"}, "a secret that Quay generated is in msg"),
    ],
)
def test_faults_of_results(place, change, fault):
    events = good()
    events[place]["result"].update(change)
    assert any(fault in text for text in complaints(run_of(*events)))


@pytest.mark.parametrize(
    ("place", "method", "count", "fault"),
    [(0, "PUT", 1, "check mode sent PUT /api/v1/x"), (2, "GET", 2, "2 requests, budget 1")],
)
def test_faults_of_requests(place, method, count, fault):
    events = good()
    events[place]["requests"] = [{"method": method, "path": "/api/v1/x", "status": 200}] * count
    assert any(fault in text for text in complaints(run_of(*events)))


def test_secrets_and_leftovers():
    assert any("a secret is in the output" in text for text in complaints(run_of(output="token a-secret-token")))
    assert complaints(run_of(left=["organizations sabcdef-payments"]))


def test_the_wrong_door():
    assert complaints(run_of(output="dockhand.quay.quay_team: as a module: quay_in_worker is false"))


def test_too_few_tasks_of_a_sample_through_the_module_door():
    sampled = run_of(*good(), sample=frozenset(["m:1"]))
    assert any("fewer than 3 tasks" in text for text in complaints(sampled))
    told = "dockhand.quay.quay_team: as a module: quay_in_worker is false\n"
    assert complaints(dataclasses.replace(sampled, output=told * 3)) == []


def test_a_sample_has_a_task_of_each_way():
    failed = {**told("real", False), "outcome": "failed"}
    ways = [good(), good(), (told("check", False), told("real", False)), (failed,)]
    steps = {f"m:{number}": TASK for number in range(len(ways))}
    events = [{**event, "step": f"m:{number}"} for number, way in enumerate(ways) for event in way]
    run = run_of(*events, steps={**steps, "m:9": {"dockhand.quay.quay_user": {}}})
    assert sample("quay_team", run) == {"m:0", "m:2", "m:3"}
    assert sample("quay_user", run) == frozenset()
    assert sample("connection", run) == steps.keys()


def test_a_sample_of_a_shape_has_a_task_of_each_way_to_write():
    """Not those that change nothing, fail or only delete: these are alike for all kinds."""
    robot = "dockhand.quay.quay_robot"
    writes = [(), ("PUT",), ("GET", "PUT"), ("POST", "PUT"), ("POST",), ("DELETE",), ("PUT", "DELETE"), ("PUT",)]
    events = [
        {
            **told("real", bool(methods)),
            "step": f"m:{number}",
            "requests": [{"method": method, "path": "/", "status": 200} for method in methods],
        }
        for number, methods in enumerate(writes)
    ]
    events.append({**events[-1], "outcome": "failed", "step": "m:8"})
    steps = {f"m:{number}": {robot: {"name": "a"}} for number in range(9)} | {"m:7": {robot: {"regenerate": True}}}
    assert sample("quay_robot", run_of(*events, steps=steps)) == {"m:1", "m:3", "m:4", "m:6", "m:7"}


def test_a_sample_takes_the_shortest_loop():
    long, short = ((told("real", False, results=[{}] * items),) for items in (3, 2))
    events = [{**event, "step": f"m:{number}"} for number, way in enumerate((long, short)) for event in way]
    assert sample("quay_team", run_of(*events, steps={"m:0": TASK, "m:1": TASK})) == {"m:1"}


def test_doors_that_differ():
    events = good()
    events[1]["result"]["msg"] = "other"
    assert differences(run_of(*good()), run_of(*events))
    assert differences(run_of(*good()), run_of(*events[:2]))


def test_twins():
    steps = {}
    tasks = expand([{"block": [TASK]}, {**TASK, "failed_when": False}, {**TASK, "check_mode": True}], "m", steps)
    inner = tasks[0]["block"]
    assert [task["vars"]["story_twin"] for task in (*inner, *tasks[1:3])] == ["check", "real", "again", "check", "real"]
    assert [task["register"] for task in inner] == ["team", "team", "story_again"]
    assert len(tasks) == 4 and len(steps) == 2
    assert [len(expand([{**TASK, "tags": [tag]}], "m", {})) for tag in ("no_check", "not_idempotent")] == [2, 2]


def test_a_task_must_not_read_what_it_registers():
    with pytest.raises(BadStory, match="register another name"):
        expand([{**TASK, "when": "team is changed"}], "m", {})


@pytest.mark.parametrize(
    ("module", "options", "result", "limit"),
    [
        ("quay_team", {"name": "developers"}, {}, 1),
        ("quay_team", {"name": "developers", "members": []}, {}, 2),
        ("quay_repository", {"name": "payments/api", "perms": [{"name": "bob"}, {"name": "a", "type": "team"}]}, {}, 3),
        ("quay_repository", {"name": "sandbox"}, {}, 2),
        ("quay_robot", {"name": "laptop"}, {}, 4),
        ("quay_user_info", {}, {"users": []}, 1),
        ("quay_user_info", {}, {"users": [{}] * 101}, 2),
        ("quay_team_info", {}, {"teams": [{}, {}]}, 3),
        ("quay_team_info", {"members": False}, {"teams": [{}, {}]}, 1),
        ("quay_usage_logs_info", {"starttime": "90d"}, {}, 4),
    ],
)
def test_budgets(module, options, result, limit):
    assert budget(module, options, result) == limit


def test_a_one_off_action_keeps_its_budget_when_it_acts():
    action = {"dockhand.quay.quay_log_export": {"organization": "payments"}}
    events = told("check", True), told("real", True)
    events[1]["requests"] = [{"method": "GET", "path": "/api/v1/x", "status": 200}] * 5
    assert any("5 requests, budget 4" in text for text in complaints(run_of(*events, steps={"m:1": action})))


def test_every_module_has_a_budget():
    assert sorted([*BUDGETS, *COUNTED_IN]) == modules()
    assert all((ROOT / file).exists() for file in COUNTED_IN.values())
