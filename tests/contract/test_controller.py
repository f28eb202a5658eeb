# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""docs/controller: controller takes it, it names what is there, and the surveys ask what the playbooks take."""

from __future__ import annotations

import importlib
import re
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible_collections.dockhand.quay.plugins.plugin_utils._options import VARIABLES
from jinja2 import StrictUndefined

from tests.integration.controller import (
    CONFIGURATION,
    CREDENTIAL_TYPE,
    PROJECT,
    TEMPLATES,
    Item,
    defaults,
    faults,
    injected,
    questions,
    rendered,
    tower,
)
from tests.integration.play import ROOT, read_tasks
from tests.integration.story import module_of, options_of

# What infra.aap_configuration takes of each kind; what the entries here have is enough.
KEYS = {
    "controller_credential_types": {"name", "kind", "description", "inputs", "injectors"},
    "controller_credentials": {"name", "organization", "credential_type", "inputs"},
    "controller_execution_environments": {"name", "image", "pull"},
    "controller_hosts": {"name", "inventory", "variables"},
    "controller_inventories": {"name", "organization"},
    "controller_inventory_sources": {
        *("name", "inventory", "organization", "source", "source_project", "source_path", "credential"),
        *("execution_environment", "overwrite", "update_on_launch"),
    },
    "controller_projects": {
        *("name", "organization", "scm_type", "scm_url", "scm_branch", "scm_update_on_launch", "default_environment"),
    },
    "controller_schedules": {"name", "description", "unified_job_template", "organization", "rrule", "extra_data"},
    "controller_templates": {
        *("name", "description", "organization", "project", "playbook", "inventory", "execution_environment"),
        *("credentials", "extra_vars", "ask_job_type_on_launch", "survey_enabled", "survey_spec"),
    },
}
TYPES = {
    "text": {"str", "path", "list"},
    "integer": {"int", "float"},
    "multiplechoice": {"bool", "str"},
    "multiselect": {"list"},
}
PLUGINS = "ansible_collections.dockhand.quay.plugins.modules"
# What leaves an option out if nobody answers; zero is an answer.
OMITTED = re.compile(r"default\(omit, true\)|not in \['', none\] else omit")
VARIABLE = re.compile(r"^\{\{ \(?(\w+)")
EACH = pytest.mark.parametrize("name", TEMPLATES)


def names(kind: str) -> set[str]:
    return {one["name"] for one in CONFIGURATION[kind]}


def flat(tasks: list[Item]) -> t.Iterator[Item]:
    """Tasks with those of their blocks."""
    for task in tasks:
        yield task
        yield from flat(task.get("block", []))


def passed_on(tasks: t.Iterable[Item]) -> dict[str, Item]:
    """By variable, the option of a module of the collection that a task gives it to; ``text`` is how."""
    found: dict[str, Item] = {}
    for task in tasks:
        if module := module_of(task):
            spec = importlib.import_module(f"{PLUGINS}.{module}").OPERATION.spec
            for option, text in options_of(task).items():
                for variable in VARIABLE.findall(str(text)):
                    found[variable] = {"text": text, **spec[option]}
    return found


