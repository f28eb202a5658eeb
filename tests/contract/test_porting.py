# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The differences from infra.quay_configuration: complete enough to be read by name, and shown by the playbook."""

from __future__ import annotations

import os
import re
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


# The variable of quay_org for an option of each module behind the role.
BEHIND_ROLE = {
    "quay_organization": "quay_org_{}",
    "quay_quota": "quay_org_{}",
    "quay_proxy_cache": "quay_org_cache_{}",
    "quay_organization_prune": "quay_org_prune.{}",
    "quay_organization_immutability": "quay_org_immutability.{}",
    "quay_user": "quay_org_users.{}",
    "quay_robot": "quay_org_robots.{}",
    "quay_team": "quay_org_teams.{}",
    "quay_default_perm": "quay_org_default_perms.{}",
    "quay_application": "quay_org_applications.{}",
    "quay_repository": "quay_org_repositories.{}",
    "quay_repository_prune": "quay_org_repositories.prune.{}",
    "quay_repository_immutability": "quay_org_repositories.immutability.{}",
}
# The role ignores an empty address, and names of repositories have the organization in front.
NOT_IN_ROLE = {"quay_org_email", "quay_org_repositories.name"}


def paths(options, above=""):
    """All options, with a dot before the name of a nested one."""
    for name, option in options.items():
        yield above + name
        yield from paths(option.get("options", {}), f"{above}{name}.")


EACH = pytest.mark.parametrize(
    "one", DIFFERENCES, ids=lambda one: next(one[kind] for kind in KINDS if kind in one)[:40]
)


@EACH
def test_a_difference_is_about_what_is_in_use(one):
    assert one.keys() <= {"names", "options", "without", *KINDS}
    assert sum(kind in one for kind in KINDS) == 1
    assert NAMES.keys() >= set(one.get("names", ()))
    known = {option for name in one.get("names", ()) for option in paths(NAMES[name].get("options", {}))}
    assert known >= {*one.get("options", ()), *one.get("without", ())}


@EACH
def test_the_role_meets_what_its_modules_meet(one):
    """With the same text, or one of its own."""
    names, options = set(one.get("names", ())) & BEHIND_ROLE.keys(), one.get("options", ())
    variables = {BEHIND_ROLE[name].format(option) for name in names for option in options}
    met = variables & set(paths(NAMES["quay_org"]["options"])) - NOT_IN_ROLE
    assert met <= set(options)
    assert not met or "quay_org" in one["names"]


@EACH
def test_a_default_concerns_tasks_without_the_option(one):
    text = next(one[kind] for kind in KINDS if kind in one)
    absent = re.findall(r"If ((?:`\w+`(?: and )?)+) (?:is|are) not specified|The default of (`\w+`)", text)
    named = {name for both in absent for part in both for name in re.findall(r"`(\w+)`", part)}
    assert named == set(one.get("without", ()))


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
