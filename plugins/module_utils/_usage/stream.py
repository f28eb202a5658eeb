# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the stream of usage logs, day by day, each entry once.

Quay takes whole days only (quay endpoints/api/logs.py), so each day is a list of its own, read by one of several
threads; what the period leaves out of a day is filtered here.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import typing as t
from collections import Counter, deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from .._client.client import QuayClient
from .._text.times import DAY, iso, midnight, parsed
from .client import Counts, Reader
from .day import Day, DayReader, Window
from .query import Entry, Query

PAGE = 20
# A day is over when it is over on a server whose clock is behind ours, too.
CLOCK_SKEW = dt.timedelta(minutes=10)
Task = t.TypeVar("Task")
Done = t.TypeVar("Done")


class UsageLogs:
    """The entries of one query, by days; ``before`` is what an earlier run listed of the first one."""

    def __init__(
        self,
        client: QuayClient,
        query: Query,
        now: dt.datetime,
        folder: str | None = None,
        before: Counter[str] | None = None,
        settle: dt.timedelta = dt.timedelta(),
    ) -> None:
        self.reader = Reader(client)
        self._query, self._now = query, now
        self._days = DayReader(self.reader, query, now.date(), folder)
        self._before, self._settle = before, settle
        self._months: dict[dt.date, Counts | None] = {}
        self.first = query.start.date()
        self.last = (now if query.end is None else query.end - dt.timedelta(seconds=1)).date()

    def close(self) -> None:
        """Drop all connections."""
        self.reader.close()

    def days(self, workers: int) -> t.Iterator[Day]:
        """All days that have entries, oldest first, several at a time. Raises QuayError."""
        yield from in_order(self._windows(), self._days.read, workers, self.reader.stopped.set)

    def newest(self, workers: int) -> t.Iterator[Day]:
        """The same, newest first. Raises QuayError."""
        yield from in_order(self._windows(newest_first=True), self._days.read, workers, self.reader.stopped.set)

    def latest(self, limit: int) -> t.Iterator[Day]:
        """Days, newest first and one after the other, until they have ``limit`` wanted entries. Raises QuayError."""
        for window in self._windows(newest_first=True):
            day = self._days.read(replace(window, limit=limit))
            yield day
            limit -= sum(day.listing.kept.values())
            if limit <= 0:
                return

    def first_page(self) -> list[Entry]:
        """The wanted entries of the newest page of the period: one request. Raises QuayError."""
        page = self.reader.page(self._query, self.first, None if self._query.end is None else self.last)
        found = []
        for entry in page["logs"]:
            time = parsed(entry["datetime"])
            if self._query.start <= time and (self._query.end is None or time < self._query.end):
                found += [{**entry, "datetime_iso": iso(time)}] if self._query.wants(entry) else []
        return found

    def counted(self, day: dt.date) -> Counter[str] | None:
        """Quay's own count of a day by kind, None where it has none; read by months. Raises QuayError."""
        month = day.replace(day=1)
        if month not in self._months:
            if not self._months:
                self.reader.prove_performer(self._query, self.last)
            end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
            self._months[month] = self.reader.counts(self._query, max(month, self.first), min(end, self.last))
        found = self._months[month]
        return None if found is None else found.get(day, Counter())

    def _windows(self, newest_first: bool = False) -> t.Iterator[Window]:
        for day in each_day(self.first, self.last, newest_first):
            counted, over = self.counted(day), midnight(day) + DAY <= self._now - CLOCK_SKEW
            if over and counted is not None and not counted:
                continue
            since, until = max(midnight(day), self._query.start), self._query.end
            before = self._before if day == self.first else None
            if until is None and day != self.last:
                until = midnight(day) + DAY
            yield Window(day, since, until, counted, over, before, settle=self._settle)


def each_day(first: dt.date, last: dt.date, newest_first: bool = False) -> t.Iterator[dt.date]:
    """The days from ``first`` to ``last``, both included."""
    for number in range((last - first).days + 1):
        yield last - number * DAY if newest_first else first + number * DAY


def in_order(
    tasks: t.Iterable[Task], work: t.Callable[[Task], Done], workers: int, stop: t.Callable[[], t.Any]
) -> t.Iterator[Done]:
    """``work`` of each task, in the order of the tasks, by ``workers`` threads that have ended when this ends.

    Raises what ``work`` raises. If it ends early, it calls ``stop`` and cancels the rest.
    """
    under_way: deque[Future[Done]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for task in tasks:
                under_way.append(pool.submit(work, task))
                # Some are done ahead, so that no thread waits for the slowest; not all, since they take room.
                if len(under_way) > 2 * workers:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            if under_way:
                stop()
                for future in under_way:
                    future.cancel()


def entries(day: Day) -> t.Iterator[Entry]:
    """The wanted entries of a day, newest first."""
    return map(json.loads, day.listing.newest_first())


def incomplete_message(days: t.Sequence[t.Mapping[str, t.Any]]) -> str:
    """The message about incomplete days, with figures; empty where there are none."""
    figures = ", ".join(f"{day['day']} ({day['listed']} listed, {day['counted']} counted)" for day in days)
    cause = "Quay's lists lose entries that share a time at the edge of a page, and reading again found no more"
    return f"Usage logs are incomplete on {figures}: {cause}." if days else ""


def unchecked_message(days: t.Sequence[t.Mapping[str, t.Any]]) -> str:
    """The message about days that could not be held against a count; empty where there are none."""
    if not days:
        return ""
    which = days[0]["day"] if len(days) == 1 else f"{len(days)} days ({days[0]['day']} to {days[-1]['day']})"
    reasons = "; ".join(dict.fromkeys(day["reason"] for day in days))
    listed = sum(day["listed"] for day in days)
    return f"Could not verify that the usage logs of {which} are complete ({listed} listed): {reasons}."