def taken_by(playbook: str) -> dict[str, Item]:
    """The variables of a playbook: the options of its role, or what it says in its first lines."""
    file = ROOT / "playbooks" / f"{playbook}.yml"
    (play,) = read_tasks(file)
    if "tasks" in play:
        comments = "".join(re.findall(r"^#.*\n", file.read_text(encoding="utf-8"), re.MULTILINE))
        return {
            variable: {**option, "required": "default(" not in option["text"]}
            for variable, option in passed_on(play["tasks"]).items()
            if variable in comments
        }
    (role,) = (ROOT / "roles" / one["role"].rpartition(".")[2] for one in play["roles"])
    specs = yaml.safe_load((role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    given = passed_on(flat(read_tasks(role / "tasks" / "main.yml")))
    return {
        variable: {
            "choices": given.get(variable, {}).get("choices"),
            "text": given.get(variable, {}).get("text"),
            **option,
        }
        for variable, option in specs["argument_specs"]["main"]["options"].items()
    }


def test_of_every_kind():
    assert {
        name: {key for one in value for key in one} for name, value in CONFIGURATION.items() if name in KEYS
    } == KEYS
    # What templates share has variables of its own.
    assert CONFIGURATION.keys() - KEYS.keys() == {"quay_choices", "quay_template"}
    # A playbook that compares files of a developer is not a job.
    assert {*TEMPLATES, "port"} == {file.stem for file in (ROOT / "playbooks").glob("*.yml")}


def test_what_is_named_is_there():
    for template in TEMPLATES.values():
        assert template["project"] in names("controller_projects")
        assert template["inventory"] in names("controller_inventories")
        assert template["execution_environment"] in names("controller_execution_environments")
        assert set(template["credentials"]) <= names("controller_credentials")
    (source,) = CONFIGURATION["controller_inventory_sources"]
    assert source["inventory"] in names("controller_inventories")
    assert (PROJECT / source["source_path"]).exists()
    for credential in CONFIGURATION["controller_credentials"]:
        assert credential["credential_type"] == CREDENTIAL_TYPE["name"]
        assert credential["inputs"].keys() <= {field["id"] for field in CREDENTIAL_TYPE["inputs"]["fields"]}
        assert credential["inputs"].keys() >= set(CREDENTIAL_TYPE["inputs"]["required"])


@EACH
def test_playbook_of_the_collection(name):
    (play,) = yaml.safe_load((PROJECT / f"{name}.yml").read_text(encoding="utf-8"))
    assert play["ansible.builtin.import_playbook"] == f"dockhand.quay.{name}"


def test_credential_type():
    fields = CREDENTIAL_TYPE["inputs"]["fields"]
    injectors = CREDENTIAL_TYPE["injectors"]
    files = tower(dict.fromkeys(injectors["file"], "EXAMPLE_FILENAME"))
    example = {**{field["id"]: "EXAMPLE" for field in fields}, "tower": files}
    for kind in injectors:
        assert "" not in rendered(kind, example, undefined=StrictUndefined).values()
    assert all(re.fullmatch(r"template\.[a-z_]+", label) for label in injectors["file"])
    for field in fields:
        assert field.get("default") in (None, *field.get("choices", ()))
    assert {field["id"] for field in fields if field.get("secret")} == {"token", "password"}


def test_credentials_are_injected(tmp_path):
    host, account = "https://quay.example.com", {"username": "dora", "password": "only-a-test"}
    nobody = dict.fromkeys(("QUAY_TOKEN", "QUAY_USERNAME", "QUAY_PASSWORD", "QUAY_CA_PATH"), "")
    env, extra_vars = injected({"host": host, "token": "only-a-test", "username": "", "ca": ""}, tmp_path)
    assert env == {**nobody, "QUAY_HOST": host, "QUAY_TOKEN": "only-a-test", "QUAY_VERIFY_SSL": "true"}
    assert extra_vars == {"quay_credential_host": host}
    env, extra_vars = injected({"host": host, "verify_ssl": "false", **account}, tmp_path)
    assert env == {
        **nobody,
        "QUAY_HOST": host,
        "QUAY_USERNAME": "dora",
        "QUAY_PASSWORD": "only-a-test",
        "QUAY_VERIFY_SSL": "false",
    }


def test_a_certificate_authority_is_a_file(tmp_path):
    authority = "-----BEGIN CERTIFICATE-----\nonly a test\n-----END CERTIFICATE-----\n"
    env, _extra_vars = injected({"host": "https://quay.example.com", "ca": authority}, tmp_path)
    assert Path(env["QUAY_CA_PATH"]).read_text(encoding="utf-8") == authority


def test_an_extra_variable_outranks_nothing():
    """It would stand before what an inventory says of each host."""
    assert CREDENTIAL_TYPE["injectors"]["extra_vars"].keys().isdisjoint(VARIABLES)


@EACH
def test_survey_is_taken(name):
    survey = TEMPLATES[name]["survey_spec"]
    assert survey.keys() == {"name", "description", "spec"}
    variables = [one["variable"] for one in questions(TEMPLATES[name])]
    assert len(set(variables)) == len(variables)
    for one in questions(TEMPLATES[name]):
        assert one.keys() >= {"type", "question_name", "variable", "required"}
        assert ("choices" in one) == one["type"].startswith("multi")
    unanswered = {one["variable"] for one in questions(TEMPLATES[name]) if one["required"] and "default" not in one}
    assert faults(TEMPLATES[name], defaults(TEMPLATES[name])) == [f"{variable}: None" for variable in unanswered]


@EACH
def test_survey_asks_what_the_playbook_takes(name):
    taken = taken_by(name)
    for one in questions(TEMPLATES[name]):
        option = taken[one["variable"]]
        assert option["type"] in TYPES[one["type"]]
        choices = ["true", "false"] if option["type"] == "bool" else option.get("choices")
        assert sorted(one.get("choices") or ()) == sorted(choices or ())
        assert one["required"] or not option.get("required")
        # What must be answered has no default only where the playbook has none.
        assert "default" in one or one["required"] == option.get("required", False)
        if option.get("default") not in (None, [], ""):
            assert yaml.safe_load(str(one["default"])) == option["default"]
        # The form sends an empty text where nobody answers.
        assert one["type"] != "text" or one["required"] or OMITTED.search(option["text"])


@pytest.mark.parametrize("schedule", CONFIGURATION["controller_schedules"], ids=lambda schedule: schedule["name"])
def test_schedule(schedule):
    (template,) = (one for one in TEMPLATES.values() if one["name"] == schedule["unified_job_template"])
    assert not faults(template, {**defaults(template), **schedule["extra_data"]})
    assert re.fullmatch(r"DTSTART:\d{8}T\d{6}Z RRULE:FREQ=\w+;INTERVAL=\d+", schedule["rrule"])
