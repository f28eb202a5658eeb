# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""One day: complete or told, and never a loop."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._usage.stream import entries

from tests.unit.module_utils._usage.readings import NOW, TODAY, YESTERDAY, numbers, oldest_first, reading
from tests.unit.module_utils.usage_logs_server import Logs, entry, every


def test_one_pair_of_equal_times_at_a_page_edge_is_healed():
    rows = every(10, 100, YESTERDAY)
    rows[79] = (rows[80][0], rows[79][1])
    newer = every(60, 7, TODAY, repository="other")
    lossy = next(iter(reading(Logs(NOW, rows)).days(1)))
    assert lossy.incomplete == {"day": "2026-11-23", "listed": 60, "counted": 100}, "as on the real server"
    logs = Logs(NOW, rows + newer)
    days = list(reading(logs).days(4))
    assert [day.incomplete for day in days] == [None, None]
    assert len(days[0].listing) == 100


def test_whole_seconds_are_healed_by_parts_or_told():
    rows = []
    for performer in range(40):
        rows += every(29, 75, YESTERDAY, performer=f"user{performer}", repository=f"api{performer % 7}")
    logs = Logs(NOW, rows)
    day = next(iter(reading(logs, scope="organization", organization="payments").days(1)))
    assert sum(day.listing.kept.values()) <= 3000
    assert (day.incomplete is None) == (len(day.listing) == 3000)
    assert day.incomplete is None or day.incomplete["counted"] == 3000
    again = Counter(str(sorted(one["metadata"].items())) + one["performer"]["name"] for one in entries(day))
    assert max(again.values()) == 1, "no entry is doubled"


def test_an_expired_page_token_repeats_the_day():
    rows = every(60, 100, YESTERDAY)
    logs = Logs(NOW, rows)
    page, calls = logs.page, []

    def forgetful(query, first, last, token=None):
        calls.append(token)
        return page(query, first, last, None if len(calls) == 3 else token)

    logs.page = forgetful
    assert numbers(oldest_first(reading(logs).days(1))) == list(range(100))


def test_page_tokens_that_always_expire_are_an_error_and_no_loop():
    logs = Logs(NOW, every(60, 100, YESTERDAY), lives=0)
    with pytest.raises(QuayError, match="restarted the list of 2026-11-23 3 times"):
        list(reading(logs).days(4))
    assert logs.pages <= 12
    same = Logs(NOW, [(YESTERDAY, entry())] * 100, lives=0, counting=False)
    with pytest.raises(QuayError, match="restarted the list of 2026-11-23 3 times"):
        list(reading(same, starttime=YESTERDAY.isoformat()).days(1))


def test_without_counts_nothing_is_checked_and_that_is_said():
    (day, *_rest) = reading(Logs(NOW, every(60, 100, YESTERDAY), counting=False), starttime="2026-11-23").days(1)
    assert day.unchecked["listed"] == 100
    assert "AGGREGATED_LOG_COUNT_RETRIEVAL" in day.unchecked["reason"]


def test_a_great_day_is_not_read_for_its_last_hour():
    rows = every(10, 3600, TODAY)
    logs = Logs(NOW, rows)
    (day,) = reading(logs, starttime="1h").days(1)
    assert len(list(entries(day))) == 360
    assert logs.requests <= 21
    assert "begins within the day" in day.unchecked["reason"]


def test_a_small_day_is_read_whole_and_checked():
    (day,) = reading(Logs(NOW, every(100, 360, TODAY)), starttime="1h").days(1)
    assert len(list(entries(day))) == 36
    assert day.unchecked is None
    assert day.incomplete is None


def test_what_an_earlier_run_has_listed_is_counted_and_not_read():
    rows = every(10, 3600, TODAY)
    logs = Logs(NOW, rows)
    (day,) = reading(logs, starttime="1h", before=Counter(pull_repo=3240)).days(1)
    assert (len(list(entries(day))), day.unchecked, day.incomplete) == (360, None, None)
    assert logs.requests <= 21
    (day,) = reading(logs, starttime="1h", before=Counter(pull_repo=3200)).days(1)
    assert day.incomplete == {"day": "2026-11-24", "listed": 3560, "counted": 3600}


def test_the_last_moments_are_left_to_the_next_run():
    rows = every(1, 30, NOW - dt.timedelta(seconds=29))
    (day,) = reading(Logs(NOW, rows), settle=dt.timedelta(seconds=2), starttime="1h").days(1)
    assert numbers(oldest_first([day])) == list(range(27))
    assert day.until == NOW - dt.timedelta(seconds=2)


def test_entries_that_arrive_while_reading_disturb_nothing():
    logs = Logs(NOW, every(60, 100, TODAY))
    page = logs.page

    def busy(query, first, last, token=None):
        answer = page(query, first, last, token)
        logs.rows += every(1, 3, NOW + dt.timedelta(seconds=logs.pages * 5), kind="push_repo")
        return answer

    logs.page = busy
    (day,) = reading(logs, starttime="2026-11-24").days(4)
    assert numbers([one for one in oldest_first([day]) if one["kind"] == "pull_repo"]) == list(range(100))
    assert day.incomplete is None
