# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: an export of usage logs, which a cut can't spoil and a later run can continue."""

from __future__ import annotations

import datetime as dt
import json
import os
import typing as t
from collections import Counter
from dataclasses import asdict, dataclass, field

from .._errors import QuayError
from .._text.times import DAY, iso, midnight, moment
from .day import Day
from .output import Output
from .query import Query

# An entry may be dated a moment before it can be read.
SETTLE = dt.timedelta(seconds=2)
_SAME_WORK = DAY


@dataclass
class Progress:
    """What was exported, and where it goes on; kept in ``dest.checkpoint``.

    ``wish`` tells the export apart from others. The next entry is of ``since`` or later; ``before`` counts what the
    day of ``since`` had before it, by kind. ``size``: bytes of dest.partial.
    """

    wish: str
    began: str
    since: str
    saved: str = ""
    before: dict[str, int] | None = None
    size: int | None = None
    finished: bool = False
    by_kind: dict[str, int] = field(default_factory=dict)
    by_day: dict[str, int] = field(default_factory=dict)
    first_time: str | None = None
    last_time: str | None = None
    incomplete_days: list[dict[str, t.Any]] = field(default_factory=list)
    unchecked_days: list[dict[str, t.Any]] = field(default_factory=list)

    def take(self, day: Day) -> None:
        """Count a day that is written."""
        name, listing = day.window.day.isoformat(), day.listing
        kept = sum(listing.kept.values())
        if kept:
            self.by_day[name] = self.by_day.get(name, 0) + kept
            self.by_kind = dict(sorted((Counter(self.by_kind) + listing.kept).items()))
            self.first_time = self.first_time or _time(listing.oldest)
            self.last_time = _time(listing.newest)
        if day.incomplete:
            self.incomplete_days.append(day.incomplete)
        if day.unchecked:
            self.unchecked_days.append(day.unchecked)
        self._pass_by(day)

    def _pass_by(self, day: Day) -> None:
        until, tomorrow = t.cast("dt.datetime", day.window.until), midnight(day.window.day) + DAY
        if until >= tomorrow:
            self.since, self.before = iso(tomorrow), None
            return
        listed = Counter(entry["kind"] for entry in day.listing.entries() if entry["datetime_iso"] < iso(until))
        whole = not day.unchecked and not day.incomplete
        self.since, self.before = iso(until), dict(listed + (day.window.before or Counter())) if whole else None


def _time(second: int | None) -> str | None:
    return None if second is None else iso(dt.datetime.fromtimestamp(second, dt.timezone.utc))


class Checkpoint:
    """The file beside ``dest`` that remembers the progress."""

    def __init__(self, dest: str) -> None:
        self._dest, self._path = dest, f"{dest}.checkpoint"

    def save(self, progress: Progress, now: dt.datetime) -> None:
        """Write it whole or not at all."""
        progress.saved = iso(now)
        with open(f"{self._path}.new", "w", encoding="utf-8") as file:
            json.dump(asdict(progress), file)
        os.replace(f"{self._path}.new", self._path)

    def remove(self) -> None:
        """Forget."""
        if os.path.exists(self._path):
            os.unlink(self._path)

    def start(self, wish: str, query: Query, append: bool, now: dt.datetime) -> Progress:
        """Where this run begins: after a cut, after the last export, or anew."""
        fresh = Progress(wish, iso(query.start), iso(query.start))
        found = self._load()
        if append and os.path.exists(self._dest) and (found is None or found.wish != wish):
            raise QuayError(
                f"{self._dest} is there, and {self._path} does not tell where an export with these options ended: "
                "give the name of a new file, or remove this one."
            )
        if found is None or found.wish != wish:
            return fresh
        if found.finished:
            # What was exported once is not this run's work.
            going_on = Progress(wish, found.since, found.since, before=found.before)
            return going_on if append else fresh
        same_period = found.began == iso(query.start) or now - moment(found.saved, now) < _SAME_WORK
        return found if (append or same_period) and self._partial_is_good(found) else fresh

    def _partial_is_good(self, found: Progress) -> bool:
        partial = f"{self._dest}.partial"
        return found.size is None or (os.path.exists(partial) and os.path.getsize(partial) >= found.size)

    def _load(self) -> Progress | None:
        try:
            with open(self._path, encoding="utf-8") as file:
                return Progress(**json.load(file))
        except (OSError, ValueError, TypeError):
            return None


def write(days: t.Iterable[Day], progress: Progress, output: Output, checkpoint: Checkpoint, now: dt.datetime) -> None:
    """Write day after day, each remembered when it is written."""
    for day in days:
        if day.listing.kept:
            output.add(day.listing.oldest_first())
        progress.take(day)
        day.listing.close()
        progress.size = output.size
        checkpoint.save(progress, now)
