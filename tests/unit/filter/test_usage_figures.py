# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The figures of the role usage_report."""

from __future__ import annotations

import gzip
import json
import os

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.dockhand.quay.plugins.filter.usage_figures import usage_figures

PEOPLE = {"ann": {"name": "ann", "is_robot": False}, "o+r": {"name": "o+r", "is_robot": True}, "": None}


def entry(time, kind="pull_repo", performer="ann", namespace="o"):
    return {
        "kind": kind,
        "datetime_iso": time,
        "performer": PEOPLE[performer],
        "namespace": {"name": namespace} if namespace else None,
    }


def written(folder, *entries, name="usage.jsonl"):
    path = str(folder / name)
    with (gzip.open if name.endswith(".gz") else open)(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in entries)
    return path


@pytest.mark.parametrize("name", ["usage.jsonl", "usage.jsonl.gz"])
def test_counts(tmp_path, name):
    path = written(
        tmp_path,
        entry("2026-09-01T00:00:00Z"),
        entry("2026-09-01T23:59:59Z", "push_repo", "o+r"),
        entry("2026-09-03T12:00:00Z", "delete_tag", "", ""),
        entry("2026-09-03T12:30:00Z"),
        name=name,
    )
    found = usage_figures(path, "2026-09-01", "2026-09-03")
    assert (found["first_day"], found["last_day"]) == ("2026-09-01", "2026-09-03")
    assert (found["entries"], found["pulls"], found["pushes"]) == (4, 2, 1)
    assert [day["entries"] for day in found["days"]] == [2, 0, 2]
    assert found["hours"][3][12] == 2 and sum(map(sum, found["hours"])) == 4
    assert [row["name"] for row in found["kinds"]] == ["pull_repo", "delete_tag", "push_repo"]
    assert {row["name"]: row["entries"] for row in found["namespaces"]} == {"o": 3, "": 1}
    assert [(row["name"], row["is_robot"]) for row in found["performers"]] == [
        ("ann", False),
        ("", False),
        ("o+r", True),
    ]


def test_repositories_are_those_that_entries_tell(tmp_path):
    path = written(
        tmp_path,
        {**entry("2026-09-01T10:00:00Z"), "metadata": {"repo": "api", "namespace": "o"}},
        {**entry("2026-09-01T10:00:01Z", "push_repo"), "metadata": {"repo": "api"}},
        {**entry("2026-09-01T10:00:02Z", namespace=""), "metadata": {"repo": "web/app", "namespace": "before"}},
        entry("2026-09-01T10:00:03Z", "org_create"),
    )
    repositories = usage_figures(path, "2026-09-01", "2026-09-01")["repositories"]
    assert [(row["name"], row["entries"], row["pushes"]) for row in repositories] == [
        ("o/api", 2, 1),
        ("before/web/app", 1, 0),
    ]


def test_quay_does_not_name_the_organization_whose_usage_logs_they_are(tmp_path):
    path = written(tmp_path, {**entry("2026-09-01T10:00:00Z", namespace=""), "metadata": {"repo": "api"}})
    found = usage_figures(path, "2026-09-01", "2026-09-01", organization="shop")
    assert [row["name"] for row in found["namespaces"] + found["repositories"]] == ["shop", "shop/api"]


def test_robots_without_entry_and_access_are_idle(tmp_path):
    robots = [
        {"name": "o+r", "last_accessed": None},
        {"name": "o+new", "last_accessed": "2026-09-01T00:00:00Z"},
        {"name": "o+old", "last_accessed": "2026-08-31T23:59:59Z"},
        {"name": "o+never", "last_accessed": None},
    ]
    path = written(tmp_path, entry("2026-09-01T10:00:00Z", performer="o+r"))
    idle = usage_figures(path, "2026-09-01", "2026-09-01", robots)["idle_robots"]
    assert [robot["name"] for robot in idle] == ["o+old", "o+never"]


def test_a_period_without_entries(tmp_path):
    found = usage_figures(written(tmp_path), "2026-09-01", "2026-09-02")
    assert found["entries"] == 0
    assert [day["name"] for day in found["days"]] == ["2026-09-01", "2026-09-02"]


def test_a_period_that_ends_now(tmp_path):
    assert len(usage_figures(written(tmp_path), "0d")["days"]) == 1


def test_what_is_no_plain_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    for path in (tmp_path / "pipe.jsonl", tmp_path, "/dev/zero"):
        with pytest.raises(AnsibleFilterError, match=r"Could not count the usage logs of .*: it is not a plain file"):
            usage_figures(str(path), "2026-09-01")


def test_entries_without_a_performer_and_without_anything_else(tmp_path):
    bare = {"kind": "pull_repo", "datetime_iso": "2026-09-01T10:00:00Z"}
    found = usage_figures(written(tmp_path, bare, {**bare, "performer": None, "metadata": None}), "2026-09-01")
    assert [(row["name"], row["entries"], row["is_robot"]) for row in found["performers"]] == [("", 2, False)]


@pytest.mark.parametrize(
    "content",
    ["not JSON", '{"kind": "pull_repo"}', "[]", "3", "[" * 100_000, '"' + "x" * 17_000_000],
    ids=range(6),
)
def test_another_file_is_told(tmp_path, content):
    (tmp_path / "other.jsonl").write_text(content + "\n", encoding="utf-8")
    with pytest.raises(AnsibleFilterError, match="Could not count the usage logs of .*other.jsonl: "):
        usage_figures(str(tmp_path / "other.jsonl"), "2026-09-01")
