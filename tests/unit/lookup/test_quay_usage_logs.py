# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookup: the same connection options as the modules, from options, variables and environment."""

from __future__ import annotations

import pytest
import yaml
from ansible import constants
from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible_collections.dockhand.quay.plugins.doc_fragments import credentials, lookup, server, usage_logs
from ansible_collections.dockhand.quay.plugins.lookup import quay_usage_logs
from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import CREDENTIALS_ENVIRONMENT

NAME = "dockhand.quay.quay_usage_logs"


def options_of(fragment, name="DOCUMENTATION"):
    return yaml.safe_load(getattr(fragment.ModuleDocFragment, name))["options"]


def plugin():
    """The lookup, as Ansible's loader would make it."""
    own = yaml.safe_load(quay_usage_logs.DOCUMENTATION)["options"]
    options = {**options_of(lookup), **options_of(usage_logs), **options_of(usage_logs, "STREAM"), **own}
    constants.config.initialize_plugin_configuration_definitions("lookup", NAME, options)
    loader = DataLoader()
    made = quay_usage_logs.LookupModule(loader=loader, templar=Templar(loader=loader))
    made._load_name = NAME
    return made


def test_the_fragment_has_the_options_of_the_modules():
    ours, theirs = options_of(lookup), {**options_of(credentials), **options_of(server)}
    assert ours.keys() == theirs.keys()
    for name, option in theirs.items():
        assert ours[name].get("default") == option.get("default"), name
        assert ours[name]["type"] == {"path": "str"}.get(option["type"], option["type"]), name
        variable = name if name.startswith("quay_") else f"quay_{name}"
        assert ours[name]["vars"] == [{"name": variable}]
        named = [f"E({one['name']})" for one in ours[name].get("env", ())]
        assert all(one in str(option["description"]) for one in named), name


@pytest.fixture
def taken(monkeypatch):
    """The credentials that the lookup takes from options and variables, as it hands them on."""
    for variable in CREDENTIALS_ENVIRONMENT.values():
        monkeypatch.delenv(variable, raising=False)
    seen = []
    monkeypatch.setattr(
        quay_usage_logs.LookupModule, "_read", lambda self, params, secrets, limit: seen.append(params) or []
    )

    def run(variables, **options):
        plugin().run([], variables, **options)
        params = seen.pop()
        return {name: params[name] for name in CREDENTIALS_ENVIRONMENT if params[name]}

    return run


def test_options_stand_before_variables(taken):
    variables = {"quay_token": "t" * 40, "quay_username": "alice", "quay_password": "secret"}
    assert taken(variables) == variables
    assert taken(variables, quay_token="other") == {"quay_token": "other"}
    assert taken(variables, quay_session="session") == {"quay_session": "session"}
    found = taken(variables, quay_username="bob")
    assert found == {"quay_username": "bob", "quay_password": "secret"}


def test_the_environment_is_left_to_the_client(taken, monkeypatch):
    monkeypatch.setenv("QUAY_TOKEN", "of the environment")
    assert taken({}) == {}
    assert taken({"quay_username": "alice", "quay_password": "secret"}) == {
        "quay_username": "alice",
        "quay_password": "secret",
    }


def test_terms_are_told():
    with pytest.raises(AnsibleError, match="takes options only"):
        plugin().run(["7d"], {})


@pytest.fixture
def nothing_set(monkeypatch):
    for variable in (*CREDENTIALS_ENVIRONMENT.values(), "QUAY_HOST", "QUAY_VERIFY_SSL", "QUAY_CA_PATH", "QUAY_TIMEOUT"):
        monkeypatch.delenv(variable, raising=False)
    return monkeypatch


@pytest.mark.parametrize("variable", ["QUAY_HOST", "QUAY_VERIFY_SSL", "QUAY_CA_PATH", "QUAY_TIMEOUT", "QUAY_TOKEN"])
def test_an_empty_variable_is_not_specified(nothing_set, variable):
    seen = []
    nothing_set.setattr(quay_usage_logs.LookupModule, "_read", lambda self, params, *_rest: seen.append(params) or [])
    plugin().run([], {})
    nothing_set.setenv(variable, "")
    plugin().run([], {"quay_token": "", "quay_validate_certs": ""}, timeout="", quay_username="")
    assert seen[0] == seen[1]
    assert seen[1]["validate_certs"] is True


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("place", ["option", "variable", "environment"])
def test_a_token_with_a_line_end_is_not_shown(nothing_set, end, place):
    token = f"geheim==99{end}"
    nothing_set.setattr(quay_usage_logs, "UsageLogs", lambda client, *_rest: client.get(f"/{token.strip()}", {}))
    if place == "environment":
        nothing_set.setenv("QUAY_TOKEN", token)
    variables = {"quay_token": token} if place == "variable" else {}
    options = {"quay_token": token} if place == "option" else {}
    with pytest.raises(AnsibleError, match="cannot be reached") as caught:
        plugin().run([], variables, quay_host="http://127.0.0.1:9", starttime="1d", **options)
    assert "geheim" not in str(caught.value)


def test_a_fault_of_our_own_shows_its_place_and_never_its_text(nothing_set):
    def fails(*_arguments):
        raise KeyError("geheim")

    nothing_set.setattr(quay_usage_logs, "UsageLogs", fails)
    with pytest.raises(AnsibleError) as caught:
        plugin().run([], {}, starttime="1d")
    assert str(caught.value).startswith("Unexpected KeyError in the lookup quay_usage_logs, at plugins/lookup/quay_")
    assert "geheim" not in str(caught.value) and caught.value.__cause__ is None
