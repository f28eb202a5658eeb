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
from ..._text.times import midnight, moment, this_second
from ..._usage.checkpoint import SETTLE, Checkpoint, Progress, write
from ..._usage.day import Day
from ..._usage.output import Output, check_dest, tally
from ..._usage.query import STREAM_SPEC, Query, query
from ..._usage.stream import UsageLogs, each_day, told, unchecked

Result = dict[str, t.Any]
FIGURES = ("by_kind", "by_day", "first_time", "last_time", "incomplete_days", "unchecked_days")


def export(context: Context) -> Result:
    """Write the entries to ``dest``, oldest first; in check mode tell by Quay's counts what would be written."""
    params, now = context.params, this_second()
    dest, append = os.path.join(context.basedir, params["dest"]), params["append"]
    wanted = query(params, now)
    check_dest(dest)
    checkpoint = Checkpoint(dest)
    progress = checkpoint.start(_wish(context, append), wanted, append, now)
    since = moment(progress.since, now)
    logs = None
    if since < (wanted.end or now):
        before = None if progress.before is None else Counter(progress.before)
        settle = SETTLE if append else dt.timedelta()
        wanted = replace(wanted, start=since)
        logs = UsageLogs(context.client, wanted, now, os.path.dirname(dest), before, settle)
    if context.check_mode:
        return _predicted(context, logs, wanted, progress, dest)
    output = Output(dest, append, progress.size)
    try:
        days = logs.days(params["workers"]) if logs else ()
        write(_allowed(days, params["allow_incomplete"]), progress, output, checkpoint, now)
        changed = output.commit()
    finally:
        output.close()
        if logs:
            logs.close()
    _finish(checkpoint, progress, append, now)
    for sentence in [told(progress.incomplete_days), unchecked(progress.unchecked_days)]:
        if sentence:
            context.warn(sentence)
    return {**_figures(progress), "changed": changed, "file": dest, "requests": logs.reader.requests if logs else 0}


def _allowed(days: t.Iterable[Day], allow_incomplete: bool) -> t.Iterator[Day]:
    for day in days:
        if day.incomplete and not allow_incomplete:
            cure = "allow_incomplete: true exports what was found"
            raise QuayError(f"{told([day.incomplete])[:-1]}; {cure}.", {"incomplete_days": [day.incomplete]})
        yield day


def _finish(checkpoint: Checkpoint, progress: Progress, append: bool, now: dt.datetime) -> None:
    if append:
        checkpoint.save(replace(progress, finished=True, size=None), now)
    else:
        checkpoint.remove()


def _figures(progress: Progress) -> Result:
    return {"entries": sum(progress.by_day.values()), **{name: getattr(progress, name) for name in FIGURES}}


def _predicted(context: Context, logs: UsageLogs | None, wanted: Query, progress: Progress, dest: str) -> Result:
    """By Quay's counts, which know no part of a day and not every filter: null where they cannot tell."""
    append = context.params["append"]
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
            context.warn(str(missing))
    if append:
        changed = not os.path.exists(dest) or not known or bool(days)
    else:
        changed = not known or tally(dest) != (kinds, days)
    entries, by_kind, by_day = (sum(days.values()), dict(sorted(kinds.items())), dict(days)) if known else (None,) * 3
    return {"changed": changed, "file": dest, "entries": entries, "by_kind": by_kind, "by_day": by_day}


def _wish(context: Context, append: bool) -> str:
    """What tells one export from another; a continued one has no fixed period."""
    names = [name for name in STREAM_SPEC if name != "workers"]
    options = {name: context.params[name] for name in names if not (append and name in ("starttime", "endtime"))}
    return json.dumps({**options, "host": context.client.transport.endpoint.url, "append": append}, sort_keys=True)


EXPORT = Operation(
    {
        "dest": {"type": "path", "required": True},
        "append": {"type": "bool", "default": False},
        "allow_incomplete": {"type": "bool", "default": False},
        **STREAM_SPEC,
    },
    export,
)
