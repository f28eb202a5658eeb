# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tarball holds what users need, and works from an empty path."""

from __future__ import annotations

import json
import sys
import tarfile

import pytest
import yaml

from tests.integration.emulator import TOKEN, running
from tests.tools.generate import modules

WORKSHOP = (".git", ".github", ".ci", ".venv", ".build", ".collections", "build")
PLAY = {
    "name": "Use the collection by its full names",
    "hosts": "localhost",
    "gather_facts": False,
    "tasks": [
        {
            "name": "An organization is there",
            "dockhand.quay.quay_organization": {"name": "payments", "email": "payments@example.com"},
        },
        {
            "name": "A team is there",
            "dockhand.quay.quay_team": {"organization": "payments", "name": "developers"},
            "vars": {"quay_in_worker": False},
        },
    ],
}


def test_the_workshop_stays_out(tarball):
    with tarfile.open(tarball) as opened:
        names = opened.getnames()
    assert not [name for name in names if name.partition("/")[0] in WORKSHOP or name.endswith(".pyc")]


@pytest.mark.parametrize("kind", ["module", "lookup", "filter", "inventory", "role"])
def test_ansible_doc_lists_all(kind, installed):
    listed = json.loads(installed.run("ansible-doc", "--list", "--json", "--type", kind, "dockhand.quay"))
    files = {
        "module": modules(),
        "role": [meta.parents[1].name for meta in installed.collection.glob("roles/*/meta/argument_specs.yml")],
    }
    plugins = [file.stem for file in installed.collection.glob(f"plugins/{kind}/*.py")]
    assert sorted(listed) == sorted(f"dockhand.quay.{name}" for name in files.get(kind, plugins))


def test_a_playbook_runs(installed, tmp_path):
    playbook = tmp_path / "play.yml"
    playbook.write_text(yaml.safe_dump([PLAY], sort_keys=False))
    with running(tmp_path) as emulator:
        settings = {"QUAY_HOST": emulator.url, "QUAY_TOKEN": TOKEN, "ANSIBLE_PYTHON_INTERPRETER": sys.executable}
        first = installed.run("ansible-playbook", str(playbook), **settings)
        second = installed.run("ansible-playbook", str(playbook), **settings)
    assert "changed=2" in first
    assert "changed=0" in second


def test_the_demo_runs(installed):
    assert "The demo took" in installed.run(sys.executable, "tests/demo/demo.py")
