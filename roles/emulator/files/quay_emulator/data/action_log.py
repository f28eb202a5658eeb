# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action log (usage log): entries in order of time, found by scope, counted by day.

Pages behave as those of the real server with a database: it reads a newest table and then two old ones,
so after the last entry comes one more page, and it loses entries when two of them share a time.
"""

from __future__ import annotations

import bisect
import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from .models import Namespace, Repository

PAGE_SIZE = 20
DAY = 86400
# What the page token says once the newest table is used up.
NEXT_TABLE = {"tti": 1}


@dataclass(eq=False)
class Entry:
    kind: str
    time: float
    namespace: Namespace | None
    performer: Namespace | None = None
    repository: Repository | None = None
    ip: str | None = None
    metadata: dict = field(default_factory=dict)

    def scopes(self) -> list:
        """The lists that it is in."""
        found = [None, self.namespace, (self.namespace, self.performer)]
        return found if self.repository is None else [*found, self.repository]


class Rows:
    """Entries of one scope as (time, number, entry), oldest first, with their counts by day and kind."""

    def __init__(self):
        self.rows: list[tuple[float, int, Entry]] = []
        self.counts: dict[int, Counter] = defaultdict(Counter)

    def add(self, row: tuple[float, int, Entry]) -> None:
        bisect.insort(self.rows, row)
        self.count(row)

    def count(self, row: tuple[float, int, Entry]) -> None:
        self.counts[int(row[0] // DAY)][row[2].kind] += 1

    def position(self, moment: float) -> int:
        return bisect.bisect_left(self.rows, (moment,))


class ActionLog:
    def __init__(self):
        self.numbers = itertools.count()
        self.scopes: dict = defaultdict(Rows)

    def add(self, entry: Entry) -> None:
        row = (entry.time, next(self.numbers), entry)
        for scope in entry.scopes():
            self.scopes[scope].add(row)

    def add_many(self, entries: list[Entry]) -> None:
        touched = set()
        for entry in entries:
            row = (entry.time, next(self.numbers), entry)
            for scope in entry.scopes():
                touched.add(scope)
                self.scopes[scope].rows.append(row)
                self.scopes[scope].count(row)
        for scope in touched:
            self.scopes[scope].rows.sort()

    def page(self, scope, start: float, end: float, token: dict, lose: bool) -> tuple[list[Entry], dict | None]:
        """The newest first, and what the token for the next page says."""
        if "tti" in token or scope not in self.scopes:
            return [], None
        rows = self.scopes[scope]
        low, high, offset = rows.position(start), rows.position(end), 0
        if "time" in token:
            # The real server knows only the time of the next entry, and how many to skip from there.
            number = float("inf") if lose else token["number"] + 1
            high = min(high, bisect.bisect_left(rows.rows, (token["time"], number)))
            offset = token["offset"] if lose else 0
        found = rows.rows[max(low, high - offset - PAGE_SIZE - 1) : max(low, high - offset)][::-1]
        entries = [entry for _dummy, _dummy, entry in found[:PAGE_SIZE]]
        if len(found) <= PAGE_SIZE:
            return entries, dict(NEXT_TABLE) if entries else None
        time, number, _dummy = found[PAGE_SIZE]
        if found[PAGE_SIZE - 1][0] == time:
            offset += PAGE_SIZE
        return entries, {"time": time, "number": number, "offset": offset}

    def counts(self, scope, start: float, end: float) -> list[tuple[int, str, int]]:
        """Day, kind and count; a window may begin and end within a day."""
        if scope not in self.scopes:
            return []
        rows, found = self.scopes[scope], []
        for day in range(int(start // DAY), int(end // DAY) + 1):
            first, last = max(start, day * DAY), min(end, (day + 1) * DAY)
            if last - first == DAY:
                counts = rows.counts.get(day, Counter())
            else:
                part = rows.rows[rows.position(first) : rows.position(last)]
                counts = Counter(entry.kind for _dummy, _dummy, entry in part)
            found += [(day, kind, count) for kind, count in sorted(counts.items())]
        return found
