# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: usage logs as a file."""

from __future__ import annotations

import datetime as dt
import json
import os
import typing as t
from collections import Counter
from dataclasses import replace

from ..._engine.operation import Context, Operation
from ..._errors import ParentMissing, QuayError
from ..._output_file import reported
from ..._text.times import midnight, moment, this_second
from ..._usage.checkpoint import SETTLE, Checkpoint, Progress, write
from ..._usage.day import Day
from ..._usage.lock import locked
from ..._usage.output import Output, destination, tally
from ..._usage.query import STREAM_SPEC, Query, query
from ..._usage.stream import UsageLogs, each_day, incomplete_message, unchecked_message

Result = dict[str, t.Any]
FIGURES = ("by_kind", "by_day", "first_time", "last_time", "incomplete_days", "unchecked_days")


def export(context: Context) -> Result:
    """Write the entries to ``dest``, oldest first; in check mode report by Quay's counts what would be written.

    Raises QuayError.
    """
    now = this_second()
    work = _Work(context, now, query(context.params, now))
    with reported(work.target.shown):
        if context.check_mode:
            return work.predicted()
        # Before the checkpoint is read: another export may be about to end.
        with locked(work.target.path):
            return work.exported()


class _Work:
    """One export at the time ``now``; made, it has sent and written nothing."""

    def __init__(self, context: Context, now: dt.datetime, wanted: Query) -> None:
        self._context, self._now, self._query = context, now, wanted
        self._append = bool(context.params["append"])
        self.target = destination(os.path.join(context.basedir, context.params["dest"]))
        self._checkpoint = Checkpoint(self.target.path)

    def exported(self) -> Result:
        """Write the file; the result."""
        params, now, shown = self._context.params, self._now, self.target.shown
        progress, _wanted, logs = self._started()
        output = Output(self.target, self._append, progress.size)
        try:
            days = logs.days(params["workers"]) if logs else ()
            write(_allowed(days, params["allow_incomplete"]), progress, output, self._checkpoint, now)
            changed = output.commit()
        finally:
            output.close()
            if logs:
                logs.close()
        _finish(self._checkpoint, progress, self._append, now)
        for message in [incomplete_message(progress.incomplete_days), unchecked_message(progress.unchecked_days)]:
            if message:
                self._context.warn(message)
        return {
            **_figures(progress),
            "changed": changed,
            "file": shown,
            "requests": logs.reader.requests if logs else 0,
        }

    def _started(self) -> tuple[Progress, Query, UsageLogs | None]:
        """Where to go on, what is still wanted, and the stream of it; None where nothing is."""
        now, append = self._now, self._append
        progress = self._checkpoint.start(_wish(self._context, append), self._query, append, now)
        since = moment(progress.since, now)
        if since >= (self._query.end or now):
            return progress, self._query, None
        before = None if progress.before is None else Counter(progress.before)
        settle = SETTLE if append else dt.timedelta()
        wanted = replace(self._query, start=since)
        folder = os.path.dirname(self.target.path)
        return progress, wanted, UsageLogs(self._context.client, wanted, now, folder, before, settle)

    def predicted(self) -> Result:
        """By Quay's counts, which know no part of a day and not every filter: null where they are no answer."""
        progress, wanted, logs = self._started()
        kinds, days = Counter(progress.by_kind), Counter(progress.by_day)
        parts = [time for time in (wanted.start, wanted.end) if time and time != midnight(time.date())]
        known = wanted.countable and (not parts or (progress.before is not None and parts == [wanted.start]))
        for day in each_day(logs.first, logs.last) if logs else ():
            counted = logs.counted(day) if logs else None
            known = known and counted is not None
            counted = (counted or Counter()) - Counter(progress.before if day == wanted.start.date() else None)
            kinds, days[day.isoformat()] = kinds + counted, days[day.isoformat()] + sum(counted.values())
        days += Counter()
        if logs and not known:
            try:
                logs.first_page()
            except ParentMissing as missing:
                # In a play that would have made it by now, this is no failure.
                self._context.warn(str(missing))
        if self._append:
            changed = not os.path.exists(self.target.path) or not known or bool(days)
        else:
            changed = not known or tally(self.target) != (kinds, days)
        figures = (sum(days.values()), dict(sorted(kinds.items())), dict(days)) if known else (None,) * 3
        return {
            "changed": changed,
            "file": self.target.shown,
            **dict(zip(("entries", "by_kind", "by_day"), figures)),
        }


def _allowed(days: t.Iterable[Day], allow_incomplete: bool) -> t.Iterator[Day]:
    for day in days:
        if day.incomplete and not allow_incomplete:
            fix = "Set allow_incomplete to true to export what was found"
            raise QuayError(f"{incomplete_message([day.incomplete])} {fix}.", {"incomplete_days": [day.incomplete]})
        yield day


def _finish(checkpoint: Checkpoint, progress: Progress, append: bool, now: dt.datetime) -> None:
    if append:
        checkpoint.save(replace(progress, finished=True, size=None), now)
    else:
        checkpoint.remove()


def _figures(progress: Progress) -> Result:
    return {"entries": sum(progress.by_day.values()), **{name: getattr(progress, name) for name in FIGURES}}


def _wish(context: Context, append: bool) -> str:
    """What tells one export from another; a continued one has no fixed period."""
    names = [name for name in STREAM_SPEC if name != "workers"]
    options = {name: context.params[name] for name in names if not (append and name in ("starttime", "endtime"))}
    return json.dumps({**options, "host": context.client.transport.endpoint.url, "append": append}, sort_keys=True)


EXPORT_USAGE_LOGS = Operation(
    {
        "dest": {"type": "path", "required": True},
        "append": {"type": "bool", "default": False},
        "allow_incomplete": {"type": "bool", "default": False},
        **STREAM_SPEC,
    },
    export,
)
