# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The stream of usage logs against following next_page: 100,000 entries, 12 ms for each answer.

Following next_page takes the same for each page, so the days of a sixth of the entries show it.

As a program it exports from ADDRESS to DEST and prints what that took: usage_logs.py ADDRESS DEST FIRST LAST
"""

from __future__ import annotations

import datetime as dt
import json
import os
import pathlib
import resource
import subprocess
import sys
import time
import typing as t

import requests

PASSWORD = "password"
ROOT = pathlib.Path(__file__).resolve().parents[2]
ENTRIES, FEW = 100_000, 1_000
DAYS = 30
FOLLOWED = 5
LATENCY_MS = 12
Figures = dict[str, float]


def prepare(address: str) -> tuple[dt.date, dt.date]:
    """Entries of thirty days, and two days with very many and few; gives those two days."""
    today = dt.datetime.now(dt.timezone.utc).date()
    crowded, calm = today - dt.timedelta(days=200), today - dt.timedelta(days=100)
    period = today - dt.timedelta(days=DAYS)
    for count, first, days in ((ENTRIES, period, DAYS), (ENTRIES, crowded, 1), (FEW, calm, 1)):
        end = first + dt.timedelta(days=days)
        body = {"count": count, "start": f"{first}T00:00:00.5Z", "end": f"{end}T00:00:00Z"}
        requests.post(f"{address}/_emulator/logs", json=body, timeout=60).raise_for_status()
    return crowded, calm


def wait_before_answers(address: str, milliseconds: int) -> None:
    """The latency of the emulator from now on."""
    latency = {"latency": {"session_ms": milliseconds}}
    requests.post(f"{address}/_emulator/settings", json=latency, timeout=60).raise_for_status()


def one_after_the_other(address: str, first: dt.date, last: dt.date) -> Figures:
    """What following next_page takes, with a session that is as cheap as ours."""
    with requests.Session() as session:
        token = session.get(f"{address}/csrf_token").json()["csrf_token"]
        account = {"username": "quayadmin", "password": PASSWORD}
        session.post(f"{address}/api/v1/signin", json=account, headers={"X-CSRF-Token": token}).raise_for_status()
        start, entries, sent = time.perf_counter(), 0, 0
        query = {"starttime": first.strftime("%m/%d/%Y"), "endtime": last.strftime("%m/%d/%Y")}
        while True:
            page = session.get(f"{address}/api/v1/superuser/logs", params=query).json()
            entries, sent = entries + len(page["logs"]), sent + 1
            if not page.get("next_page"):
                return {"seconds": time.perf_counter() - start, "entries": entries, "requests": sent}
            query["next_page"] = page["next_page"]


def exported(address: str, folder: pathlib.Path, first: dt.date, last: dt.date) -> Figures:
    """What the export of a period takes, as a process of its own."""
    command = [sys.executable, __file__, address, str(folder / f"{first}.jsonl"), str(first), str(last)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / ".collections")}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if run.returncode:
        raise SystemExit(f"the export failed:\n{run.stderr}")
    return t.cast("Figures", json.loads(run.stdout))


def export(address: str, dest: str, first: str, last: str) -> Figures:
    """Export in this process, by the operation of the module."""
    from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import Context
    from ansible_collections.dockhand.quay.plugins.module_utils._objects.usage_logs.export import EXPORT_USAGE_LOGS

    params = {name: entry.get("default") for name, entry in EXPORT_USAGE_LOGS.argument_spec().items()}
    params.update(quay_host=address, quay_username="quayadmin", quay_password=PASSWORD, timeout=60.0)
    params.update(dest=dest, starttime=first, endtime=last)
    start = time.perf_counter()
    result = EXPORT_USAGE_LOGS.start(Context(params, False, False, print, "/"))
    return {
        "seconds": time.perf_counter() - start,
        "entries": result["entries"],
        "requests": result["requests"],
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measure(address: str, folder: pathlib.Path) -> t.Iterator[tuple[str, float, str, str, float]]:
    """Name, value, unit, and the limit: "least" or "most" of what."""
    crowded, calm = prepare(address)
    wait_before_answers(address, LATENCY_MS)
    # Today has the sign-ins of both.
    last = dt.datetime.now(dt.timezone.utc).date() - dt.timedelta(days=1)
    first = last - dt.timedelta(days=DAYS - 1)
    ours = exported(address, folder, first, last)
    theirs = one_after_the_other(address, first, first + dt.timedelta(days=FOLLOWED - 1))
    if ours["entries"] != ENTRIES or abs(theirs["entries"] - ENTRIES * FOLLOWED / DAYS) > 1:
        raise SystemExit(f"the export has {ours['entries']} entries, the pages have {theirs['entries']}")
    whole = theirs["seconds"] * ENTRIES / theirs["entries"]
    yield "usage logs, 100,000: faster than next_page by", whole / ours["seconds"], "times", "least", 3
    yield "usage logs: requests", ours["requests"], "", "most", ENTRIES / 20 + 2 * DAYS + 5
    few = exported(address, folder, calm, calm)["peak_mib"]
    yield "usage logs: memory for 100,000 above that for 1,000", ours["peak_mib"] - few, "MiB", "most", 10
    # Memory does not depend on it.
    wait_before_answers(address, 0)
    many = exported(address, folder, crowded, crowded)["peak_mib"]
    yield "usage logs: the same, all on one day", many - few, "MiB", "most", 10


if __name__ == "__main__":
    print(json.dumps(export(*sys.argv[1:])))
