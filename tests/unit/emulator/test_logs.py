# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The usage logs, and above all what the real server loses of them."""

from __future__ import annotations

import time

import pytest

DAY = "11/10/2026"
START = "2026-11-10T02:00:00Z"
EPOCH = 1794276000


def tags(quay, path="/organization/lab/logs", **query):
    """What following next_page gives, and in how many pages."""
    found, pages, token = [], 0, {}
    while True:
        page = quay.get(path, **{"starttime": DAY, "endtime": DAY, **query}, **token)
        found += [entry["metadata"]["tag"] for entry in page["logs"]]
        pages += 1
        assert len(page["logs"]) <= 20
        if "next_page" not in page:
            return found, pages
        token = {"next_page": page["next_page"]}


def listed(quay, **query):
    return len(tags(quay, **query)[0])


def counted(quay):
    found = quay.get("/organization/lab/aggregatelogs", starttime=DAY, endtime=DAY)["aggregated"]
    return sum(one["count"] for one in found)


@pytest.fixture
def lab(quay):
    quay.repository()
    return quay


def fill(quay, **body):
    return quay.control("logs", namespace="lab", **body)


def test_one_page_more_comes_after_the_last_entry(lab):
    fill(lab, count=45, start=START, seconds_apart=1)
    assert tags(lab) == ([f"v{n}" for n in reversed(range(45))], 4)
    assert tags(lab, starttime="11/11/2026", endtime="11/11/2026") == ([], 1)
    assert tags(lab, "/superuser/logs") == tags(lab)


def test_one_pair_of_equal_times_at_the_first_edge(lab):
    fill(lab, count=19, start=EPOCH + 1000, seconds_apart=1)
    fill(lab, count=2, start=EPOCH + 500, seconds_apart=0)
    fill(lab, count=79, start=EPOCH, seconds_apart=1)
    assert (listed(lab), counted(lab)) == (60, 100)
    lab.control("settings", lose_equal_times=False)
    assert listed(lab) == 100


@pytest.mark.parametrize(("size", "found"), [(3, 100), (7, 80)])
def test_groups_of_equal_times(lab, size, found):
    fill(lab, count=5, start=EPOCH + 1000, seconds_apart=1)
    # The last group is the one that may be smaller: it is the oldest.
    rest = 200 % size
    fill(lab, count=rest, start=EPOCH, seconds_apart=0)
    fill(lab, count=200 - rest, start=EPOCH + 1, seconds_apart=1, at_once=size)
    assert (listed(lab), counted(lab)) == (found, 205)
    lab.control("settings", lose_equal_times=False)
    assert listed(lab) == 205


@pytest.mark.parametrize(("minutes", "found", "seed"), [(600, 1180, 45), (25, 380, 4)])
def test_whole_seconds(lab, minutes, found, seed):
    fill(lab, count=3000, start=EPOCH, end=EPOCH + minutes * 60, whole_seconds=True, seed=seed)
    assert (listed(lab), counted(lab)) == (found, 3000)
    lab.control("settings", lose_equal_times=False)
    assert len(set(tags(lab)[0])) == 3000


def test_all_equal_is_complete(lab):
    fill(lab, count=300, start=EPOCH, seconds_apart=0)
    assert len(set(tags(lab)[0])) == 300


def test_entries_that_arrive_while_paging_disturb_nothing(lab):
    fill(lab, count=60, start=START, seconds_apart=1)
    first = lab.get("/organization/lab/logs", starttime=DAY, endtime=DAY)
    fill(lab, count=5, start=EPOCH + 5000, seconds_apart=1)
    second = lab.get("/organization/lab/logs", starttime=DAY, endtime=DAY, next_page=first["next_page"])
    assert [one["metadata"]["tag"] for one in second["logs"]] == [f"v{n}" for n in range(39, 19, -1)]


def test_a_hundred_thousand_entries_slow_nothing_down(lab):
    fill(lab, count=100_000, start=START, end="2026-11-10T20:00:00Z", performers=["quayadmin"])
    token = {}
    for query in ({}, {"performer": "quayadmin"}):
        lab.get("/organization/lab/logs", starttime=DAY, endtime=DAY)
        started = time.process_time()
        for _dummy in range(50):
            page = lab.get("/organization/lab/logs", starttime=DAY, endtime=DAY, **query, **token)
            token = {"next_page": page["next_page"]}
        assert (time.process_time() - started) / 50 < 0.02
    assert counted(lab) == 100_000


@pytest.mark.parametrize("spoil", ["", "x", "short"])
def test_a_bad_token_restarts_at_page_one(lab, spoil):
    fill(lab, count=60, start=START, seconds_apart=1)
    query = {"starttime": DAY, "endtime": DAY}
    first = lab.get("/organization/lab/logs", **query)
    bad = {"": "", "x": first["next_page"] + "x", "short": first["next_page"][:-9]}[spoil]
    assert lab.get("/organization/lab/logs", **query, next_page=bad)["logs"] == first["logs"]


