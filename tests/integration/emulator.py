# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The emulator as a process of its own on a free port."""

from __future__ import annotations

import contextlib
import pathlib
import subprocess
import sys
import time
import typing as t

import requests

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "roles" / "emulator" / "files"
TOKEN = "quayadmin000000000000000000000000token00"
ADMIN = "quayadmin"


class Emulator:
    """A running emulator and its switches (quay_emulator/control/switches.py)."""

    def __init__(self, url: str) -> None:
        self.url = url

    def switch(self, method: str, path: str, body: t.Any = None) -> t.Any:
        """Move the switch ``path``, or read it."""
        answer = requests.request(method, f"{self.url}/_emulator/{path}", json=body, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def fresh(self, settings: dict[str, t.Any], users: t.Sequence[str]) -> None:
        """Forget everything, then take ``settings`` and make ``users``."""
        self.switch("POST", "reset")
        if settings:
            self.switch("POST", "settings", settings)
        for user in users:
            self.switch("POST", "user", {"username": user})


@contextlib.contextmanager
def running(folder: pathlib.Path) -> t.Iterator[Emulator]:
    """An emulator that runs as long as the block; ``folder`` gets its address and its output."""
    address = folder / "address"
    command = [sys.executable, "-m", "quay_emulator", "--port", "0", "--port-file", str(address)]
    with (folder / "emulator.log").open("wb") as output:
        process = subprocess.Popen(command, cwd=SOURCE, stdout=output, stderr=output)
    try:
        while not address.exists():
            time.sleep(0.05)
            if process.poll() is not None:
                raise RuntimeError(f"the emulator did not start: {(folder / 'emulator.log').read_text()}")
        yield Emulator(address.read_text().strip())
    finally:
        process.terminate()
        process.wait()
