# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""One pace for all threads."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._client.workers import Pace


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
