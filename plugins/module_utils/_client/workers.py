# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: many threads ask one server, each over connections of its own, at one common pace."""

from __future__ import annotations

import collections
import threading
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor

from .._errors import BadInput
from .client import QuayClient
from .transport import Transport

MOST_WORKERS = 32
Item = t.TypeVar("Item")
Done = t.TypeVar("Done")
_FIRST_INTERVAL = 0.05
# A server that lets less than this through asks for longer pauses itself.
_LONGEST_INTERVAL = 0.4
_NEGLIGIBLE = 0.005
_RECOVERY = 0.95
_ONE_SLOWDOWN = 1.0
_TELL_EVERY = 2.0


class Pace:
    """Half as fast each time the server wants a pause, and a little faster with each request after that."""

    def __init__(
        self, clock: t.Callable[[], float] = time.monotonic, sleep: t.Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self.interval = 0.0
        self._next = 0.0
        self._slowed = float("-inf")

    def wait(self) -> None:
        """Wait for the turn of one more request."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self.interval = self.interval * _RECOVERY if self.interval > _NEGLIGIBLE else 0.0
            self._next = turn + self.interval
        if turn > now:
            self._sleep(turn - now)

    def back_off(self, seconds: float) -> None:
        """Pause for ``seconds``, and all others with it; the ``pause`` of a Transport."""
        with self._lock:
            now = self._clock()
            # All threads meet the same limit at once; that is one reason to slow down, not one for each.
            if now - self._slowed > _ONE_SLOWDOWN:
                self._slowed = now
                self.interval = min(max(2 * self.interval, _FIRST_INTERVAL), _LONGEST_INTERVAL)
            self._next = max(self._next, now + seconds)
        self._sleep(seconds)


class Progress:
    """Counts what threads have done, and tells it every two seconds at most; ``text`` has ``{}`` for the number."""

    def __init__(self, tell: t.Callable[[str], None], text: str, clock: t.Callable[[], float] = time.monotonic) -> None:
        self._tell, self._text, self._clock = tell, text, clock
        self._lock = threading.Lock()
        self._done, self._told = 0, clock()

    def count(self) -> None:
        """One more is done."""
        with self._lock:
            self._done += 1
            now = self._clock()
            if now - self._told >= _TELL_EVERY:
                self._told = now
                self._tell(self._text.format(self._done))


def check_workers(number: int) -> None:
    """Hold the option workers against its bounds; raises BadInput."""
    if not 1 <= number <= MOST_WORKERS:
        raise BadInput("workers", number, f"use 1 to {MOST_WORKERS}")


class OwnClients:
    """A client for each thread that asks for one; credentials, published configuration and pace are common."""

    def __init__(self, lead: QuayClient) -> None:
        self._lead = lead
        self._pace = Pace()
        self._own = threading.local()
        self._transports: list[Transport] = []

    @property
    def client(self) -> QuayClient:
        """The client of the calling thread."""
        if not hasattr(self._own, "client"):
            transport = Transport(self._lead.transport.endpoint, pause=self._pace.back_off, before_each=self._pace.wait)
            self._own.client = self._lead.twin(transport)
            self._transports.append(transport)
        return t.cast("QuayClient", self._own.client)

    def close(self) -> None:
        """Drop the connections of all threads, which must have ended."""
        for transport in self._transports:
            transport.close()


class Workers(OwnClients):
    """A pool of ``number`` threads with their clients. Raises BadInput for a number that ``check_workers`` refuses."""

    def __init__(self, lead: QuayClient, number: int) -> None:
        super().__init__(lead)
        check_workers(number)
        self._number = number
        self._pool = ThreadPoolExecutor(number)

    def each(self, work: t.Callable[[Item], Done], items: t.Sequence[Item]) -> list[Done]:
        """``work`` of each item, in the order of the items; once one has failed, none is begun. Raises its error."""
        waiting = collections.deque(enumerate(items))
        done: dict[int, Done] = {}

        def take(_thread: int) -> None:
            # One future a thread instead of one an item: most items are answered from a list, in no time.
            while waiting:
                try:
                    number, item = waiting.popleft()
                except IndexError:  # another thread was faster
                    return
                try:
                    done[number] = work(item)
                except BaseException:
                    waiting.clear()
                    raise

        list(self._pool.map(take, range(self._number)))
        return [done[number] for number in range(len(items))]

    def close(self) -> None:
        """Wait for the threads, and drop their connections."""
        self._pool.shutdown()
        super().close()
