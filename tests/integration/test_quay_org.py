# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role quay_org takes its variables in the form of YAML, and as a survey, the environment and -e have them."""

from __future__ import annotations

import functools
import json
import typing as t

import pytest

from tests.contract.named import role_options
from tests.integration.emulator import TOKEN, running
from tests.integration.test_playbooks import Terminal

PLAYBOOK = """\
- hosts: localhost
  gather_facts: false
  tasks:
    - ansible.builtin.include_role: {name: dockhand.quay.quay_org}
"""
PRUNE = {"method": "tags", "value": (5, "5"), "tag_pattern": "v.*", "tag_pattern_matches": (False, "no")}
# A pair is one value in both forms.
VARIABLES = {
    "quay_org_name": "payments",
    "quay_org_token": TOKEN,
    "quay_org_validate_certs": (True, "yes"),
    "quay_org_timeout": (60.0, "60"),
    "quay_org_quota": "1 GiB",
    "quay_org_warning_pct": (50, "50"),
    "quay_org_reject_pct": (90, "90"),
    "quay_org_prune": [PRUNE],
    "quay_org_teams": [{"name": "developers", "members": (["alice", "bob"], "alice, bob"), "role": "creator"}],
    "quay_org_repositories": [
        {"name": "api", "prune": [PRUNE]},
        {"name": "web", "auto_prune_method": "tags", "auto_prune_value": (5, "5")},
    ],
}
CACHE = {
    "quay_org_name": "cache",
    "quay_org_token": TOKEN,
    "quay_org_auto_prune_method": "tags",
    "quay_org_auto_prune_value": (5, "5"),
    "quay_org_cache_registry": "registry.example.com",
    "quay_org_cache_insecure": (True, "yes"),
    "quay_org_cache_expiration": (3600, "3600"),
}


def written(value: t.Any, form: int) -> t.Any:
    """The value with each pair in one of its forms."""
    if isinstance(value, tuple):
        return value[form]
    if isinstance(value, dict):
        return {name: written(inner, form) for name, inner in value.items()}
    return [written(inner, form) for inner in value] if isinstance(value, list) else value


def paired(value: t.Any, path: str = "") -> t.Iterator[str]:
    """Where there are pairs."""
    if isinstance(value, tuple):
        yield path
    inner = value.items() if isinstance(value, dict) else ((".", one) for one in value if isinstance(value, list))
    for name, one in inner:
        yield from paired(one, path if name == "." else f"{path}.{name}")


def no_texts(options: dict[str, t.Any], path: str = "") -> t.Iterator[str]:
    """Options whose value is no text and has no options of its own."""
    for name, option in options.items():
        if "options" in option:
            yield from no_texts(option["options"], f"{path}.{name}")
        elif option["type"] != "str":
            yield f"{path}.{name}"


@pytest.fixture(scope="module")
def terminal(tmp_path_factory) -> t.Iterator[Terminal]:
    folder = tmp_path_factory.mktemp("quay_org")
    (folder / "organization.yml").write_text(PLAYBOOK, encoding="utf-8")
    with running(folder) as emulator:
        emulator.fresh({}, ["alice", "bob"])
        yield Terminal(emulator, folder)


@pytest.mark.parametrize("variables", [VARIABLES, CACHE], ids=["organization", "cache"])
def test_both_forms_mean_the_same(terminal, variables):
    """What one form creates, the other leaves unchanged."""
    for form, outcome in enumerate(("changed=", "changed=0")):
        given = {**written(variables, form), "quay_org_host": terminal.emulator.url}
        (terminal.folder / "variables.json").write_text(json.dumps(given), encoding="utf-8")
        output = terminal.play("organization.yml", "-e", "@variables.json")
        assert outcome in output
        assert ("changed=0" in output) is bool(form)


def test_connection_of_the_environment(terminal):
    """As in modules, what the variables leave out."""
    assert "create  organization shop" in terminal.play("organization.yml", quay_org_name="shop")


def test_an_empty_address_is_not_sent(terminal):
    """As today. The module clears the address."""
    play = functools.partial(terminal.play, "organization.yml", quay_org_name="mail")
    assert "create  organization mail" in play(quay_org_email="mail@example.com")
    assert "changed=0" in play(quay_org_email="")


def test_no_variable_is_left_out():
    assert not set(no_texts(role_options("quay_org"))) - {*paired(VARIABLES), *paired(CACHE)}
