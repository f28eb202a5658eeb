# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the two doors cost: times as ratios in one run, written to build/bench.json; fails when a limit is broken.

Every figure is measured against the bundled emulator, which answers at once, so that Ansible's own work shows.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import typing as t

import registry
import requests
import usage_logs
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "build" / "bench.json"
TOKEN = "quayadmin000000000000000000000000token00"
ITEMS = 200
# What a module costs grows with each item by the same, so that fewer of them tell it.
MODULE_ITEMS = 40
# On a machine that others share, times vary by this factor; what is past its budget is marked "over".
SLACK = 2
SINGLE_TASKS = 20
TEAM = {"organization": "bench", "name": "team{{ item }}"}


@contextlib.contextmanager
def emulator(folder: pathlib.Path) -> t.Iterator[str]:
    """The address of an emulator that runs as long as the block."""
    port_file = folder / "address"
    command = [sys.executable, "-m", "quay_emulator", "--port", "0", "--port-file", str(port_file)]
    process = subprocess.Popen(command, cwd=ROOT / "roles" / "emulator" / "files")
    try:
        while not (port_file.exists() and port_file.read_text()):
            time.sleep(0.05)
            if process.poll() is not None:
                raise SystemExit("the emulator did not start")
        yield port_file.read_text().strip()
    finally:
        process.terminate()
        process.wait()


def prepare(address: str) -> None:
    """One organization with as many teams as the loops look at."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {TOKEN}"
        session.post(f"{address}/api/v1/organization/", json={"name": "bench"}).raise_for_status()
        for number in range(ITEMS):
            team = f"{address}/api/v1/organization/bench/team/team{number}"
            session.put(team, json={"role": "member"}).raise_for_status()


def bare_seconds(address: str) -> float:
    """Seconds of the same reads by a bare requests program."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {TOKEN}"
        start = time.perf_counter()
        for _dummy in range(ITEMS):
            session.get(f"{address}/api/v1/organization/bench").raise_for_status()
        return time.perf_counter() - start


def play_seconds(
    address: str, folder: pathlib.Path, tasks: list[dict[str, t.Any]], in_worker: bool, may_change: bool = False
) -> float:
    """Seconds of a play of ``tasks``, none of which changes anything unless it may."""
    play = {
        "hosts": "localhost",
        "connection": "local",
        "gather_facts": False,
        "module_defaults": {"group/dockhand.quay.quay": {"quay_host": address, "quay_token": TOKEN}},
        "vars": {"quay_in_worker": in_worker, "ansible_python_interpreter": sys.executable},
        "tasks": tasks,
    }
    playbook = folder / "play.yml"
    playbook.write_text(yaml.safe_dump([play]))
    environment = {**os.environ, "ANSIBLE_STDOUT_CALLBACK": "minimal", "ANSIBLE_LOCALHOST_WARNING": "false"}
    start = time.perf_counter()
    run = subprocess.run(
        ["ansible-playbook", "-i", "localhost,", str(playbook)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    seconds = time.perf_counter() - start
    if run.returncode or ("CHANGED" in run.stdout and not may_change):
        raise SystemExit(f"the benchmark's play did not run unchanged:\n{run.stdout}{run.stderr}")
    return seconds


def loop(items: int) -> list[dict[str, t.Any]]:
    return [{"dockhand.quay.quay_team": TEAM, "loop": list(range(items)), "loop_control": {"label": "{{ item }}"}}]


def singles(when: bool) -> list[dict[str, t.Any]]:
    return [{"dockhand.quay.quay_team": {**TEAM, "name": f"team{n}"}, "when": when} for n in range(SINGLE_TASKS)]


def measure(address: str, folder: pathlib.Path) -> t.Iterator[dict[str, t.Any]]:
    """Every figure with its limit; the start of a play is taken off by one that does (nearly) nothing."""
    bare = bare_seconds(address)
    seconds = {}
    for in_worker, items in ((True, ITEMS), (False, MODULE_ITEMS)):
        empty = play_seconds(address, folder, loop(0), in_worker)
        seconds[in_worker] = (play_seconds(address, folder, loop(items), in_worker) - empty) * ITEMS / items
    yield at_most("worker, loop: milliseconds an item above its HTTP", (seconds[True] - bare) / ITEMS * 1000, "ms", 10)
    yield at_least("loop of 200: worker faster than module by", seconds[False] / seconds[True], "times", 30)
    single = {}
    for in_worker in (True, False):
        skipped = play_seconds(address, folder, singles(False), in_worker)
        single[in_worker] = play_seconds(address, folder, singles(True), in_worker) - skipped
    yield at_most("single task: worker's share of the module's time", single[True] / single[False], "ratio", 0.2)


def measure_usage_logs(address: str, folder: pathlib.Path) -> t.Iterator[dict[str, t.Any]]:
    """The stream of usage logs, in an emulator of its own."""
    for name, value, unit, limit, bound in usage_logs.measure(address, folder):
        yield LIMITS[limit](name, value, unit, bound)


def measure_registry(address: str, folder: pathlib.Path) -> t.Iterator[dict[str, t.Any]]:
    """A whole organization by quay_apply, in an emulator of its own."""

    def play(tasks: list[dict[str, t.Any]], in_worker: bool, may_change: bool) -> float:
        return play_seconds(address, folder, tasks, in_worker, may_change)

    for name, value, unit, limit, bound in registry.measure(address, folder, play):
        yield LIMITS[limit](name, value, unit, bound)


def at_most(name: str, value: float, unit: str, limit: float) -> dict[str, t.Any]:
    used = value / limit if limit else 2 * SLACK * bool(value)
    return judged(name, value, unit, f"<= {limit}", used)


def at_least(name: str, value: float, unit: str, limit: float) -> dict[str, t.Any]:
    return judged(name, value, unit, f">= {limit}", limit / value)


def judged(name: str, value: float, unit: str, limit: str, used: float) -> dict[str, t.Any]:
    """``used``: the share of the budget. Counts are exact; a time fails only past what a busy machine explains."""
    allowed = 1 if unit in ("requests", "MiB") else SLACK
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "limit": limit,
        "over": used > 1,
        "ok": used <= allowed,
    }


LIMITS = {"most": at_most, "least": at_least}


def shown(figures: t.Iterable[dict[str, t.Any]]) -> list[dict[str, t.Any]]:
    """Print each figure as soon as it is there, and keep them."""
    kept = []
    for figure in figures:
        mark = "FAIL" if not figure["ok"] else "over" if figure["over"] else "ok  "
        print(f"{mark} {figure['name']}: {figure['value']} {figure['unit']} ({figure['limit']})", flush=True)
        kept.append(figure)
    return kept


def main() -> int:
    with tempfile.TemporaryDirectory() as name, emulator(pathlib.Path(name)) as address:
        prepare(address)
        figures = shown(measure(address, pathlib.Path(name)))
    with tempfile.TemporaryDirectory() as name, emulator(pathlib.Path(name)) as address:
        figures += shown(measure_usage_logs(address, pathlib.Path(name)))
    with tempfile.TemporaryDirectory() as name, emulator(pathlib.Path(name)) as address:
        figures += shown(measure_registry(address, pathlib.Path(name)))
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(figures, indent=2) + "\n")
    return 0 if all(figure["ok"] for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
