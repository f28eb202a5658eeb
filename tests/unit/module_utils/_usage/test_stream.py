# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The stream: exactly once, complete or told, never a loop."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._text.times import DAY
from ansible_collections.dockhand.quay.plugins.module_utils._usage.stream import entries, in_order
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.module_utils._usage.readings import NOW, TODAY, YESTERDAY, numbers, oldest_first, reading
from tests.unit.module_utils.usage_logs_server import Logs, entry, every


def test_every_entry_once_oldest_first_and_newest_first():
    rows = every(1800, 150, NOW - dt.timedelta(seconds=1800 * 149))
    assert numbers(oldest_first(reading(Logs(NOW, rows), starttime="7d").days(4))) == list(range(150))
    found = [one for day in reading(Logs(NOW, rows), starttime="7d").newest(4) for one in entries(day)]
    assert numbers(found) == list(reversed(range(150)))
    assert found[0]["datetime_iso"] == "2026-11-24T10:00:00Z"


def test_few_requests():
    rows = every(60, 1440 * 3, TODAY - 3 * DAY)
    logs = Logs(NOW, rows)
    assert len(oldest_first(reading(logs, starttime="30d").days(4))) == 4320
    # One count a month, one page for 20 entries, today's first page.
    assert logs.requests <= 2 + 3 * 72 + 2


@given(st.lists(st.integers(0, 86400 * 3), max_size=150), st.integers(0, 86400 * 3), st.integers(1, 86400 * 2))
@settings(deadline=None, max_examples=50)
def test_any_period_has_exactly_its_entries(seconds, start, length):
    beginning = TODAY - 4 * DAY
    rows = [
        (beginning + dt.timedelta(seconds=second, microseconds=n), entry(number=n)) for n, second in enumerate(seconds)
    ]
    since, until = beginning + dt.timedelta(seconds=start), beginning + dt.timedelta(seconds=start + length)
    period = {"starttime": since.isoformat(), "endtime": until.isoformat()}
    days = list(reading(Logs(NOW, rows), **period).days(2))
    assert sorted(numbers(oldest_first(days))) == sorted(
        n for n, second in enumerate(seconds) if start <= second < start + length
    )
    assert not any(day.incomplete for day in days)


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["alice", "bob"])), max_size=120))
@settings(deadline=None, max_examples=50)
def test_never_more_than_there_is_and_never_a_lie(events):
    rows = [(YESTERDAY + dt.timedelta(seconds=s), entry(performer=who, number=n)) for n, (s, who) in enumerate(events)]
    days = list(reading(Logs(NOW, rows)).days(1))
    found = Counter(numbers(oldest_first(days)))
    assert not found or max(found.values()) == 1
    missing = len(rows) - sum(found.values())
    assert sum(day.incomplete["counted"] - day.incomplete["listed"] for day in days if day.incomplete) == missing


def test_equal_entries_are_legal():
    rows = [(YESTERDAY, entry())] * 100
    day = next(iter(reading(Logs(NOW, rows)).days(1)))
    assert len(list(entries(day))) == 100
    assert day.incomplete is None


def test_days_without_wanted_kinds_are_not_read():
    logs = Logs(NOW, every(60, 500, YESTERDAY))
    assert oldest_first(reading(logs, starttime="2026-11-20", endtime="2026-11-23", kinds=["delete_tag"]).days(1)) == []
    assert logs.pages == 0


def test_latest_stops_and_one_page_may_do():
    logs = Logs(NOW, every(60, 2000, NOW - dt.timedelta(seconds=60 * 1999)))
    usage = reading(logs, starttime="30d")
    assert numbers(usage.first_page()) == list(range(1999, 1979, -1))
    assert logs.requests == 1
    found = [one for day in usage.latest(50) for one in entries(day)]
    assert numbers(found)[:50] == list(range(1999, 1949, -1))
    assert logs.requests <= 6


def test_in_order_whatever_thread_is_first():
    def work(number):
        time.sleep(0.01 * (number % 3))
        return number

    assert list(in_order(range(30), work, 4, lambda: None)) == list(range(30))
    assert threading.active_count() == 1 or not any("ThreadPool" in one.name for one in threading.enumerate())


def test_an_error_ends_all_threads():
    stop = threading.Event()

    def work(number):
        if number == 3:
            raise QuayError("broken")
        stop.wait(5) if number > 3 else None

    with pytest.raises(QuayError, match="broken"):
        list(in_order(range(100), work, 2, stop.set))
    assert not any("ThreadPool" in one.name for one in threading.enumerate())
