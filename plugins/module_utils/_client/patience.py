# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: how often a request is sent, and how much an answer may take of time and bytes."""

from __future__ import annotations

import enum
import http.client
import io
import random
import socket
import time
import typing as t
from dataclasses import dataclass

GATEWAY_TROUBLE = (502, 503, 504)
LARGEST_BODY = 16 * 1024 * 1024
# How much longer than each of its parts an answer may take as a whole.
WHOLE_ANSWER = 10
# What only tests may change: the random factor of a pause.
Jitter = t.Callable[[], float]


class Answered(t.NamedTuple):
    """The server answered; ``retry_after``: seconds that it asks to wait, None if it does not say."""

    status: int
    is_json: bool = True
    retry_after: float | None = None


class Failed(t.NamedTuple):
    """No answer came. ``unsent``: the server surely did not take the request. ``passing``: it may work next time."""

    unsent: bool = False
    passing: bool = True


class Verdict(enum.Enum):
    """What follows from an attempt."""

    TAKE = "take the answer"
    REPEAT = "send the request again"
    LOST = "a write may have been carried out or not"
    AWAY = "the server stays away"
    HOPELESS = "another attempt cannot help"


class Decision(t.NamedTuple):
    """``pause``: seconds to wait before a repetition."""

    verdict: Verdict
    pause: float = 0.0


@dataclass(frozen=True)
class RetryPolicy:
    """Reads are repeated after any trouble that may pass; writes only if the server surely did not take them.

    ``tries_when_limited``: a server that limits its rate does so on purpose, so be more patient than with one that
    is down. ``longest_pause`` in seconds.
    """

    tries: int = 4
    tries_when_limited: int = 10
    longest_pause: float = 30.0
    jitter: Jitter = lambda: random.uniform(0.5, 1.0)

    def decide(self, is_read: bool, attempt: int, outcome: Answered | Failed) -> Decision:
        """What to do after attempt number ``attempt``, counted from 1."""
        if isinstance(outcome, Failed):
            return self._after_failure(is_read, attempt, outcome)
        if outcome.status == 429:
            return self._when_limited(is_read, attempt, outcome)
        if outcome.status in GATEWAY_TROUBLE and not outcome.is_json:
            if not is_read:
                return Decision(Verdict.LOST)
            if attempt < self.tries:
                return self._again(attempt, outcome.retry_after)
        # Quay fails so if something is deleted while it reads it.
        if outcome.status == 500 and is_read and attempt == 1:
            return self._again(attempt, outcome.retry_after)
        return Decision(Verdict.TAKE)

    def _after_failure(self, is_read: bool, attempt: int, outcome: Failed) -> Decision:
        if not is_read and not outcome.unsent:
            return Decision(Verdict.LOST)
        if not outcome.passing:
            return Decision(Verdict.HOPELESS)
        return self._again(attempt, None) if attempt < self.tries else Decision(Verdict.AWAY)

    def _when_limited(self, is_read: bool, attempt: int, outcome: Answered) -> Decision:
        left = self.tries_when_limited - attempt
        # The application itself is out of room: a limit of rate says when to come back, or comes as a page.
        is_full = outcome.is_json and outcome.retry_after is None
        too_long = (outcome.retry_after or 0.0) > self.longest_pause * left
        if left <= 0 or too_long or (is_full and not is_read):
            return Decision(Verdict.TAKE)
        return self._again(attempt, outcome.retry_after)

    def _again(self, attempt: int, asked: float | None) -> Decision:
        backoff = min(0.25 * 2 ** (attempt - 1), self.longest_pause) * self.jitter()
        return Decision(Verdict.REPEAT, min(asked, self.longest_pause) if asked else backoff)


class TooLarge(Exception):
    """The body of an answer is larger than LARGEST_BODY."""


class Deadline:
    """The moment by which the present answer must be complete, in time of ``time.monotonic``."""

    def __init__(self) -> None:
        self._at = float("inf")

    def set(self, seconds: float) -> None:
        """It is ``seconds`` from now."""
        self._at = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        """Whether the answer took too long."""
        return time.monotonic() >= self._at

    def adapter(self) -> t.Any:
        """An HTTPAdapter of requests that raises a timeout wherever an answer is read after the deadline."""
        from requests.adapters import HTTPAdapter

        deadline = self

        class Response(http.client.HTTPResponse):
            def __init__(self, sock: socket.socket, *arguments: t.Any, **options: t.Any) -> None:
                super().__init__(sock, *arguments, **options)
                self.fp = io.BufferedReader(_Timed(self.fp.detach(), deadline))

        def timed(pool: t.Any) -> t.Any:
            connection = type(pool.ConnectionCls.__name__, (pool.ConnectionCls,), {"response_class": Response})
            return type(pool.__name__, (pool,), {"ConnectionCls": connection})

        def teach(manager: t.Any) -> None:
            pools = manager.pool_classes_by_scheme
            manager.pool_classes_by_scheme = {scheme: timed(pool) for scheme, pool in pools.items()}

        class Adapter(HTTPAdapter):
            def init_poolmanager(self, *arguments: t.Any, **options: t.Any) -> None:
                super().init_poolmanager(*arguments, **options)
                teach(self.poolmanager)

            def proxy_manager_for(self, proxy: str, **options: t.Any) -> t.Any:
                is_new = proxy not in self.proxy_manager
                manager = super().proxy_manager_for(proxy, **options)
                if is_new:
                    teach(manager)
                return manager

        return Adapter()


class _Timed(io.RawIOBase):
    """A socket's file that nothing is read from after the deadline."""

    def __init__(self, raw: t.Any, deadline: Deadline) -> None:
        self._raw, self._deadline = raw, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any) -> int | None:
        if self._deadline.is_over:
            raise socket.timeout("the answer is not complete")
        return t.cast("int | None", self._raw.readinto(buffer))

    def fileno(self) -> int:
        return t.cast("int", self._raw.fileno())

    def close(self) -> None:
        self._raw.close()
        super().close()
