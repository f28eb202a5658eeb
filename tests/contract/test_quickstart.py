# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The quickstart, as its reader follows it: every file is written, every command runs, in their order."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import yaml

from tests.contract.guide import GUIDES, follow
from tests.integration.emulator import ADMIN, running
from tests.integration.play import Server, environment

# Of the emulator's own superuser.
PASSWORD = "password"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where the reader works."""
    return tmp_path_factory.mktemp("quickstart-")


@pytest.fixture(scope="module")
def told(folder, tmp_path_factory) -> dict[str, list[str]]:
    """What the commands of each section told."""
    with running(tmp_path_factory.mktemp("emulator-")) as emulator:
        emulator.fresh({}, ())
        settings = {
            **environment(Server(emulator.url, {}, ADMIN, (), {}), tmp_path_factory.mktemp("home-")),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "QUAY_HOST": emulator.url,
            "QUAY_USERNAME": ADMIN,
            "QUAY_PASSWORD": PASSWORD,
        }
        return follow(GUIDES / "quickstart.rst", folder, settings, {"QUAY_USERNAME=dora": f"QUAY_USERNAME={ADMIN}"})


def test_the_first_playbook(told):
    look_and_work, again = told["The first playbook"]
    assert look_and_work.count("changed=3") == 2
    assert look_and_work.count("[WARNING]") == look_and_work.count("It must exist before a real run") == 1
    assert "changed=0" in again


def test_the_whole_registry(told, folder):
    apply, _drift, _export = told["The whole registry in one file"]
    assert "failed=0" in apply
    assert (folder / "drift.html").exists()
    exported = yaml.safe_load((folder / "exported.yml").read_text(encoding="utf-8"))
    assert [one["name"] for one in exported["organizations"]] == ["payments"]
    assert "alice" in [one["username"] for one in exported["users"]]
