# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: one day of usage logs, read to its end, checked against Quay's own counts, and healed.

Quay loses entries where two share a time at the edge of a page (data/model/modelutil.py: the offset for them stays).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import typing as t
from collections import Counter
from dataclasses import dataclass, replace

from .._errors import ParentMissing, QuayError, Refused
from .._text.times import DAY, iso, parsed
from .client import Reader
from .listing import Listing
from .query import Entry, Query, parts

READINGS = 3
LATER_ENDS = 3
# A part of a day can only be checked by reading the rest of it too: worth up to 100 pages.
REST_WORTH_READING = 2000
COUNT_IS_OFF = "the server does not count usage logs (FEATURE_AGGREGATED_LOG_COUNT_RETRIEVAL is off)"
BEGINS_WITHIN = "the period begins within the day, and the other entries of the day are too many to count"


@dataclass(frozen=True)
class Window:
    """What to read of one day: its entries with since <= time < until, or until now where that is None.

    ``counted``: Quay's count by kind, None where there is none; that of a day which is not ``over`` may grow.
    ``before``: what an earlier run listed of the day before ``since``. ``limit``: wanted entries after which to stop.
    ``settle``: of a day that is read until now, the last moments that are left to a later run.
    """

    day: dt.date
    since: dt.datetime
    until: dt.datetime | None
    counted: Counter[str] | None
    over: bool
    before: Counter[str] | None = None
    limit: int | None = None
    settle: dt.timedelta = dt.timedelta()

    def tally(self, listing: Listing) -> Counter[str]:
        """What was listed of the day, by earlier runs too."""
        return listing.listed + (self.before or Counter())

    def agrees(self, listing: Listing) -> bool:
        """Whether ``listing`` is all that Quay counted."""
        return self.tally(listing) == self.counted if self.over else self.lacks_nothing(listing)

    def lacks_nothing(self, listing: Listing) -> bool:
        """Whether no kind has fewer entries than Quay counted."""
        return not (self.counted or Counter()) - self.tally(listing)


@dataclass
class Day:
    """One day read, up to ``until``: in a day that is read until now, that is known only afterwards.

    ``incomplete``: its listed and counted entries; ``unchecked``: those listed, and why no count.
    """

    window: Window
    listing: Listing
    until: dt.datetime
    incomplete: dict[str, t.Any] | None = None
    unchecked: dict[str, t.Any] | None = None


