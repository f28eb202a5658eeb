# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A folder with inventories and an emulator that they list, for tests of the inventory plugin."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import typing as t
from pathlib import Path

import requests

from tests.integration.emulator import ADMIN, TOKEN, Emulator
from tests.integration.play import Server, environment

EVIL = "{{ lookup('ansible.builtin.pipe', 'touch evil') }}"


class Api:
    """Calls of the emulator as one account."""

    def __init__(self, emulator: Emulator, token: str = TOKEN) -> None:
        self._url = f"{emulator.url}/api/v1"
        self._http = requests.Session()
        self._http.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, **body: t.Any) -> t.Any:
        answer = self._http.request(method, self._url + path, json=body or None, timeout=10)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def organizations(self, *names: str) -> None:
        for name in names:
            self.call("POST", "/organization/", name=name)

    def repository(self, name: str, visibility: str = "private", description: str = "") -> None:
        namespace, _slash, short = name.partition("/")
        more = {"visibility": visibility, "description": description}
        self.call("POST", "/repository", namespace=namespace, repository=short, **more)


@dataclasses.dataclass
class Place:
    """A folder with inventories, and an emulator to read."""

    emulator: Emulator
    folder: Path

    def write(self, name: str, **options: t.Any) -> Path:
        file = self.folder / name
        file.write_text(json.dumps({"plugin": "dockhand.quay.quay", **options}), encoding="utf-8")
        return file

    def command(self, program: str, *words: str, **more: str) -> subprocess.Popen[str]:
        # Without its emulator the callback of the stories leaves the list of requests alone.
        settings = environment(Server(self.emulator.url, {}, ADMIN, (), {}), self.folder)
        mine = {"QUAY_HOST": self.emulator.url, "QUAY_TOKEN": TOKEN, "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", "ansible", program, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env={**settings, **mine, **more},
        )

    def told(self, *words: str, **more: str) -> dict[str, t.Any]:
        """What ansible-inventory --list tells, without a warning."""
        process = self.command("inventory", "--list", *words, **more)
        output, complaints = process.communicate()
        assert (process.returncode, complaints) == (0, "")
        return t.cast("dict[str, t.Any]", json.loads(output))

    def refused(self, *words: str, **more: str) -> str:
        """The complaints of one that fails, on one line."""
        process = self.command("inventory", "--list", *words, **more)
        _output, complaints = process.communicate()
        assert process.returncode
        return " ".join(complaints.split())

    def sent(self) -> list[str]:
        """The requests since the last look."""
        log = self.emulator.switch("GET", "requests")
        self.emulator.switch("DELETE", "requests")
        return [f"{one['method']} {one['path']} {one.get('query') or ''}".strip() for one in log]

    def written(self) -> list[str]:
        """Those that write, sorted."""
        return sorted(one for one in self.sent() if not one.startswith("GET"))


def token_of(emulator: Emulator, scopes: str) -> str:
    return t.cast(str, emulator.switch("POST", "token", {"username": "alice", "scopes": scopes})["token"])
