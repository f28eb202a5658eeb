# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""results.json: one record for each release of Quay, kind of authentication, kind of credentials and door."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
import pathlib
import subprocess
import typing as t

FILE = pathlib.Path(__file__).with_name("results.json")
KEYS = ("release", "authentication", "credentials", "door")
OUTCOMES = ("passed", "failed", "skipped")
Record = dict[str, t.Any]


@dataclasses.dataclass
class Outcome:
    """Names of stories; ``skipped`` has with each what the server, or the account, lacks."""

    passed: list[str] = dataclasses.field(default_factory=list)
    failed: list[str] = dataclasses.field(default_factory=list)
    skipped: dict[str, str] = dataclasses.field(default_factory=dict)


def release_of(config: t.Mapping[str, t.Any]) -> str:
    """The release of the server with this ``/config``, such as 3.12.21.

    QUAY_RELEASE takes precedence: Quay shows none up to 3.15, and a build from source shows that of its last tag.
    Raises SystemExit if nothing shows it.
    """
    shown = str(config.get("version_number") or "").rpartition(" ")[2].removeprefix("v")
    release = os.environ.get("QUAY_RELEASE") or shown
    if not release:
        raise SystemExit("this Quay does not show its release: set QUAY_RELEASE, such as QUAY_RELEASE=3.12.21")
    return release


def load() -> list[Record]:
    """All records."""
    return t.cast("list[Record]", json.loads(FILE.read_text(encoding="utf-8")))


def with_record(records: t.Sequence[Record], new: Record) -> list[Record]:
    """The records with ``new`` in the place of the earlier one of the same keys, sorted."""
    kept = [record for record in records if record is not earlier(records, new)]
    return sorted([*kept, new], key=lambda record: [order(record["release"]), *(record[key] for key in KEYS[1:])])


def earlier(records: t.Sequence[Record], new: Record) -> Record | None:
    """The record of the same keys."""
    return next((record for record in records if all(record[key] == new[key] for key in KEYS)), None)


def completed(before: Record | None, new: Record, every: t.Iterable[str]) -> Record:
    """What was told now, and what ``before`` has of other stories; of ``every`` story the rest is "not_told"."""
    told = {name for outcome in OUTCOMES for name in new[outcome]}
    merged = dict(new)
    for outcome in OUTCOMES:
        others = {name: value for name, value in (before or {}).get(outcome, {}).items() if name not in told}
        merged[outcome] = dict(sorted({**others, **new[outcome]}.items()))
    merged["not_told"] = sorted(set(every).difference(*(merged[outcome] for outcome in OUTCOMES)))
    return merged


def order(release: str) -> tuple[t.Any, ...]:
    """Sorts releases by number, and what is no release behind them."""
    parts = release.split(".")
    return (0, *map(int, parts)) if all(part.isdigit() for part in parts) else (1, release)


def save(
    about: t.Mapping[str, t.Any],
    release: str,
    credentials: str,
    outcomes: t.Mapping[str, Outcome],
    every: t.Sequence[str],
    whole: bool,
) -> None:
    """Put the outcomes of one pass, by door, into results.json: each story with the commit that told it.

    ``about`` is story_server. A pass that is not ``whole`` completes the earlier one, or begins one.
    """
    records, commit = load(), _commit()
    for door, outcome in outcomes.items():
        new = {
            **dict(zip(KEYS, (release, about["authentication"], credentials, door))),
            "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
            "mailing": about["mailing"],
            "superusers_full_access": bool(about["features"].get("SUPERUSERS_FULL_ACCESS")),
            "lacks": about["lacks"],
            "passed": dict.fromkeys(outcome.passed, commit),
            "failed": dict.fromkeys(outcome.failed, commit),
            "skipped": outcome.skipped,
        }
        records = with_record(records, completed(None if whole else earlier(records, new), new, every))
    FILE.write_text(json.dumps(records, indent=2) + "\n", encoding="utf-8")


def _commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(
            ["git", "-C", str(FILE.parent), *words], capture_output=True, text=True, check=True
        ).stdout.strip()

    changed = git("status", "--porcelain", ":/plugins")
    return git("rev-parse", "--short", "HEAD") + (" with changes" if changed else "")


def table(records: t.Iterable[Record]) -> str:
    """The records as a table in Markdown, a row for both doors; README.md has it."""
    rows: dict[tuple[str, ...], dict[str, Record]] = {}
    for record in records:
        rows.setdefault(tuple(record[key] for key in KEYS[:-1]), {})[record["door"]] = record
    head = ["| Quay | Authentication | Credentials | In the worker | As a module | Tested |", "|" + " --- |" * 6]
    return "\n".join([*head, *(_row(keys, doors) for keys, doors in rows.items())])


def _row(keys: t.Sequence[str], doors: t.Mapping[str, Record]) -> str:
    cells = [_counted(doors.get(door)) for door in ("worker", "module")]
    return f"| {' | '.join([*keys, *cells, max(record['date'] for record in doors.values())])} |"


def _counted(record: Record | None) -> str:
    if record is None:
        return "not tested"
    kinds = {**dict(zip(OUTCOMES, OUTCOMES)), "not_told": "not tested"}
    counts = [f"{len(record[kind])} {text}" for kind, text in kinds.items() if record[kind]]
    return ", ".join(counts)
