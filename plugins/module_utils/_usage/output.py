# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the file of an export of usage logs, written beside its place and renamed when whole."""

from __future__ import annotations

import contextlib
import csv
import fcntl
import filecmp
import gzip
import io
import json
import os
import shutil
import typing as t
from collections import Counter

from .._errors import BadInput, QuayError

COLUMNS = ("datetime", "kind", "namespace", "repository", "performer", "is_robot", "ip", "metadata")
Tally = tuple[Counter[str], Counter[str]]


def check_dest(dest: str) -> None:
    """Raise BadInput for a place where no file can be."""
    if os.path.isdir(dest):
        raise BadInput("dest", dest, "it is a folder; give the name of a file in it")
    if not os.path.isdir(os.path.dirname(dest)):
        raise BadInput("dest", dest, "its folder does not exist")


def form(dest: str) -> str:
    """``csv`` or ``jsonl``, as the file's name has it."""
    return "csv" if dest.lower().endswith((".csv", ".csv.gz")) else "jsonl"


class Output:
    """``dest`` under construction as ``dest.partial``: blocks are added, then ``commit`` puts it in its place.

    Nothing is written before the first block. ``append`` begins with a copy of ``dest``; ``size`` goes on after that
    many bytes of an earlier ``dest.partial``.
    """

    def __init__(self, dest: str, append: bool, size: int | None) -> None:
        self._dest, self._partial = dest, f"{dest}.partial"
        self._append = append and os.path.exists(dest)
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
        """Write a block of entries, each a line of JSON; each block of a compressed file is whole in itself."""
        file = self._file or self._open(None)
        if form(self._dest) == "csv":
            lines = map(row, lines)
        self._write(file, lines)

    def commit(self) -> bool:
        """Put the file in its place; whether that changed anything. An export that begins anew may find it equal."""
        if self._file is None:
            if self._append:
                return False
            self._open(None)
        self.size  # noqa: B018 - writes what is still in memory
        same = os.path.exists(self._dest) and filecmp.cmp(self._dest, self._partial, shallow=False)
        if same:
            os.unlink(self._partial)
        else:
            os.replace(self._partial, self._dest)
        self.close()
        return not same

    def close(self) -> None:
        """Leave dest.partial as it is, for the next run."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self, size: int | None) -> t.BinaryIO:
        # Whoever runs the task reads it; entries hold addresses and names.
        file = os.fdopen(os.open(self._partial, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        self._file = file
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise QuayError(f"Another export is writing {self._dest} at this moment.") from None
        file.truncate(size or 0)
        file.seek(0, os.SEEK_END)
        if size is None:
            self._begin(file)
        return file

    def _begin(self, file: t.BinaryIO) -> None:
        if os.path.exists(self._dest):
            shutil.copymode(self._dest, self._partial)
            with contextlib.suppress(PermissionError):
                shutil.chown(self._partial, os.stat(self._dest).st_uid, os.stat(self._dest).st_gid)
        if self._append:
            with open(self._dest, "rb") as old:
                shutil.copyfileobj(old, file)
        else:
            self._write(file, [_csv(COLUMNS)] if form(self._dest) == "csv" else [])

    def _write(self, file: t.BinaryIO, lines: t.Iterable[bytes]) -> None:
        if not self._dest.lower().endswith(".gz"):
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


def tally(dest: str) -> Tally | None:
    """How many entries of each kind, and of each day, an exported file has; None where it is none."""
    kinds: Counter[str] = Counter()
    days: Counter[str] = Counter()
    packed = dest.lower().endswith(".gz")
    try:
        with gzip.open(dest, "rt", encoding="utf-8") if packed else open(dest, encoding="utf-8") as file:
            lines = csv.DictReader(file) if form(dest) == "csv" else map(json.loads, file)
            for entry in lines:
                kinds[entry["kind"]] += 1
                days[entry.get("datetime_iso", entry["datetime"])[:10]] += 1
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None
    return kinds, days
