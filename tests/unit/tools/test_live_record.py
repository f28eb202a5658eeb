# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The records of `make live`: what replaces what, the release, and the table in README.md."""

from __future__ import annotations

import pytest

from tests.integration.server import CAPABILITIES, lacks
from tests.live import record

FEATURES = {what: True for place, what in CAPABILITIES.values() if place == "feature"}


def made(release="3.12.21", door="worker", **more):
    keys = {"release": release, "authentication": "Database", "credentials": "superuser's token", "door": door}
    return {
        **keys,
        "date": "2026-11-28",
        "passed": {"quay_team": "abc"},
        "failed": {},
        "skipped": {},
        "not_told": [],
        **more,
    }


def test_a_record_takes_the_place_of_the_earlier_one_only():
    kept = record.with_record(
        [made(), made(door="module"), made("source abc"), made("3.9.25")], made(failed={"x": "abc"})
    )
    assert [(one["release"], one["door"], [*one["failed"]]) for one in kept] == [
        ("3.9.25", "worker", []),
        ("3.12.21", "module", []),
        ("3.12.21", "worker", ["x"]),
        ("source abc", "worker", []),
    ]


def test_a_part_of_a_pass_completes_it():
    before = made(passed={"a": "old", "b": "old"}, failed={"c": "old", "d": "old"}, skipped={"e": "mailing"})
    part = made(passed={"c": "new", "e": "new"}, failed={"a": "new"})
    found = record.completed(before, part, "abcdef")
    assert {key: found[key] for key in (*record.OUTCOMES, "not_told")} == {
        "passed": {"b": "old", "c": "new", "e": "new"},
        "failed": {"a": "new", "d": "old"},
        "skipped": {},
        "not_told": ["f"],
    }
    assert record.completed(None, part, "ac")["passed"] == part["passed"]


@pytest.mark.parametrize(
    ("shown", "asked", "release"),
    [("Quay v3.17.4", "", "3.17.4"), (None, "3.12.21", "3.12.21"), ("Quay v3.11.0", "source abc", "source abc")],
)
def test_the_release(monkeypatch, shown, asked, release):
    monkeypatch.setenv("QUAY_RELEASE", asked)
    assert record.release_of({"version_number": shown}) == release


def test_no_release(monkeypatch):
    monkeypatch.delenv("QUAY_RELEASE", raising=False)
    with pytest.raises(SystemExit, match="set QUAY_RELEASE"):
        record.release_of({"version_number": ""})


def test_a_row_for_both_doors():
    records = [
        made(),
        made(door="module", failed={"b": "abc"}, skipped={"c": "mailing"}),
        made("3.9.25", not_told=["d"]),
    ]
    assert record.table(records).splitlines()[2:] == [
        "| 3.12.21 | Database | superuser's token | 1 passed | 1 passed, 1 failed, 1 skipped | 2026-11-28 |",
        "| 3.9.25 | Database | superuser's token | 1 passed, 1 not tested | not tested | 2026-11-28 |",
    ]


def test_what_a_server_lacks():
    paths = {f"/api/v1{what}": {} for place, what in CAPABILITIES.values() if place == "path"}
    definitions: dict[str, dict[str, dict[str, object]]] = {}
    for place, what in CAPABILITIES.values():
        definitions.setdefault(place, {"properties": {}})["properties"][what] = {}
    assert lacks(FEATURES, {"paths": paths, "definitions": definitions}) == []
    features = ["assigned_tokens", "builds", "mailing", "quotas", "repository_mirror", "repository_state"]
    assert lacks({}, {"paths": paths, "definitions": definitions}) == features
    federation = CAPABILITIES["robot_federation"][1]
    del paths[f"/api/v1{federation}"]
    assert lacks(FEATURES, {"paths": paths, "definitions": {}}) == [
        "mirror_timeout",
        "prune_patterns",
        "robot_federation",
    ]
