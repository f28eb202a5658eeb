# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The exported file: its lines, its place, and what counts as one."""

from __future__ import annotations

import csv
import gzip
import json
import os

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput


@pytest.mark.parametrize("dest", ["logs.jsonl", "logs.jsonl.gz"])
def test_lines_of_json_oldest_first(registry, dest):
    result = registry.run(dest=dest)
    assert registry.numbers(dest) == list(range(400))
    assert result["changed"]
    assert result["entries"] == 400
    assert result["by_kind"] == {"pull_repo": 400}
    assert list(result["by_day"]) == ["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"]
    assert (result["first_time"], result["last_time"]) == ("2026-11-21T15:30:00Z", "2026-11-24T10:00:00Z")
    assert (result["incomplete_days"], result["unchecked_days"], registry.warned) == ([], [], [])
    assert [file.name for file in registry.path.iterdir()] == [dest]
    assert os.stat(registry.path / dest).st_mode & 0o777 == 0o600


def test_csv(registry):
    registry.run(dest="logs.csv")
    with open(registry.path / "logs.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 400
    assert rows[0]["datetime"] == "2026-11-21T15:30:00Z"
    assert rows[0]["performer"] == "alice"
    assert rows[0]["namespace"] == "payments"
    assert rows[0]["repository"] == "api"
    assert json.loads(rows[3]["metadata"])["number"] == 3


@pytest.mark.parametrize(
    ("dest", "rule"),
    [
        ("nowhere/logs.jsonl", "the parent folder does not exist"),
        (".", "this is a folder; use the path"),
        ("new/", "this is a folder; use the path"),
        ("/dev/null", "this is a device, pipe or socket"),
        ("/dev/full", "this is a device, pipe or socket"),
        ("a\0b", "remove the NUL character"),
    ],
)
def test_bad_places(registry, dest, rule):
    with pytest.raises(BadInput, match=rule):
        registry.run(dest=dest)
    assert registry.logs.requests == 0


def test_a_symlink_is_followed_and_its_name_counts(registry):
    (registry.path / "far").mkdir()
    (registry.path / "logs.csv.gz").symlink_to("far/data")
    registry.run(dest="logs.csv.gz")
    with gzip.open(registry.path / "far" / "data", "rt") as file:
        assert len(file.readlines()) == 401
    assert os.listdir(registry.path / "far") == ["data"]
    assert not registry.run(dest="logs.csv.gz")["changed"]


@pytest.mark.parametrize("content", ["[" * 100_000, "x" * 20_000_000, "[]\n", "3\n"], ids=range(4))
@pytest.mark.parametrize("dest", ["logs.jsonl", "logs.csv"])
def test_a_file_of_something_else_is_predicted_to_change(registry, content, dest):
    (registry.path / dest).write_text(content)
    period = {"starttime": "2026-11-20", "endtime": "2026-11-23"}
    assert registry.run(check_mode=True, dest=dest, **period)["changed"] is True
