# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the entries of one day, newest first, in a file as long as they are many."""

from __future__ import annotations

import array
import datetime as dt
import itertools
import json
import tempfile
import typing as t
from collections import Counter

_IN_MEMORY = 256 * 1024
_BLOCK = 64


class Listing:
    """Grows by ``add``; ``listed`` counts all entries by kind, ``kept`` those of them that are wanted.

    ``whole``: it is all that Quay lists of the day. ``in_order``: no entry is newer than one before it.
    One line each: whether it is wanted, its second since 1970, the entry as JSON. Equal entries are equal lines.
    """

    def __init__(self, folder: str | None = None) -> None:
        self._folder = folder
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=folder)  # noqa: SIM115 - closed by close()
        # Where each block of lines begins, to read the file backwards.
        self._blocks = array.array("Q")
        self._lines = 0
        self._last = b"9" * 10
        self.listed: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self.newest: int | None = None
        self.oldest: int | None = None
        self.in_order = True
        self.whole = True

    def add(self, entry: dict[str, t.Any], time: dt.datetime, wanted: bool) -> None:
        """One more entry, older than those before it or of the same second."""
        content = json.dumps(entry, sort_keys=True, separators=(",", ":"))
        line = f"{'+' if wanted else '-'}{int(time.timestamp()):010d}{content}\n"
        self._append(line.encode(), entry["kind"])

    def _append(self, line: bytes, kind: str) -> None:
        if self._lines % _BLOCK == 0:
            self._blocks.append(self._file.tell())
        self._file.write(line)
        self._lines += 1
        self.in_order = self.in_order and _second(line) <= self._last
        self._last = _second(line)
        self.listed[kind] += 1
        if line.startswith(b"+"):
            self.kept[kind] += 1
            self.oldest = int(self._last)
            self.newest = self.oldest if self.newest is None else self.newest

    def __len__(self) -> int:
        return self._lines

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def entries(self) -> t.Iterator[dict[str, t.Any]]:
        """All entries, newest first."""
        return (json.loads(line[11:]) for line in self._all())

    def newest_first(self) -> t.Iterator[bytes]:
        """The wanted entries as lines of JSON."""
        return (line[11:] for line in self._all() if line.startswith(b"+"))

    def oldest_first(self) -> t.Iterator[bytes]:
        """The wanted entries as lines of JSON, from the last one read to the first."""
        ends = [*self._blocks[1:], self._file.seek(0, 2) or self._file.tell()]
        for start, end in zip(reversed(self._blocks), reversed(ends)):
            self._file.seek(start)
            for line in reversed(self._file.read(end - start).splitlines(keepends=True)):
                if line.startswith(b"+"):
                    yield line[11:]

    def _all(self) -> t.Iterator[bytes]:
        self._file.seek(0)
        return iter(self._file)

    def seconds(self) -> t.Iterator[tuple[bytes, Counter[bytes]]]:
        """Each second with its lines, and how often each is there."""
        lines = self._all() if self.in_order else sorted(self._all(), key=_second, reverse=True)
        for second, same in itertools.groupby(lines, key=_second):
            yield second, Counter(same)

    def merged(self, other: Listing) -> Listing:
        """Both readings of one day in one: of each entry as many as the reading has that has most of it.

        Entries have no id, and wholly equal ones are legal, so the sum would double what both have.
        """
        both = Listing(self._folder)
        both.whole = self.whole
        for lines in _united(self.seconds(), other.seconds()):
            for line in lines.elements():
                both._append(line, json.loads(line[11:])["kind"])
        return both


def _second(line: bytes) -> bytes:
    return line[1:11]


def _united(
    first: t.Iterator[tuple[bytes, Counter[bytes]]], second: t.Iterator[tuple[bytes, Counter[bytes]]]
) -> t.Iterator[Counter[bytes]]:
    """The seconds of both, newest first; one that both have with the greater count of each line."""
    nothing: tuple[bytes, Counter[bytes]] = (b"", Counter())
    one, other = next(first, nothing), next(second, nothing)
    while one[0] or other[0]:
        newest = max(one[0], other[0])
        lines: Counter[bytes] = Counter()
        if one[0] == newest:
            lines, one = lines | one[1], next(first, nothing)
        if other[0] == newest:
            lines, other = lines | other[1], next(second, nothing)
        yield lines
