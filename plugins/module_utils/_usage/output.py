# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the file of an export of usage logs, written beside its place and renamed when whole."""

from __future__ import annotations

import csv
import filecmp
import gzip
import io
import json
import os
import shutil
import typing as t
from collections import Counter

from .._errors import BadInput
from .._output_file import OutputFile
from .lock import open_plain

# Of one entry; Quay's are shorter by far.
LONGEST_LINE = 16 * 1024 * 1024
COLUMNS = ("datetime", "kind", "namespace", "repository", "performer", "is_robot", "ip", "metadata")
Tally = tuple[Counter[str], Counter[str]]


def destination(dest: str) -> OutputFile:
    """The file to write. Raises BadInput for a place where no plain file can be, and QuayError."""
    target = OutputFile(dest, dest)
    if not os.path.isdir(os.path.dirname(target.path)):
        raise BadInput("dest", dest, "the parent folder does not exist")
    return target


def form(dest: str) -> str:
    """``csv`` or ``jsonl``, as the file's name has it."""
    return "csv" if dest.lower().endswith((".csv", ".csv.gz")) else "jsonl"


class Output:
    """``target`` under construction as ``dest.partial``: blocks are added, then ``commit`` puts it in its place.

    Nothing is written before the first block. ``append`` begins with a copy of the present file; ``size`` goes on after
    that many bytes of an earlier ``dest.partial``. Whoever uses it holds the lock, and turns OSError into a message.
    """

    def __init__(self, target: OutputFile, append: bool, size: int | None) -> None:
        self._target, self._partial = target, f"{target.path}.partial"
        self._append = append and os.path.exists(target.path)
        self._file: t.BinaryIO | None = None
        if size is not None:
            self._open(size)

    @property
    def size(self) -> int | None:
        """Bytes of dest.partial that are surely written; None where nothing is yet."""
        if self._file is None:
            return None
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def add(self, lines: t.Iterable[bytes]) -> None:
        """Write a block of entries, each a line of JSON; each block of a compressed file is whole in itself.

        Raises QuayError and OSError.
        """
        file = self._file or self._open(None)
        if form(self._target.shown) == "csv":
            lines = map(row, lines)
        self._write(file, lines)

    def commit(self) -> bool:
        """Put the file in its place; whether that changed anything. An export that starts again may find it equal.

        Raises QuayError and OSError.
        """
        if self._file is None:
            if self._append:
                return False
            self._open(None)
        self.size  # noqa: B018 - writes what is still in memory
        self.close()
        path = self._target.path
        same = os.path.exists(path) and filecmp.cmp(path, self._partial, shallow=False)
        if same:
            os.unlink(self._partial)
        else:
            # Whoever runs the task reads it; entries hold addresses and names.
            self._target.adopt(self._partial, 0o600)
        return not same

    def close(self) -> None:
        """Leave dest.partial as it is, for the next run."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self, size: int | None) -> t.BinaryIO:
        file = self._file = os.fdopen(open_plain(self._partial, os.O_RDWR | os.O_CREAT), "r+b")
        file.truncate(size or 0)
        file.seek(0, os.SEEK_END)
        if size is None:
            self._begin(file)
        return file

    def _begin(self, file: t.BinaryIO) -> None:
        if self._append:
            with open(self._target.path, "rb") as old:
                shutil.copyfileobj(old, file)
        else:
            self._write(file, [_csv(COLUMNS)] if form(self._target.shown) == "csv" else [])

    def _write(self, file: t.BinaryIO, lines: t.Iterable[bytes]) -> None:
        if not _is_packed(self._target.shown):
            file.writelines(lines)
            return
        # Without name and time of the compression, equal entries make equal files.
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
            for line in lines:
                packed.write(line)


def row(line: bytes) -> bytes:
    """An entry as a line of CSV."""
    entry = json.loads(line)
    metadata = entry.get("metadata") or {}
    performer = entry.get("performer") or {}
    namespace = (entry.get("namespace") or {}).get("name") or metadata.get("namespace")
    return _csv(
        [
            entry["datetime_iso"],
            entry["kind"],
            namespace,
            metadata.get("repo"),
            performer.get("name"),
            str(bool(performer.get("is_robot"))).lower() if performer else None,
            entry.get("ip"),
            json.dumps(metadata, sort_keys=True, separators=(",", ":")),
        ]
    )


def _csv(values: t.Iterable[t.Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(values)
    return text.getvalue().encode()


def _is_packed(dest: str) -> bool:
    return dest.lower().endswith(".gz")


def tally(target: OutputFile) -> Tally | None:
    """How many entries of each kind, and of each day, an exported file has; None where it is none."""
    kinds: Counter[str] = Counter()
    days: Counter[str] = Counter()
    opened = gzip.open if _is_packed(target.shown) else open
    try:
        with opened(target.path, "rt", encoding="utf-8") as file:
            lines = _limited(file)
            for entry in csv.DictReader(lines) if form(target.shown) == "csv" else map(json.loads, lines):
                kinds[entry["kind"]] += 1
                days[entry.get("datetime_iso", entry["datetime"])[:10]] += 1
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, RecursionError, csv.Error):
        return None
    return kinds, days


def _limited(file: t.IO[str]) -> t.Iterator[str]:
    """The lines; one without end comes in parts, which are no entries."""
    return iter(lambda: file.readline(LONGEST_LINE), "")
