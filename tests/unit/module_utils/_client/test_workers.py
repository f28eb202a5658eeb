# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""One pace for all threads, and the order of what they have done."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.workers import Pace, Progress, Workers


class Clock:
    def __init__(self):
        self.time = 0.0

    def __call__(self):
        return self.time

    def sleep(self, seconds):
        self.time += seconds


def test_no_pause_without_reason():
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    for _dummy in range(100):
        pace.wait()
    assert clock.time == 0


def test_half_as_fast_at_each_limit_and_recovering():
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    pace.back_off(0.5)
    assert pace.interval == 0.05
    pace.back_off(0.5)
    assert pace.interval == 0.05, "a limit that all threads meet at once counts once"
    clock.time += 5
    pace.back_off(0.5)
    assert pace.interval == 0.1
    for _dummy in range(200):
        pace.wait()
    assert pace.interval == 0


def test_many_limits_do_not_stop_the_work():
    clock = Clock()
    pace = Pace(clock, clock.sleep)
    for _dummy in range(20):
        clock.time += 5
        pace.back_off(0.5)
    assert pace.interval == 0.4


def test_others_wait_too():
    clock = Clock()
    pace = Pace(clock, lambda seconds: None)
    pace.back_off(3)
    waited = []
    pace._sleep = waited.append
    pace.wait()
    assert waited == [3]


@pytest.fixture
def workers():
    pool = Workers(lead=None, number=3)
    yield pool
    pool.close()


def test_what_is_done_keeps_the_order_of_the_items(workers):
    assert workers.each(lambda number: number * 2, range(100)) == [*range(0, 200, 2)]
    assert workers.each(str, []) == []


def test_nothing_is_begun_after_a_failure(workers):
    begun = []

    def work(number):
        begun.append(number)
        if number == 5:
            raise IndexError("the work's own")

    with pytest.raises(IndexError, match="own"):
        workers.each(work, range(10_000))
    assert len(begun) < 10_000


def test_progress_is_told_every_two_seconds_at_most():
    clock, told = Clock(), []
    progress = Progress(told.append, "{} of 9 done", clock)
    for seconds in (0, 1.9, 0.1, 0, 1.9, 3):
        clock.time += seconds
        progress.count()
    assert told == ["3 of 9 done", "6 of 9 done"]