class DayReader:
    """Reads days of one query; safe for several threads."""

    def __init__(self, reader: Reader, query: Query, today: dt.date, folder: str | None = None) -> None:
        self._reader = reader
        self._query = query
        self._today = today
        self._folder = folder

    def read(self, window: Window) -> Day:
        """The day, healed where that is possible. Raises QuayError."""
        listing, until = self._list(window, self._query, window.day)
        if window.limit is not None and sum(listing.kept.values()) >= window.limit:
            return Day(window, listing, until)
        name, listed = window.day.isoformat(), sum(window.tally(listing).values())
        if window.counted is None or not listing.whole:
            reason = COUNT_IS_OFF if window.counted is None else BEGINS_WITHIN
            return Day(window, listing, until, unchecked={"day": name, "listed": listed, "reason": reason})
        if not window.agrees(listing):
            # Entries may have come, or been rotated away, between the count and the listing.
            counts = (self._reader.counts(self._query, window.day, window.day) or {}).get(window.day, Counter())
            window = replace(window, counted=counts)
            # Other readings end where the first one did.
            listing = self._healed(replace(window, until=until), listing)
        if window.agrees(listing):
            return Day(window, listing, until)
        listed, counted = sum(window.tally(listing).values()), sum((window.counted or Counter()).values())
        return Day(window, listing, until, {"day": name, "listed": listed, "counted": counted})

    def _list(self, window: Window, source: Query, last: dt.date) -> tuple[Listing, dt.datetime]:
        """The listing of the window, and where it ends."""
        for _dummy in range(READINGS):
            listing = Listing(self._folder)
            until = self._fill(listing, window, source, last)
            if until is not None:
                return listing, until
            listing.close()
        raise QuayError(
            f"Quay restarted the list of {window.day} {READINGS} times: its page tokens expire too soon. Run again, or "
            "read a shorter period."
        )

    def _fill(self, listing: Listing, window: Window, source: Query, last: dt.date) -> dt.datetime | None:
        """List the window to its end, which is returned; None if Quay restarted the list in the middle."""
        track = _Track(sum(window.counted.values()) if window.counted else 0)
        token: str | None = None
        until = window.until
        until_now = until is None
        while True:
            page = self._reader.page(source, window.day, None if until_now and last == window.day else last, token)
            if track.has_restarted(page["logs"]):
                return None
            if until is None:
                # Its own end is one day after the present, on the clock that also dates the entries.
                until = parsed(page["end_time"]) - DAY - window.settle if window.settle else _NEVER
            token = page.get("next_page")
            if self._take(listing, window, until, source, page["logs"]) or not token or not page["logs"]:
                return until

    def _take(self, listing: Listing, window: Window, until: dt.datetime, source: Query, entries: list[Entry]) -> bool:
        """Add a page; whether that was enough."""
        total = None if window.counted is None else sum(window.counted.values())
        for entry in entries:
            time = parsed(entry["datetime"])
            if time.date() != window.day or not source.counts(entry["kind"]):
                continue
            within = window.since <= time < until
            if time < window.since:
                if window.before is not None:
                    return True
                if total is None or total - len(listing) > REST_WORTH_READING:
                    listing.whole = False
                    return True
            entry["datetime_iso"] = iso(time)
            if source.stamp:
                entry["namespace"] = source.stamp
            listing.add(entry, time, within and self._query.wants(entry))
        if window.limit is not None and sum(listing.kept.values()) >= window.limit:
            return True
        return window.over and total is not None and sum(window.tally(listing).values()) >= total

    def _healed(self, window: Window, listing: Listing) -> Listing:
        """The union of several readings, until the counts agree."""
        if window.lacks_nothing(listing):
            return listing
        for other in self._other_readings(window, listing):
            merged = listing.merged(other)
            other.close()
            listing.close()
            listing = merged
            if window.lacks_nothing(listing):
                break
        return listing

    def _other_readings(self, window: Window, listing: Listing) -> t.Iterator[Listing]:
        """Later end dates move the page edges by the number of newer entries; parts of a day have their own."""
        later = [window.day + number * DAY for number in range(1, LATER_ENDS + 1)]
        later = [day for day in later if day <= self._today and self._reader.counts(self._query, day, day)]
        readings = [(self._query, day) for day in later]
        readings[1:1] = [(part, window.day) for part in parts(self._query, listing.entries())]
        for source, last in readings:
            # A part may be deleted meanwhile, or not for this account: others may do.
            with contextlib.suppress(Refused, ParentMissing):
                yield self._list(window, source, last)[0]


class _Track:
    """Notices the first page in the middle of a list: Quay takes an expired page token for none."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._seen = 0
        self._first: list[Entry] = []
        self._oldest: dt.datetime | None = None

    def has_restarted(self, entries: list[Entry]) -> bool:
        """Take one more page; whether it is the first one again.

        Equal entries are legal, so only the time tells, and the count within one second.
        """
        if not entries:
            return False
        newest, oldest = parsed(entries[0]["datetime"]), self._oldest
        if oldest is None:
            self._first = [dict(entry) for entry in entries]
        else:
            first_again = newest > oldest and newest >= parsed(self._first[0]["datetime"])
            if first_again or (entries == self._first and self._seen >= self._total):
                return True
        self._oldest = parsed(entries[-1]["datetime"])
        self._seen += len(entries)
        return False


_NEVER = dt.datetime.max.replace(tzinfo=dt.timezone.utc)
