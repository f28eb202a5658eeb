# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make faults`: try every case of every kind and print a table (see README.md here)."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import typing as t

from tests.faults.case import USERS, Case, Place
from tests.integration.emulator import running
from tests.integration.play import COLLECTIONS, ROOT

FOLDER = pathlib.Path(__file__).parent
KINDS = sorted(file.stem for file in FOLDER.glob("*.py") if "\ndef cases(" in file.read_text(encoding="utf-8"))
# What a caller may have set for their own Ansible and Quay.
FOREIGN = ("ANSIBLE_", "QUAY_", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "REQUESTS_CA_BUNDLE")
Result = dict[str, t.Any]


def try_kind(kind: str, short: bool) -> list[Result]:
    """Try all cases of a kind in this process."""
    sys.path.insert(0, COLLECTIONS)
    module = importlib.import_module(f"tests.faults.{kind}")
    results = []
    with tempfile.TemporaryDirectory(prefix=f"quay-faults-{kind}-") as name, running(pathlib.Path(name)) as emulator:
        for number, case in enumerate(module.cases(short)):
            folder = pathlib.Path(name) / str(number)
            folder.mkdir()
            emulator.fresh(case.settings, USERS)
            results.append({"case": case.name, "fault": attempt(case, Place(emulator, folder))})
            print(f"{kind}: {case.name}: {results[-1]['fault'] or 'survived'}", flush=True)
    return results


def attempt(case: Case, place: Place) -> str:
    """What is wrong; a case that breaks does not survive either."""
    try:
        return case.attempt(place) or ""
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def try_apart(kind: str, short: bool) -> list[Result]:
    """Try a kind in a process of its own, which shows how far it is."""
    with tempfile.NamedTemporaryFile(suffix=".json") as results:
        command = [sys.executable, "-m", "tests.faults", kind, "--results", results.name, *(["--short"] * short)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        environment["ANSIBLE_COLLECTIONS_PATH"] = COLLECTIONS
        subprocess.run(command, cwd=ROOT, env=environment, check=False)
        text = pathlib.Path(results.name).read_text(encoding="utf-8")
    return t.cast("list[Result]", json.loads(text)) if text else [{"case": "all", "fault": "the kind did not end"}]


def report(results: dict[str, list[Result]], seconds: dict[str, float]) -> int:
    """Print the table and what is wrong; gives how many cases did not survive."""
    print(f"\n{'kind':16} {'tried':>6} {'survived':>9} {'seconds':>8}")
    wrong = []
    for kind, tried in results.items():
        faults = [f"{kind}: {one['case']}: {one['fault']}" for one in tried if one["fault"]]
        print(f"{kind:16} {len(tried):6} {len(tried) - len(faults):9} {seconds[kind]:8.0f}")
        wrong += faults
    print("", *wrong, sep="\n")
    return len(wrong)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], help="all if not specified")
    parser.add_argument("--short", action="store_true", help="only some cases of each kind")
    parser.add_argument("--results", type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.results:
        (kind,) = options.kinds
        options.results.write_text(json.dumps(try_kind(kind, options.short)), encoding="utf-8")
        return 0
    results, seconds = {}, {}
    for kind in options.kinds or KINDS:
        start = time.monotonic()
        results[kind] = try_apart(kind, options.short)
        seconds[kind] = time.monotonic() - start
    return 1 if report(results, seconds) else 0


if __name__ == "__main__":
    sys.exit(main())
