# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: one pace for all threads that ask one server."""

from __future__ import annotations

import threading
import time
import typing as t

_FIRST_INTERVAL = 0.05
# A server that lets less than this through asks for longer pauses itself.
_LONGEST_INTERVAL = 0.4
_NEGLIGIBLE = 0.005
_RECOVERY = 0.95
_ONE_SLOWDOWN = 1.0


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