def test_page_tokens_expire_by_setting_and_once_by_order(lab):
    fill(lab, count=60, start=START, seconds_apart=1)
    query = {"starttime": DAY, "endtime": DAY}
    first = lab.get("/organization/lab/logs", **query)
    later = {**query, "next_page": first["next_page"]}
    lab.control("settings", page_token_lifetime=0)
    assert lab.get("/organization/lab/logs", **later)["logs"] == first["logs"]
    lab.control("settings", page_token_lifetime=60)
    lab.control("misbehave", kind="expired_page_token", path="/logs$", after=1)
    answers = [lab.get("/organization/lab/logs", **later)["logs"] for _dummy in range(3)]
    assert answers[0] != first["logs"]
    assert answers[1] == first["logs"]
    assert answers[2] == answers[0]


def test_windows_are_whole_days_and_other_dates_are_ignored(lab):
    fill(lab, count=1, start="2026-11-10T00:00:00Z")
    fill(lab, count=1, start="2026-11-10T23:59:59.999999Z")
    fill(lab, count=1, start="2026-11-11T00:00:00Z")
    assert listed(lab) == 2
    default = lab.get("/organization/lab/logs", starttime="2026-11-10", endtime="soon")
    assert [one["kind"] for one in default["logs"]] == ["create_repo", "org_create"]
    backwards = {"starttime": DAY, "endtime": "11/08/2026"}
    assert lab.ask("GET", "/organization/lab/logs", **backwards).status_code == 400
    assert lab.get("/superuser/logs", **backwards)["logs"] == []


def test_counts_are_by_day_and_kind_for_a_month_at_most(lab):
    fill(lab, count=30, start="2026-11-09T23:59:50Z", seconds_apart=1, kinds=["pull_repo"])
    found = lab.get("/organization/lab/aggregatelogs", starttime="11/01/2026", endtime="11/30/2026")["aggregated"]
    days = {one["datetime"]: one["count"] for one in found if one["kind"] == "pull_repo"}
    assert days == {"Mon, 09 Nov 2026 00:00:00 -0000": 10, "Tue, 10 Nov 2026 00:00:00 -0000": 20}
    long = {"starttime": "10/01/2026", "endtime": "11/30/2026"}
    assert lab.ask("GET", "/organization/lab/aggregatelogs", **long).json == {"message": "Invalid date range for logs"}
    assert lab.ask("GET", "/superuser/aggregatelogs", **long).status_code == 500


def test_performers_and_repositories(lab):
    lab.control("user", username="ann", password="password1")
    fill(lab, count=30, start=START, seconds_apart=1, performers=["ann"], repository="app")
    fill(lab, count=10, start=EPOCH + 100, seconds_apart=1)
    assert listed(lab, performer="ann") == 30
    assert len(tags(lab, "/repository/lab/app/logs")[0]) == 30
    assert lab.ask("GET", "/organization/lab/logs", performer="nobody").status_code == 500
    assert lab.ask("GET", "/organization/none/logs").json == {"message": "Invalid namespace requested: none"}
    lab.act_as("ann")
    assert lab.ask("GET", "/organization/lab/logs").status_code == 403
    assert lab.ask("GET", "/repository/lab/app/logs").status_code == 403
    assert lab.ask("GET", "/superuser/logs").status_code == 403
    assert lab.get("/user/logs")["logs"] == []


def test_a_write_leaves_an_entry(lab):
    lab.ask("PUT", "/repository/lab/app", {"description": "new"})
    entry = lab.get("/superuser/logs")["logs"][0]
    assert (entry["kind"], entry["performer"]["name"], entry["namespace"]["name"]) == (
        "set_repo_description",
        "quayadmin",
        "lab",
    )
    assert entry["ip"] == "127.0.0.1"
    assert {"repo": "app", "namespace": "lab", "description": "new"}.items() <= entry["metadata"].items()
    lab.control("settings", FEATURE_LOG_EXPORT=False, FEATURE_AGGREGATED_LOG_COUNT_RETRIEVAL=False)
    assert lab.ask("GET", "/organization/lab/aggregatelogs/").status_code == 404
    assert lab.ask("POST", "/organization/lab/exportlogs", {}).status_code == 405


def test_entries_by_chance_hold_pulls_of_nobody(quay):
    quay.repository()
    quay.control("logs", namespace="lab", count=20, kinds=["pull_repo"])
    found = [entry for entry in quay.get("/organization/lab/logs")["logs"] if entry["kind"] == "pull_repo"]
    assert {"performer" in entry for entry in found} == {True, False}
    assert all(("username" in entry["metadata"]) == ("performer" in entry) for entry in found)
