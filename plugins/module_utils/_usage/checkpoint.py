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
from .._output_file import OutputFile
from .._text.times import DAY, iso, midnight, moment
from .day import Day
from .lock import open_plain
from .output import Output
from .query import Query

# An entry may be dated a moment before it can be read.
SETTLE = dt.timedelta(seconds=2)
_SAME_WORK = DAY
# A line a day for centuries.
_LARGEST = 16 * 1024 * 1024


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
        until, tomorrow = day.until, midnight(day.window.day) + DAY
        if until >= tomorrow:
            self.since, self.before = iso(tomorrow), None
            return
        listed = Counter(entry["kind"] for entry in day.listing.entries() if entry["datetime_iso"] < iso(until))
        whole = not day.unchecked and not day.incomplete
        self.since, self.before = iso(until), dict(listed + (day.window.before or Counter())) if whole else None


def _time(second: int | None) -> str | None:
    return None if second is None else iso(dt.datetime.fromtimestamp(second, dt.timezone.utc))


class Checkpoint:
    """The file next to the exported one that remembers the progress."""

    def __init__(self, dest: str) -> None:
        self._dest, self._path = dest, f"{dest}.checkpoint"

    def save(self, progress: Progress, now: dt.datetime) -> None:
        """Write it whole or not at all. Raises QuayError."""
        progress.saved = iso(now)
        OutputFile(self._path, self._path).write(json.dumps(asdict(progress)), 0o600)

    def remove(self) -> None:
        """Delete the file, if there is one. Raises OSError."""
        if os.path.exists(self._path):
            os.unlink(self._path)

    def start(self, wish: str, query: Query, append: bool, now: dt.datetime) -> Progress:
        """Where this run begins: after a cut, after the last export, or from the start. Raises QuayError."""
        fresh = Progress(wish, iso(query.start), iso(query.start))
        found = self._load()
        if append and os.path.exists(self._dest) and (found is None or found.wish != wish):
            raise QuayError(
                f"{self._dest}: exists, and {self._path} does not show where an export with these options ended. "
                "Set dest to the name of a new file, or remove this one."
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
        """What was saved, None where nothing was. Raises QuayError for a file of something else."""
        if not os.path.lexists(self._path):
            return None
        try:
            with os.fdopen(open_plain(self._path, os.O_RDONLY), "rb") as file:
                progress = Progress(**json.loads(file.read(_LARGEST)))
            _check(progress)
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise QuayError(
                f"{self._path}: not the checkpoint of an export. Remove it to export from the beginning."
            ) from None
        return progress


def _check(progress: Progress) -> None:
    """Raise ValueError, TypeError or AttributeError for values that no export saves."""
    for time in (progress.began, progress.since, progress.saved):
        dt.datetime.fromisoformat(time.replace("Z", "+00:00"))
    counts = [progress.by_kind, progress.by_day, progress.before or {}]
    numbers = [*(number for count in counts for number in count.values()), progress.size or 0]
    days = [*(day.keys() >= {"day", "listed", "counted"} for day in progress.incomplete_days)]
    days += [day.keys() >= {"day", "listed", "reason"} for day in progress.unchecked_days]
    if not all(isinstance(number, int) and number >= 0 for number in numbers) or not all(days):
        raise ValueError("a count is a whole number, and a day has a name and counts")


def write(days: t.Iterable[Day], progress: Progress, output: Output, checkpoint: Checkpoint, now: dt.datetime) -> None:
    """Write day after day, each remembered when it is written. Raises QuayError, OSError, and what ``days`` raises."""
    for day in days:
        if day.listing.kept:
            output.add(day.listing.oldest_first())
        progress.take(day)
        day.listing.close()
        progress.size = output.size
        checkpoint.save(progress, now)
