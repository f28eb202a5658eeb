# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The export: whole or not at all, resumed after a cut, continued by the next run, predicted in check mode."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import tracemalloc

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects.usage_logs import export as operation
from ansible_collections.dockhand.quay.plugins.module_utils._text.times import DAY
from ansible_collections.dockhand.quay.plugins.module_utils._usage.day import COUNT_IS_OFF

from tests.unit.module_utils._usage.readings import NOW, TODAY
from tests.unit.module_utils.usage_logs_server import Logs, every


@pytest.mark.parametrize("dest", ["logs.jsonl", "logs.csv", "logs.csv.gz"])
def test_a_period_that_is_over_is_exported_once(registry, dest):
    period = {"starttime": "2026-11-20", "endtime": "2026-11-23", "dest": dest}
    predicted = registry.run(check_mode=True, **period)
    assert list(registry.path.iterdir()) == []
    result = registry.run(**period)
    assert predicted == {name: result[name] for name in predicted}
    os.chmod(registry.path / dest, 0o640)
    assert registry.run(check_mode=True, **period) == {**predicted, "changed": False}
    assert not registry.run(**period)["changed"]
    assert os.stat(registry.path / dest).st_mode & 0o777 == 0o640


def test_nothing_to_export(registry):
    registry.logs.rows = []
    assert registry.run(dest="logs.jsonl.gz")["entries"] == 0
    assert registry.numbers("logs.jsonl.gz") == []
    assert not registry.run(dest="logs.jsonl.gz")["changed"]


@pytest.mark.parametrize("dest", ["logs.jsonl", "logs.jsonl.gz"])
@pytest.mark.parametrize("cut_at", range(3, 24, 3))
def test_a_cut_is_taken_up(registry, dest, cut_at):
    page, calls = registry.logs.page, []

    def cut(*arguments):
        calls.append(1)
        if len(calls) == cut_at:
            raise QuayError("The connection was cut.")
        return page(*arguments)

    registry.logs.page = cut
    with pytest.raises(QuayError, match="cut"):
        registry.run(dest=dest, workers=1)
    assert not (registry.path / dest).exists()
    registry.now += dt.timedelta(minutes=5)
    before = len(calls)
    result = registry.run(dest=dest)
    assert registry.numbers(dest) == list(range(400))
    assert result["entries"] == sum(result["by_day"].values()) == 400
    assert len(calls) - before <= 30 - cut_at // 2
    assert [file.name for file in registry.path.iterdir()] == [dest]


def test_a_partial_file_that_was_written_past_the_checkpoint(registry):
    page = registry.logs.page
    registry.logs.page = lambda *arguments: page(*arguments) if arguments[1].day < 24 else 1 / 0
    with pytest.raises(ZeroDivisionError):
        registry.run(dest="logs.jsonl", workers=1)
    with open(registry.path / "logs.jsonl.partial", "ab") as file:
        file.write(b'{"half": ')
    registry.logs.page = page
    registry.run(dest="logs.jsonl")
    assert registry.numbers("logs.jsonl") == list(range(400))


@pytest.mark.parametrize("dest", ["logs.jsonl", "logs.jsonl.gz", "logs.csv"])
def test_each_run_appends_what_has_come(registry, dest):
    rows, registry.logs.rows = registry.logs.rows, []
    total = 0
    for hours in (24, 12, 12, 1, 0):
        registry.now = NOW - dt.timedelta(hours=hours) + dt.timedelta(seconds=5)
        registry.logs.rows = [row for row in rows if row[0] <= registry.now]
        predicted = registry.run(check_mode=True, dest=dest, append=True)
        result = registry.run(dest=dest, append=True)
        assert predicted["changed"] == result["changed"] == bool(result["entries"])
        assert result["incomplete_days"] == []
        assert registry.warned == []
        total += result["entries"]
    if dest != "logs.csv":
        assert registry.numbers(dest) == list(range(400))
    else:
        assert len((registry.path / dest).read_text().splitlines()) == 401
    assert total == 400


def test_a_file_that_was_moved_away_is_no_reason_to_begin_anew(registry):
    registry.run(dest="logs.jsonl", append=True)
    os.rename(registry.path / "logs.jsonl", registry.path / "old.jsonl")
    registry.now = NOW + dt.timedelta(minutes=1)
    assert registry.run(dest="logs.jsonl", append=True)["entries"] == 1
    assert registry.numbers("old.jsonl") + registry.numbers("logs.jsonl") == list(range(400))


