# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the demo is played with: words for the reader, a registry, and runs of playbooks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import typing as t
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
WIDTH = 110
# As the objects of a plan are titled, and what several of them are called.
KINDS = {
    "user": "users",
    "organization": "organizations",
    "quota": "quotas",
    "robot": "robots",
    "team": "teams",
    "default perm": "default permissions",
    "repository": "repositories",
}


class Wrong(Exception):
    """Something that the demo promises does not hold."""


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


def headline(text: str) -> None:
    say("", text, "-" * len(text))


def hold(truth: object, otherwise: str) -> None:
    if not truth:
        raise Wrong(otherwise)


def playbook(name: str, *arguments: str, environment: dict[str, str] | None = None) -> list[dict]:
    """Run a playbook with the callback of this folder; its results, in order."""
    with tempfile.TemporaryDirectory() as folder:
        tally = Path(folder) / "tally"
        command = ["ansible-playbook", "-i", "localhost,", "-c", "local", name, *arguments]
        ran = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            env={
                **os.environ,
                "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback"),
                "ANSIBLE_STDOUT_CALLBACK": "tally",
                "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
                "DEMO_TALLY": str(tally),
                **(environment or {}),
            },
        )
        notes = [json.loads(line) for line in tally.read_text().splitlines()] if tally.exists() else []
    if ran.returncode:
        reasons = [str(note["message"]) for note in notes if note["failed"]]
        raise Wrong("\n".join([f"{' '.join(command)} failed:", *(reasons or [ran.stdout, ran.stderr])]))
    return notes


class Registry:
    """A Quay, or the emulator, as seen through its API."""

    def __init__(self, url: str, token: str, emulated: bool) -> None:
        self.url, self.token, self.emulated = url.rstrip("/"), token, emulated

    def call(self, method: str, path: str, body: object = None, base: str = "/api/v1") -> t.Any:
        request = urllib.request.Request(
            f"{self.url}{base}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def by_hand(self, what: str, method: str, path: str, body: object = None) -> None:
        """A change that somebody makes past the document."""
        say(f"  {what}:", f"    {method} /api/v1{path}" + (f" {json.dumps(body)}" if body else ""))
        self.call(method, path, body)

    def grants(self, repository: str, kind: str) -> dict[str, str]:
        found = self.call("GET", f"/repository/{repository}/permissions/{kind}/")["permissions"]
        return {name: entry["role"] for name, entry in found.items()}


class Run:
    """One run of a playbook of the collection, told and counted.

    ``lines`` are what the run itself says of each object, and ``counts`` how many there are of each action.
    """

    def __init__(self, registry: Registry, name: str, *arguments: str, shown: str = "") -> None:
        command = f"  $ ansible-playbook dockhand.quay.{name} {shown or ' '.join(arguments)}"
        say(command if len(command) <= WIDTH else command.replace(" -e ", " \\\n      -e "))
        if registry.emulated:
            registry.call("DELETE", "/requests", base="/_emulator")
        start = time.monotonic()
        access = {"QUAY_HOST": registry.url, "QUAY_TOKEN": registry.token}
        notes = playbook(f"dockhand.quay.{name}", *arguments, environment=access)
        seconds = time.monotonic() - start
        sent = registry.call("GET", "/requests", base="/_emulator") if registry.emulated else []
        self.writes = sum(request["method"] != "GET" for request in sent)
        self.told = f"{seconds:.1f} s" + (f", {len(sent)} requests" if registry.emulated else "")
        said = next((note["message"] for note in notes if isinstance(note["message"], list)), [])
        counted = bool(said) and re.fullmatch(r"\w+ \d+(, \w+ \d+)*", said[-1])
        self.counts = {word: int(number) for word, number in map(str.split, said.pop().split(", "))} if counted else {}
        self.lines = said

    def table(self, words: str) -> None:
        """How many objects of each kind the run has to do with."""
        for kind, several in KINDS.items():
            number = sum(line.split(None, 1)[1].startswith(f"{kind} ") for line in self.lines)
            if number:
                say(f"  {several:22}{number:>6}")
        say(f"  {'together':22}{len(self.lines):>6} {words}    ({self.told})")

    def objects(self) -> list[str]:
        """What the run changes, by name."""
        return sorted(line.split(None, 1)[1].partition(": ")[0] for line in self.lines)
