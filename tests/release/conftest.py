# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tarball that `make build` has just made, installed where nothing else is."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOREIGN = ("ANSIBLE_", "QUAY_", "STORY_")


class Installed:
    """The collection below ``path``, and a way to run commands that find it there and nowhere else."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.collection = path / "ansible_collections" / "dockhand" / "quay"

    def run(self, *command: str, **settings: str) -> str:
        """The output of a command; a failure shows all of it."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN)}
        mine = {"ANSIBLE_COLLECTIONS_PATH": str(self.path), "ANSIBLE_NOCOLOR": "1"}
        ran = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd=self.collection, env={**kept, **mine, **settings}
        )
        if ran.returncode:
            pytest.fail(f"{' '.join(command)}\n{ran.stdout}\n{ran.stderr}", pytrace=False)
        return ran.stdout


@pytest.fixture(scope="session")
def tarball() -> Path:
    (found,) = (ROOT / "build").glob("dockhand-quay-*.tar.gz")
    return found


@pytest.fixture(scope="session")
def installed(tarball, tmp_path_factory) -> Installed:
    path = tmp_path_factory.mktemp("installed")
    command = ["ansible-galaxy", "collection", "install", "--offline", "-p", str(path), str(tarball)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(path)})
    return Installed(path)
