# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What follows from one attempt of a request: the whole truth table."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.patience import (
    Answered,
    Decision,
    Failed,
    RetryPolicy,
    Verdict,
)

POLICY = RetryPolicy(jitter=lambda: 1.0)
READ, WRITE = True, False
TAKE, LOST, AWAY, HOPELESS = (
    Decision(verdict) for verdict in (Verdict.TAKE, Verdict.LOST, Verdict.AWAY, Verdict.HOPELESS)
)


def again(pause):
    return Decision(Verdict.REPEAT, pause)


@pytest.mark.parametrize(
    ("is_read", "attempt", "outcome", "decision"),
    [
        # An answer of the application is taken, whatever it says.
        *[(is_read, 1, Answered(status), TAKE) for is_read in (READ, WRITE) for status in (200, 302, 404, 503)],
        # But for a read that may have crossed a deletion.
        (READ, 1, Answered(500), again(0.25)),
        (READ, 2, Answered(500), TAKE),
        (WRITE, 1, Answered(500), TAKE),
        # A page of a gateway: reads again, writes are lost.
        *[(READ, 1, Answered(status, is_json=False), again(0.25)) for status in (502, 503, 504)],
        *[(WRITE, 1, Answered(status, is_json=False), LOST) for status in (502, 503, 504)],
        (READ, 2, Answered(502, is_json=False, retry_after=7.0), again(7.0)),
        (READ, 4, Answered(502, is_json=False), TAKE),
        # A limit of rate: also for writes, which the server did not take.
        (READ, 1, Answered(429, is_json=False), again(0.25)),
        (WRITE, 3, Answered(429, is_json=False), again(1.0)),
        (WRITE, 1, Answered(429, retry_after=7.0), again(7.0)),
        (WRITE, 1, Answered(429, retry_after=0.0), again(0.25)),
        (READ, 9, Answered(429, is_json=False), again(30.0)),
        (READ, 10, Answered(429, is_json=False), TAKE),
        # A pause that the last attempt would not outlast, and one longer than we ever wait at once.
        (READ, 1, Answered(429, retry_after=271.0), TAKE),
        (READ, 1, Answered(429, retry_after=270.0), again(30.0)),
        # A full queue of the application does not pass by waiting a little.
        (WRITE, 1, Answered(429), TAKE),
        (READ, 1, Answered(429), again(0.25)),
        # No answer.
        (READ, 1, Failed(), again(0.25)),
        (READ, 4, Failed(), AWAY),
        (READ, 1, Failed(passing=False), HOPELESS),
        (WRITE, 1, Failed(), LOST),
        (WRITE, 1, Failed(passing=False), LOST),
        (WRITE, 1, Failed(unsent=True), again(0.25)),
        (WRITE, 4, Failed(unsent=True), AWAY),
        (WRITE, 1, Failed(unsent=True, passing=False), HOPELESS),
    ],
)
def test_what_follows(is_read, attempt, outcome, decision):
    assert POLICY.decide(is_read, attempt, outcome) == decision


def test_pauses_grow_and_differ_from_thread_to_thread():
    pauses = [RetryPolicy().decide(READ, attempt, Failed()).pause for attempt in (1, 2, 3)]
    assert all(0.5 * longest <= pause <= longest for pause, longest in zip(pauses, (0.25, 0.5, 1.0)))
