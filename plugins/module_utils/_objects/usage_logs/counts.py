# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: Quay's own counts of usage logs."""

from __future__ import annotations

import typing as t
from collections import Counter

from ..._engine.operation import Context, inform
from ..._errors import BadInput, QuayError
from ..._text.times import this_second
from ..._usage.day import COUNT_IS_OFF
from ..._usage.query import SCOPE_SPEC, query
from ..._usage.stream import UsageLogs, each_day

Result = dict[str, t.Any]


def count(context: Context) -> Result:
    """Quay's counts by day and kind; raises ParentMissing without the organization or repository."""
    client, params = context.client, context.params
    now = this_second()
    wanted = query(params, now)
    if not wanted.countable:
        option = "performer" if wanted.performer else "repository"
        raise BadInput(
            option, params[option], f"Quay does not count by {option} for scope {wanted.scope}; remove the option"
        )
    logs = UsageLogs(client, wanted, now)
    found = {day.isoformat(): logs.counted(day) for day in each_day(logs.first, logs.last)}
    if None in found.values():
        # Where there is nothing to read at all, that is the reason.
        logs.first_page()
        raise QuayError(f"Could not count the usage logs: {COUNT_IS_OFF}.")
    logs.close()
    by_day = {day: dict(sorted(kinds.items())) for day, kinds in found.items() if kinds}
    by_kind = sum((Counter(kinds) for kinds in by_day.values()), Counter())
    totals = {day: sum(kinds.values()) for day, kinds in by_day.items()}
    counts = [{"day": day, "kind": kind, "count": n} for day, kinds in by_day.items() for kind, n in kinds.items()]
    return {
        "counts": counts,
        "by_day": totals,
        "by_kind": dict(sorted(by_kind.items())),
        "total": sum(totals.values()),
    }


COUNT = inform({**SCOPE_SPEC}, count, {"counts": [], "by_day": {}, "by_kind": {}, "total": 0})
