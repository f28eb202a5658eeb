# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The stream: exactly once, complete or told, never a loop."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput, QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._text.times import DAY, midnight
from ansible_collections.dockhand.quay.plugins.module_utils._usage import stream as usage_logs
from ansible_collections.dockhand.quay.plugins.module_utils._usage.query import query
from ansible_collections.dockhand.quay.plugins.module_utils._usage.stream import UsageLogs, entries, in_order
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.module_utils.usage_logs_server import Logs, entry, every

NOW = dt.datetime(2026, 11, 24, 10, 0, 0, tzinfo=dt.timezone.utc)
TODAY = midnight(NOW.date())
YESTERDAY = TODAY - DAY


def reading(logs, before=None, settle=dt.timedelta(), **options):
    """UsageLogs over ``logs``."""
    wanted = query({"scope": "superuser", "starttime": "3d", "endtime": None, **options}, NOW)
    usage = UsageLogs(None, wanted, NOW, before=before, settle=settle)
    usage.reader = logs
    usage._days._reader = logs
    return usage


@pytest.fixture(autouse=True)
def no_client(monkeypatch):
    monkeypatch.setattr(usage_logs, "Reader", lambda client: None)


def oldest_first(days):
    return [found for day in days for found in reversed(list(entries(day)))]


def numbers(found):
    return [one["metadata"]["number"] for one in found]


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


def test_filters():
    rows = every(60, 50, YESTERDAY) + every(61, 40, YESTERDAY, kind="push_repo", performer="bob", repository="web")
    rows += every(62, 30, YESTERDAY, namespace="other")

    def count(**options):
        return len(oldest_first(reading(Logs(NOW, rows), **options).days(1)))

    assert count(kinds=["push_repo"]) == count(kinds=["delete_tag", " push_repo"]) == 40
    assert count(performer="bob") == 40
    assert count(namespace="other") == 30
    assert count(repository="payments/api") == 50
    assert count(scope="organization", organization="payments", repository="web") == 40
    assert count(scope="organization", organization="payments", repository="payments/web", performer="bob") == 40
    assert count(scope="repository", repository="payments/api", performer="bob") == 0


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


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"starttime": "11/24/2026"}, "starttime: invalid value '11/24/2026': use an ISO 8601 date"),
        ({"starttime": "2026-11-25"}, "starttime: invalid value '2026-11-25': use a time in the past."),
        ({"starttime": "1d", "endtime": "2d"}, "endtime: invalid value '2d': use a time after starttime (1d)."),
        ({"scope": "organization"}, "scope: invalid value 'organization': set organization too."),
        ({"organization": "payments"}, "organization: invalid value 'payments': use it with scope=organization only"),
        (
            {"scope": "user", "namespace": "payments"},
            "namespace: invalid value 'payments': use it with scope=superuser only",
        ),
        ({"repository": "api"}, "repository: invalid value 'api': for scope superuser, use the form namespace/"),
        ({"workers": 0}, "workers: invalid value 0: use 1 to 32."),
    ],
)
def test_bad_input(options, sentence):
    with pytest.raises(BadInput) as told:
        reading(Logs(NOW), **options)
    assert str(told.value).startswith(sentence)


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
