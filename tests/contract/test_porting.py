# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The differences from infra.quay_configuration: complete enough to be read by name, and shown by the playbook."""

from __future__ import annotations

import os
import subprocess

import pytest
import yaml

from tests.contract.test_interface import FORMS, INTERFACE
from tests.integration.play import COLLECTIONS, ROOT

DIFFERENCES = yaml.safe_load((ROOT / "playbooks" / "vars" / "porting.yml").read_text(encoding="utf-8"))[
    "porting_differences"
]
KINDS = ("change", "better", "drop")
NAMES = {**INTERFACE["modules"], **INTERFACE["roles"], **INTERFACE["filters"]}


@pytest.mark.parametrize("one", DIFFERENCES, ids=lambda one: next(one[kind] for kind in KINDS if kind in one)[:40])
def test_a_difference_is_about_what_is_in_use(one):
    assert one.keys() <= {"names", "options", *KINDS}
    assert sum(kind in one for kind in KINDS) == 1
    assert NAMES.keys() >= set(one.get("names", ()))
    known = {option for name in one.get("names", ()) for option in NAMES[name].get("options", ())}
    assert known >= set(one.get("options", ()))


def test_what_is_stricter_is_told():
    told = " ".join(one["change"] for one in DIFFERENCES if "change" in one)
    values = [value for form in FORMS.values() for value in form.get("stricter", ())]
    assert values and [value for value in values if f"`{value}`" not in told] == []


def test_playbook_shows_them(tmp_path):
    (tmp_path / "site.yml").write_text(
        "- hosts: all\n  tasks:\n    - infra.quay_configuration.quay_user: {username: alice, password: x}\n"
    )
    command = ["ansible-playbook", "dockhand.quay.port", "-e", f"port_src={tmp_path / 'site.yml'}"]
    settings = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS, "ANSIBLE_NOCOLOR": "1"}
    ran = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "site.yml:3: quay_user: change: The password is sent only to a new account." in ran.stdout
    assert '"all: better: ' in ran.stdout
