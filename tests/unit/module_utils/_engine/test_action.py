# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""One-off actions: check mode does not send them, and waiting ends."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine import action
from ansible_collections.dockhand.quay.plugins.module_utils._engine.action import Action, act, check_waiting, poll
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput

RING = Action("the bell", {}, {"rung": True}, lambda: {"id": 7}, {"id": None})


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self, monkeypatch):
        self.now, self.pauses = 0.0, []
        monkeypatch.setattr(action, "time", SimpleNamespace(monotonic=lambda: self.now, sleep=self.sleep))

    def sleep(self, seconds):
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def test_check_mode_has_the_same_keys_and_sends_nothing():
    happened = act(SimpleNamespace(check_mode=False, diff=False), RING)
    assert happened == {"changed": True, "id": 7}
    silent = Action("the bell", {}, {}, lambda: pytest.fail("it was sent"), {"id": None})
    predicted = act(SimpleNamespace(check_mode=True, diff=True), silent)
    assert predicted.keys() - {"diff"} == happened.keys()
    assert predicted["diff"]["before_header"] == predicted["diff"]["after_header"] == "the bell"


@pytest.mark.parametrize("seconds", [0, -1, 86401, math.inf, math.nan])
@pytest.mark.parametrize("option", ["wait_timeout", "wait_interval"])
def test_a_time_to_wait_has_bounds(option, seconds):
    with pytest.raises(BadInput, match=f"{option}: invalid value .*use "):
        check_waiting({"wait_timeout": 1, "wait_interval": 1, option: seconds})
    check_waiting({"wait_timeout": None, "wait_interval": 86400})


def test_looks_become_rarer_up_to_the_longest_pause(clock):
    looks = iter(range(1, 9))
    assert poll(lambda: next(looks), 0, lambda seen: seen == 6, 100, 1, 3) == 6
    assert clock.pauses == [1, 1.5, 2.25, 3, 3, 3]


def test_a_pause_that_is_longer_than_the_longest_stays(clock):
    looks = iter(range(1, 9))
    poll(lambda: next(looks), 0, lambda seen: seen == 2, 100, 10, 3)
    assert clock.pauses == [10, 10]


def test_the_last_look_is_at_the_end_of_the_time(clock):
    """What ends in the last moment is seen, and nothing waits longer."""
    assert poll(lambda: clock.now, -1, lambda seen: seen == 4, 4, 3, 3) == 4
    assert clock.pauses == [3, 1]
    assert poll(lambda: "running", "running", lambda _seen: False, 0, 3, 3) == "running"
    assert clock.now == 4