def test_a_file_of_other_options_is_not_appended_to(registry):
    registry.run(dest="logs.jsonl", append=True)
    with pytest.raises(QuayError, match="does not show where an export with these options ended"):
        registry.run(dest="logs.jsonl", append=True, kinds=["push_repo"])
    os.unlink(registry.path / "logs.jsonl.checkpoint")
    with pytest.raises(QuayError, match="does not show"):
        registry.run(dest="logs.jsonl", append=True)


def test_a_day_that_cannot_be_healed_fails_until_it_is_allowed(registry):
    tied = every(10, 100, TODAY - DAY)
    tied[79] = (tied[80][0], tied[79][1])
    registry.logs.rows = every(600, 100, TODAY - 2 * DAY) + tied
    with pytest.raises(QuayError) as told:
        registry.run(dest="logs.jsonl")
    figures = {"day": "2026-11-23", "listed": 60, "counted": 100}
    assert str(told.value) == (
        "Usage logs are incomplete on 2026-11-23 (60 listed, 100 counted): Quay's lists lose entries that share a time "
        "at the edge of a page, and reading again found no more. Set allow_incomplete to true to export what was found."
    )
    assert told.value.result == {"incomplete_days": [figures]}
    assert not (registry.path / "logs.jsonl").exists()
    result = registry.run(dest="logs.jsonl", allow_incomplete=True)
    assert (result["entries"], result["incomplete_days"]) == (160, [figures])
    assert registry.warned[0].startswith("Usage logs are incomplete on 2026-11-23 (60 listed, 100 counted)")


def test_what_cannot_be_checked_is_told(registry):
    registry.logs.counting = False
    result = registry.run(dest="logs.jsonl")
    assert result["entries"] == 400
    assert len(result["unchecked_days"]) == 8
    sentence = "Could not verify that the usage logs of 8 days (2026-11-17 to 2026-11-24) are complete (400 listed): "
    assert registry.warned == [f"{sentence}{COUNT_IS_OFF}."]
    predicted = registry.run(check_mode=True, dest="logs.jsonl")
    assert (predicted["changed"], predicted["entries"], predicted["by_kind"]) == (True, None, None)


def test_a_full_disk_is_a_message_and_the_next_run_goes_on(registry):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, limits[1]))
    try:
        with pytest.raises(QuayError, match=r"logs\.jsonl: cannot be written: File too large\.$"):
            registry.run(dest="logs.jsonl")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not (registry.path / "logs.jsonl").exists()
    assert registry.run(dest="logs.jsonl")["entries"] == 400
    assert registry.numbers("logs.jsonl") == list(range(400))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '"text"',
        '{"wish": 1}',
        '{"began": "x", "wish": "", "since": "yesterday"}',
        json.dumps({"wish": "", **dict.fromkeys(["began", "since", "saved"], "2026-11-24"), "by_day": ["x"]}),
        "[" * 100_000,
        '{"wish": "' + "x" * 20_000_000,
        "\ud800".encode("utf-8", "surrogatepass"),
    ],
    ids=range(9),
)
def test_a_checkpoint_that_is_none_is_one_message(registry, content):
    path = registry.path / "logs.jsonl.checkpoint"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(QuayError, match=r"logs\.jsonl\.checkpoint: not the checkpoint of an export\. Remove it to "):
        registry.run(dest="logs.jsonl")
    assert registry.logs.requests == 0


def test_memory_does_not_grow_with_the_day(registry):
    def peak(count):
        registry.logs = Wide(NOW, count)
        tracemalloc.start()
        registry.run(dest=f"logs{count}.jsonl", starttime="2026-11-23", endtime="2026-11-23", workers=1)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert peak(20_000) - peak(1_000) < 1024 * 1024


class Wide(Logs):
    """One day of ``count`` entries that are made page by page."""

    def __init__(self, now, count):
        super().__init__(now)
        self.count = count

    def page(self, query, first, last, token=None):
        start = token or 0
        times = [TODAY - dt.timedelta(seconds=1 + number * 4) for number in range(start, min(start + 20, self.count))]
        (row,) = every(1, 1, TODAY)
        logs = [{**row[1], "datetime": time.strftime("%a, %d %b %Y %H:%M:%S -0000")} for time in times]
        return {"logs": logs, "end_time": "", "next_page": start + 20}

    def counts(self, query, first, last):
        return {first: operation.Counter(pull_repo=self.count)}
