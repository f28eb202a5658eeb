# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide on automation controller, as its reader follows it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.contract.guide import GUIDES, blocks
from tests.integration.controller import CONFIGURATION, CREDENTIAL_TYPE, PROJECT, TEMPLATES, questions
from tests.integration.emulator import ADMIN
from tests.integration.play import COLLECTIONS, Server, environment

GUIDE = GUIDES / "guide_controller.rst"
KINDS = [name for name in CONFIGURATION if name.startswith("controller_")]
# In the place of infra.aap_configuration.dispatch: it writes down what it got.
DISPATCH = {
    "ansible.builtin.copy": {
        "content": "{{ dict(kinds | zip(query('ansible.builtin.vars', *kinds))) | to_json }}",
        "dest": "{{ playbook_dir }}/dispatched.json",
        "mode": "0600",
    },
    "vars": {"kinds": KINDS},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The reader's folder, once all is done."""
    place: Path = tmp_path_factory.mktemp("controller-")
    home = tmp_path_factory.mktemp("home-")
    (home / ".ansible").mkdir()
    (home / ".ansible" / "collections").symlink_to(COLLECTIONS)
    tasks = home / "ansible_collections" / "infra" / "aap_configuration" / "roles" / "dispatch" / "tasks"
    tasks.mkdir(parents=True)
    (tasks / "main.yml").write_text(yaml.safe_dump([DISPATCH]), encoding="utf-8")
    settings = {
        **environment(Server("", {}, ADMIN, (), {}), home),
        "ANSIBLE_COLLECTIONS_PATH": f"{COLLECTIONS}{os.pathsep}{home}",
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    for _section, file, block in blocks(GUIDE):
        if file:
            (place / file).write_text(block, encoding="utf-8")
        else:
            command = ["bash", "-euo", "pipefail", "-c", block]
            told = subprocess.run(command, cwd=place, env=settings, capture_output=True, text=True, check=False)
            assert (told.returncode, told.stderr) == (0, ""), f"{block}{told.stdout}{told.stderr}"
    return place


def test_the_repository_begins_with_the_project(folder):
    assert {file.name for file in PROJECT.iterdir()} <= {file.name for file in folder.iterdir()}


def test_everything_is_dispatched(folder):
    """Templates for controller come through as they are, those for Ansible are filled in."""
    told = json.loads((folder / "dispatched.json").read_text(encoding="utf-8"))
    wanted = {name: CONFIGURATION[name] for name in KINDS}
    (credential,) = told["controller_credentials"]
    assert credential["inputs"].pop("token") == "change me"
    assert wanted["controller_credentials"][0]["inputs"]["token"] == "{{ vault_quay_token }}"
    del wanted["controller_credentials"], told["controller_credentials"]
    assert told == wanted


def test_one_more_template(folder):
    (template,) = yaml.safe_load((folder / "slices.yml").read_text(encoding="utf-8"))
    inventories = {one["name"] for one in CONFIGURATION["controller_inventories"]}
    shared = {name: template[name] for name in ("organization", "project", "execution_environment", "credentials")}
    assert template["inventory"] in inventories
    assert shared.items() <= TEMPLATES["drift"].items()


def test_a_template_for_another_registry(folder):
    """It differs from the collection's in its credential, and in what it sets of the survey."""
    (template,) = yaml.safe_load((folder / "staging.yml").read_text(encoding="utf-8"))
    ours = TEMPLATES[Path(template["playbook"]).stem]
    assert template.pop("credentials") != ours["credentials"] and template.pop("name") != ours["name"]
    assert template.pop("extra_vars").keys() <= {one["variable"] for one in questions(ours)}
    assert template.items() <= ours.items()


def test_a_play_elsewhere(folder):
    (play,) = yaml.safe_load((folder / "elsewhere.yml").read_text(encoding="utf-8"))
    defaults = play["module_defaults"]["group/dockhand.quay.quay"]
    assert defaults.keys() == {"quay_host", "quay_token"}
    (variable,) = CREDENTIAL_TYPE["injectors"]["extra_vars"]
    assert defaults["quay_host"] == f"{{{{ {variable} }}}}"


def test_every_template_is_described():
    content = GUIDE.read_text(encoding="utf-8")
    assert [one["name"] for one in TEMPLATES.values() if content.count(one["name"]) < 2] == []
