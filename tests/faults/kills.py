# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""SIGKILL at sampled writes, through both doors: nothing writes on, and the next run converges."""

from __future__ import annotations

import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import time
import typing as t

from tests.faults.case import Case, Place, task
from tests.faults.cuts import WRITES, document
from tests.integration.emulator import ADMIN, TOKEN
from tests.integration.play import Server, environment, write_yaml

READS = ("GET", "HEAD")
# Milliseconds for each answer, so that there is time to kill.
LATENCY = 20
# Seconds for a worker to notice that its parent is gone.
NOTICE = 3.0
EVERY, EVERY_SHORT = 15, 75
SECONDS = 180


def cases(short: bool) -> t.Iterator[Case]:
    """Kill all processes of a run; then only ansible-playbook, whose children must notice."""
    doors = ((True, "in the worker"), (False, "as a module"))
    for in_worker, door in doors:
        for number in range(1, WRITES, EVERY_SHORT if short else EVERY):
            name = f"{door}, all killed at write {number}"
            yield Case(name, lambda place, w=in_worker, n=number: killed(place, w, n, True))
        yield Case(f"{door}, only ansible-playbook killed", lambda place, w=in_worker: killed(place, w, 20, False))


def killed(place: Place, in_worker: bool, number: int, everything: bool) -> str:
    """Start, kill at the write, wait until it is calm, and run again."""
    from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import APPLY

    place.emulator.switch("POST", "settings", {"latency": {"token_ms": LATENCY}})
    process = started(place, in_worker)
    end = time.monotonic() + SECONDS
    while written(place) < number:
        if process.poll() is not None or time.monotonic() > end:
            kill_all(place)
            return f"the play ended before write {number} (status {process.poll()})"
        time.sleep(0.005)
    if everything:
        kill_all(place)
    else:
        process.kill()
    process.wait()
    time.sleep(NOTICE)
    before = written(place)
    time.sleep(NOTICE / 2)
    went_on = written(place) - before
    kill_all(place)
    place.emulator.switch("POST", "settings", {"latency": {"token_ms": 0}})
    if went_on or before >= WRITES:
        return f"it wrote on without its parent: {before + went_on} writes"
    for expected in (None, False):
        result, message = task(APPLY, {**place.connection, "document": document()})
        if result is None:
            return f"the next run failed: {message[:300]}"
        if expected is False and result["changed"]:
            return "changed again"
    return ""


def kill_all(place: Place) -> None:
    """Every process of the play, which has the folder in its environment: workers are sessions of their own."""
    mark = f"STORY_EVENTS={place.folder}/".encode()
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (process / "environ").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)


def written(place: Place) -> int:
    return sum(one["method"] not in READS for one in place.emulator.switch("GET", "requests"))


def started(place: Place, in_worker: bool) -> subprocess.Popen[bytes]:
    """A play that applies the document."""
    play = {
        "hosts": "localhost",
        "gather_facts": False,
        "vars": {"quay_in_worker": in_worker, "ansible_python_interpreter": sys.executable},
        "tasks": [
            {
                "dockhand.quay.quay_apply": {
                    "quay_host": place.emulator.url,
                    "quay_token": TOKEN,
                    "document": document(),
                    "workers": 2,
                }
            }
        ],
    }
    write_yaml(place.folder / "play.yml", [play])
    settings = environment(Server(place.emulator.url, {}, ADMIN, (), {}), place.folder)
    del settings["ANSIBLE_CALLBACKS_ENABLED"]
    command = [sys.executable, "-m", "ansible", "playbook", "play.yml"]
    return subprocess.Popen(
        command,
        cwd=place.folder,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
