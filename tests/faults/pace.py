# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A limit of 5 requests a second with a burst of 25, as nginx sets it in front of a Quay: 429 without Retry-After."""

from __future__ import annotations

import threading
import time
import typing as t

from tests.faults.bad_server import Wrong, serving
from tests.faults.case import Case, Options, Place, task

RATE, BURST = 5, 25
PAGE = b"<html><head><title>429 Too Many Requests</title></head><body><center>nginx</center></body></html>"
# Beyond the burst, and small enough to be done in half a minute.
REPOSITORIES, REPOSITORIES_SHORT = 60, 20


class Limit:
    """What nginx's limit_req does with ``burst`` and ``nodelay``."""

    def __init__(self) -> None:
        self._lock, self._excess, self._at = threading.Lock(), 0.0, time.monotonic()
        self.refused = 0

    def __call__(self, _method: str, _path: str) -> Wrong | None:
        with self._lock:
            now = time.monotonic()
            self._excess = max(0.0, self._excess - (now - self._at) * RATE)
            self._at = now
            if self._excess >= BURST:
                self.refused += 1
                return Wrong("429 Too Many Requests", PAGE, "text/html")
            self._excess += 1
            return None


def cases(short: bool) -> t.Iterator[Case]:
    """With one thread, and with several."""
    count = REPOSITORIES_SHORT if short else REPOSITORIES
    for workers in (1, 8):
        yield Case(f"an apply with workers: {workers}", lambda place, w=workers: limited(place, count, w))


def limited(place: Place, count: int, workers: int) -> str:
    """An apply comes through, and the limit was met."""
    from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import APPLY

    names = [{"name": f"repository{number}", "description": "x"} for number in range(count)]
    robots = [{"name": f"robot{number}"} for number in range(BURST)]
    document = {"organizations": [{"name": "payments", "repositories": names, "robots": robots}]}
    limit = Limit()
    with serving(place.emulator.url, limit) as url:
        options: Options = {**place.connection, "quay_host": url, "workers": workers, "document": document}
        result, message = task(APPLY, options)
    if result is None:
        return message[:400]
    again = task(APPLY, {**options, "quay_host": place.emulator.url})[0]
    if not again or again["changed"]:
        return "the next run changed something"
    return "" if limit.refused else "the limit was never met"
