# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A playbook that misses a variable says which one, and how to specify it."""

from __future__ import annotations

import os
import subprocess

import pytest
import yaml

from tests.integration.play import COLLECTIONS, ROOT

PLAYBOOKS = yaml.safe_load((ROOT / "docs" / "playbooks.yml").read_text(encoding="utf-8"))
# Playbooks of a role leave this to the role and its argument_specs.yml.
REQUIRED = [
    (playbook, name)
    for playbook, one in PLAYBOOKS.items()
    for name, variable in one.get("variables", {}).items()
    if variable.get("required")
]


@pytest.mark.parametrize("is_empty", [False, True], ids=["missing", "empty"])
@pytest.mark.parametrize(("playbook", "name"), REQUIRED)
def test_playbook_says_what_it_needs(tmp_path, playbook, name, is_empty):
    command = ["ansible-playbook", f"dockhand.quay.{playbook}", *(["-e", f"{name}="] if is_empty else [])]
    settings = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS, "ANSIBLE_NOCOLOR": "1"}
    ran = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, check=False)
    output = ran.stdout + ran.stderr
    assert ran.returncode == 2, output
    assert f"{name}: missing. Specify " in output
    assert f"`ansible-playbook dockhand.quay.{playbook} -e {name}=" in output
    assert "undefined" not in output


def test_some_are_looked_at():
    assert {"port_src", "export_dest", "build_repository"} <= {name for _playbook, name in REQUIRED}
