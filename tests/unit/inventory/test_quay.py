# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory plugin without a server: its files, its options, which names it wants, and what hosts carry."""

from __future__ import annotations

import pytest
import yaml
from ansible import constants
from ansible.errors import AnsibleParserError
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.doc_fragments import constructed, inventory_cache
from ansible.template import Templar
from ansible_collections.dockhand.quay.plugins.doc_fragments import lookup
from ansible_collections.dockhand.quay.plugins.inventory import quay
from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import CREDENTIALS_ENVIRONMENT
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput, QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._text.shown import Secrets
from ansible_collections.dockhand.quay.plugins.plugin_utils._hosts import (
    groups_of,
    organization_groups,
    organization_variables,
    repository_variables,
)
from ansible_collections.dockhand.quay.plugins.plugin_utils._listing import Listing, Selection
from ansible_collections.dockhand.quay.plugins.plugin_utils._options import connection, message_of
from ansible_collections.dockhand.quay.plugins.plugin_utils._trust import foreign, template

OWN = {"plugin": "dockhand.quay.quay"}
MODIFIED = 1795219379
UUID = "86b4638d-544f-46f5-a884-9e1f5e0141db"


def selection(include=("*",), exclude=()):
    return Selection(tuple(include), tuple(exclude))


@pytest.fixture
def plugin(monkeypatch):
    """The plugin, as Ansible's loader would make it."""
    for variable in CREDENTIALS_ENVIRONMENT.values():
        monkeypatch.delenv(variable, raising=False)
    parts = [fragment.ModuleDocFragment.DOCUMENTATION for fragment in (constructed, inventory_cache, lookup)]
    options = {}
    for part in (*parts, quay.DOCUMENTATION):
        options.update(yaml.safe_load(part)["options"])
    name = quay.InventoryModule.NAME
    constants.config.initialize_plugin_configuration_definitions("inventory", name, options)
    made = quay.InventoryModule()
    made._load_name = name
    made.templar = Templar(loader=DataLoader())
    return made


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("quay.yml", True),
        ("quay.yaml", True),
        ("production.quay.yml", True),
        ("production.quay.yaml", True),
        ("myquay.yml", False),
        ("quay.yml.bak", False),
        ("quay.json", False),
    ],
)
def test_names_of_files(plugin, tmp_path, name, taken):
    (tmp_path / name).touch()
    assert plugin.verify_file(str(tmp_path / name)) is taken
    assert not plugin.verify_file(str(tmp_path / "other" / name))


def test_options_stand_before_extra_variables_and_are_templates(plugin):
    given = {**OWN, "quay_host": template("{{ place }}"), "include": [template("{{ team }}-*")], "compose": {"a": "b"}}
    extra = {"place": "quay.example.com", "team": "lab", "quay_token": "t" * 40, "quay_host": "other.example.com"}
    plugin.set_options(direct=given, var_options=extra)
    params = connection(plugin, plugin._direct, plugin._named)
    assert params["quay_host"] == "quay.example.com"
    assert params["quay_token"] == "t" * 40
    assert plugin.get_option("include") == ["lab-*"]
    assert plugin.get_option("compose") == {"a": "b"}
    assert plugin.get_option("scope") == "superuser"


def test_credentials_of_the_environment_are_left_to_the_client(plugin, monkeypatch):
    monkeypatch.setenv("QUAY_TOKEN", "of the environment")
    plugin.set_options(direct={**OWN, "quay_username": "alice", "quay_password": "secret"}, var_options={})
    params = connection(plugin, plugin._direct, plugin._named)
    assert {name: params[name] for name in CREDENTIALS_ENVIRONMENT} == {
        "quay_session": None,
        "quay_token": None,
        "quay_username": "alice",
        "quay_password": "secret",
    }


def test_a_template_without_its_variable_is_told(plugin):
    with pytest.raises(AnsibleParserError, match="quay_token is a template that cannot be rendered"):
        plugin.set_options(direct={"quay_token": template("{{ nowhere }}")}, var_options={})


@pytest.mark.parametrize("option", ["include", "exclude"])
def test_repositories_are_no_organizations(plugin, option):
    params = {"kind": "organizations", "scope": "superuser", "include": ["*"], "exclude": [], option: ["payments/api"]}
    plugin.set_options(direct=OWN, var_options={})
    with pytest.raises(BadInput, match=f"{option}: invalid value 'payments/api'"):
        plugin._read(None, params)


def test_texts_of_others_are_no_templates():
    for text in ("{{ 1 + 1 }}", "{% raw %}", "#jinja2: variable_start_string: '[['\n[[ 1 + 1 ]]"):
        assert Templar(loader=DataLoader()).template(foreign(text)) == text
    assert Templar(loader=DataLoader()).template(template("{{ 1 + 1 }}")) in (2, "2")
    assert [foreign(value) for value in ("plain", None, 3)] == ["plain", None, 3]


