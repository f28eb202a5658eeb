# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide on molecule, as its reader follows it in an empty folder, with the scenario of docs/molecule_example."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.guide import GUIDES, blocks
from tests.integration.emulator import ADMIN
from tests.integration.play import COLLECTIONS, Server, environment

# What is there already.
INSTALLS = ("pip install ", "ansible-galaxy collection install ")


def free_port() -> str:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A home with the collection; the emulator's virtual environment is that of `make molecule`."""
    folder: Path = tmp_path_factory.mktemp("home-")
    (folder / ".ansible").mkdir()
    (folder / ".ansible" / "collections").symlink_to(COLLECTIONS)
    (folder / ".cache").symlink_to(Path.home() / ".cache")
    return folder


@pytest.fixture(scope="module")
def port() -> str:
    return free_port()


@pytest.fixture(scope="module")
def outputs(tmp_path_factory, home, port) -> dict[str, str]:
    """What the commands of each section told; none of them may fail, or reach the registry of the shell."""
    folder, told = tmp_path_factory.mktemp("molecule-"), {}
    clean = environment(Server("http://127.0.0.1:1", {}, ADMIN, (), {}), tmp_path_factory.mktemp("ansible-"))
    settings = {
        **{name: value for name, value in clean.items() if not name.startswith("ANSIBLE_CALLBACK")},
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
        "QUAY_EMULATOR_PORT": port,
        "QUAY_HOST": "http://127.0.0.1:1",
        "QUAY_TOKEN": "of-production",
    }
    for section, file, block in blocks(GUIDES / "guide_molecule.rst"):
        if file:
            (folder / file).write_text(block, encoding="utf-8")
            continue
        commands = "".join(line for line in block.splitlines(keepends=True) if not line.startswith(INSTALLS))
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=folder,
            env=settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        output = ran.stdout + ran.stderr
        assert ran.returncode == 0, f"{section}: {block}{output}"
        told[section] = told.get(section, "") + output
    return told


def test_the_ready_scenario(outputs):
    told = outputs["The ready scenario"]
    assert '"payments+deployer"' in told
    assert "idempotence: Executed: Successful" in told


def test_what_must_be_there(outputs):
    assert "All assertions passed" in outputs["Verify the result"]


def test_a_server_with_ldap(outputs):
    assert "PLAY [Start a registry with LDAP]" in outputs["A server like yours"]


def test_nothing_keeps_running(outputs, port):
    with socket.socket() as one:
        assert one.connect_ex(("127.0.0.1", int(port)))