@pytest.mark.parametrize(
    ("include", "exclude", "wanted"),
    [
        (["*"], [], ["lab", "payments"]),
        ([], [], []),
        (["pay*"], [], ["payments"]),
        (["*"], ["l?b"], ["payments"]),
        (["payments/api"], [], ["payments"]),
        (["*"], ["payments/api"], ["lab", "payments"]),
        (["*/api"], [], ["lab", "payments"]),
        (["lab"], ["*"], []),
    ],
)
def test_which_organizations(include, exclude, wanted):
    assert [name for name in ("lab", "payments") if selection(include, exclude).has_organization(name)] == wanted


@pytest.mark.parametrize(
    ("include", "exclude", "wanted"),
    [
        (["*"], [], ["lab/a/b", "lab/api", "payments/api"]),
        (["lab"], [], ["lab/a/b", "lab/api"]),
        (["lab/a*"], ["*/api"], ["lab/a/b"]),
        (["*/api"], ["lab"], ["payments/api"]),
        (["lab/api"], [], ["lab/api"]),
        (["a"], [], []),
    ],
)
def test_which_repositories(include, exclude, wanted):
    names = ("lab/a/b", "lab/api", "payments/api")
    assert [name for name in names if selection(include, exclude).has_repository(name)] == wanted


def test_what_is_named_must_be_there():
    chosen = selection(["lab", "lab/api", "no*", "x/*"])
    with pytest.raises(QuayError, match="include: there is no organization x among those that Quay lists"):
        chosen.check_found(["lab"], 1)
    chosen.check_found(["lab", "x"], 1)
    with pytest.raises(QuayError, match="include: there is no repository lab/api among"):
        chosen.check_found(["lab/web"], 2)
    chosen.check_found(["lab/api"], 2)


@pytest.mark.parametrize("workers", [0, 33])
def test_workers(workers):
    with pytest.raises(BadInput, match="use 1 to 32"):
        Listing(None, "superuser", selection(), workers)


def test_variables_of_organizations():
    report = {"quota_bytes": 7, "configured_quota": 10}
    for_superusers = organization_variables({"name": "lab", "email": UUID, "quota_report": report})
    assert for_superusers == {
        "quay_organization": "lab",
        "quay_email": "",
        "quay_is_admin": None,
        "quay_used_bytes": 7,
        "quay_quota_bytes": 10,
    }
    for_members = organization_variables({"name": "lab", "is_org_admin": True})
    assert for_members.keys() == for_superusers.keys()
    assert (for_members["quay_email"], for_members["quay_is_admin"]) == (None, True)
    assert groups_of(for_members) == ["quay_organizations"]


def test_variables_of_repositories():
    view = {"namespace": "lab", "name": "a/b", "is_public": False, "state": "READ_ONLY", "description": None}
    found = repository_variables({**view, "last_modified": MODIFIED})
    assert found == {
        "quay_organization": "lab",
        "quay_repository": "lab/a/b",
        "quay_visibility": "private",
        "quay_state": "READ_ONLY",
        "quay_description": "",
        "quay_last_modified": "2026-11-21T00:02:59Z",
        "quay_used_bytes": None,
    }
    assert repository_variables({**view, "last_modified": None})["quay_last_modified"] is None
    assert groups_of(found) == ["quay_repositories", "quay_private", "quay_state_read_only"]


def test_a_group_never_mixes_organizations():
    own, mixed = organization_groups(["a-b", "lab", "a.b", "lab"])
    assert own == {"lab": "quay_organization_lab"}
    assert mixed == ["Group quay_organization_a_b is not created: it would mix the organizations a-b, a.b."]


def test_empty_options_and_variables_are_not_specified(plugin, monkeypatch):
    monkeypatch.delenv("QUAY_HOST", raising=False)
    monkeypatch.setenv("QUAY_VERIFY_SSL", "")
    monkeypatch.setenv("QUAY_TIMEOUT", "")
    plugin.set_options(
        direct={**OWN, "quay_token": "", "ca_path": ""}, var_options={"quay_host": "", "quay_token": "t"}
    )
    params = connection(plugin, plugin._direct, plugin._named)
    assert (params["validate_certs"], params["timeout"], params["ca_path"]) == (True, 10.0, None)
    assert (params["quay_host"], params["quay_token"]) == ("http://127.0.0.1", "t")


def test_a_fault_of_our_own_shows_its_place_and_never_its_text(plugin):
    with pytest.raises(AttributeError) as caught:
        connection(plugin, None, None)
    told = message_of(caught.value, "the inventory", ())
    assert told.startswith("Unexpected AttributeError in the inventory, at plugins/plugin_utils/_options.py line ")
    assert (
        message_of(QuayError("No geheim%3D99 here."), "the inventory", Secrets(["geheim=99\n"])) == "No ******** here."
    )
