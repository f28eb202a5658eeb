# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""An export can be kept in Git: yamllint and ansible-lint accept it by their defaults, and it has no needless line."""

from __future__ import annotations

import importlib
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.dockhand.quay.plugins.module_utils._client.capabilities import CAPABILITIES
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._client.workers import Workers
from ansible_collections.dockhand.quay.plugins.module_utils._document.files import dump
from ansible_collections.dockhand.quay.plugins.module_utils._document.planner import Planner
from ansible_collections.dockhand.quay.plugins.module_utils._document.pruning import Pruning
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import Context
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import APPLY, READER
from yamllint import linter
from yamllint.config import YamlLintConfig

from tests.faults.case import task
from tests.integration.emulator import TOKEN, running
from tests.registries.documents import plain_sections

DEFAULTS = YamlLintConfig("extends: default")
PARAGRAPHS = (
    "# The API\n\nIt answers questions about payments, and it takes longer lines than anybody would like to read.\n"
)
TEXTS = [
    PARAGRAPHS,
    "one line\nand another",
    "ends with two empty lines\n\n",
    "four\n\n\n\nempty lines",
    " a blank in front\nof it",
    "a blank \nat the end of a line",
    "{{ a template }}\nand more",
    "tab\tand bell\x07\n",
    "word " * 60,
    "line " * 60 + "\nand another",
    "w" * 200,
    "yes",
    "0o17",
    "# no comment",
    "",
]
START = "2040-01-31T02:00:00Z"
# At least one entry of each section, and most with one option that is no default.
DOCUMENT = {
    "messages": [
        {"content": "*Soon* there is a new server", "format": "markdown"},
        {"content": "The registry is read-only on Sunday", "severity": "warning"},
    ],
    "organizations": [
        {"name": "cached", "proxy_cache": {"registry": "docker.io", "insecure": True}},
        {"name": "cached-too", "proxy_cache": {"registry": "quay.io"}},
        {
            "name": "mirrored",
            "robots": [{"name": "mirror"}],
            "mirror": {
                "external_registry_type": "harbor",
                "external_registry_url": "https://harbor.example.com",
                "external_namespace": "library",
                "robot_username": "mirrored+mirror",
                "sync_start_date": START,
            },
        },
        {
            **{section.name: [{"name": "first"}, {"name": "second"}] for section in plain_sections(CAPABILITIES)},
            "name": "payments",
            "email": "payments@example.com",
            "robots": [{"name": "ci"}, {"name": "deployer", "description": "Pulls for production"}],
            "teams": [
                {"name": "developers", "role": "creator", "description": PARAGRAPHS, "members": ["alice"]},
                {"name": "readers"},
            ],
            # Only for what alice creates.
            "default_perms": [
                {"name": "developers", "type": "team", "creator": "alice", "role": "write"},
                {"name": "alice", "creator": "alice"},
            ],
            "prune": [
                {"method": "date", "tag_pattern": "pr-*", "value": "7d"},
                {"method": "tags", "tag_pattern": "v*", "tag_pattern_matches": False, "value": "20"},
            ],
            "quota": {"quota": "10 GiB", "warning_pct": 80},
            "applications": [{"name": "console"}, {"name": "portal", "redirect_uri": "https://portal.example.com"}],
            "immutability": [{"tag_pattern": "v.*"}, {"tag_pattern": "x.*", "behavior": "not_matching_immutable"}],
            "repositories": [
                {"name": "api", "description": PARAGRAPHS, "perms": [{"name": "alice"}]},
                {
                    "name": "base",
                    "repo_state": "MIRROR",
                    "mirror": {
                        "external_reference": "quay.io/projectquay/quay",
                        "image_tags": ["v3.*"],
                        "robot_username": "payments+ci",
                        "sync_start_date": START,
                    },
                },
                {"name": "plain"},
                {
                    "name": "strict",
                    "prune": [{"method": "tags", "value": "5"}],
                    "immutability": [{"tag_pattern": ".*"}],
                    "notifications": [
                        {"event": "repo_image_expiry", "method": "quay_notification", "config": {"name": "bob"}},
                        {"event": "repo_push", "method": "quay_notification", "config": {"name": "alice"}},
                        {
                            "title": "To the developers",
                            "event": "vulnerability_found",
                            "method": "quay_notification",
                            "config": {"type": "team", "name": "developers"},
                            "vulnerability_level": "high",
                        },
                    ],
                },
                {"name": "template", "description": "{{ not a template }}\nof ours"},
            ],
        },
    ],
    "users": [
        {"username": "alice", "quota": {"quota": "1 GB"}},
        {"username": "bob", "email": "bob@example.com", "enabled": False},
    ],
}


@pytest.mark.parametrize("text", TEXTS)
def test_yamllint_accepts_every_text(text):
    told = dump({"organizations": [{"name": "ops", "teams": [{"name": "devs", "description": text}], "email": text}]})
    problems = list(linter.run(told, DEFAULTS))
    assert not problems, f"{problems}\n{told}"


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> dict[bool, Path]:
    """The files of the same registry without and with defaults."""
    folder = tmp_path_factory.mktemp("export-")
    modules = "ansible_collections.dockhand.quay.plugins.modules"
    files = {}
    with running(folder) as emulator:
        emulator.fresh({}, ["alice"])

        def run(name: str, **options: t.Any) -> dict[str, t.Any]:
            operation = importlib.import_module(f"{modules}.{name}").OPERATION
            result, message = task(operation, {"quay_host": emulator.url, "quay_token": TOKEN, **options})
            assert result, message
            return result

        run("quay_apply", document=DOCUMENT)
        for defaults in (False, True):
            files[defaults] = folder / f"defaults_{defaults}.yml".lower()
            run("quay_export", dest=str(files[defaults]), defaults=defaults)
            assert not run("quay_apply", src=str(files[defaults]))["changed"]
    return files


@pytest.mark.parametrize("defaults", [False, True])
def test_linters_accept_it(exported, defaults):
    file = exported[defaults]
    problems = list(linter.run(file.read_text(encoding="utf-8"), DEFAULTS))
    assert not problems, file.read_text(encoding="utf-8")
    (file.parent / "lint.yml").write_text("profile: production\n", encoding="utf-8")
    command = [Path(sys.executable).with_name("ansible-lint"), "--offline", "--strict", "-c", "lint.yml", file.name]
    ran = subprocess.run(command, cwd=file.parent, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def read(file: Path) -> t.Any:
    return yaml.load(file.read_text(encoding="utf-8"), _Loader)


def test_it_has_what_is_declared_and_the_time_machine(exported):
    """The server may give new organizations another time machine, so that it is no default."""
    document = read(exported[False])
    for organization in document["organizations"]:
        assert organization.pop("time_machine_expiration") == "2w"
        organization["teams"] = [team for team in organization["teams"] if team["name"] != "owners"]
        if not organization["teams"]:
            del organization["teams"]
    assert document.pop("users")[-1] == {"username": "quayadmin", "email": "quayadmin@example.com"}
    assert document == {name: entries for name, entries in DOCUMENT.items() if name != "users"}


def test_defaults_can_be_written(exported):
    organization = read(exported[True])["organizations"][-1]
    plain = next(one for one in organization["repositories"] if one["name"] == "plain")
    assert plain["description"] == "" and plain["visibility"] == "private" and plain["prune"] == []


THERE = (("owners", None), (None, "quayadmin"))


def without_a_line(whole: t.Any) -> t.Iterator[tuple[str, t.Any]]:
    """Each line of a document that can be left out, and the document without it."""
    if isinstance(whole, list):
        for number, one in enumerate(whole):
            for line, rest in without_a_line(one):
                yield line, [*whole[:number], rest, *whole[number + 1 :]]
    # The account that applies it is there already, and owns each organization that it creates.
    elif isinstance(whole, dict) and (whole.get("name"), whole.get("username")) not in THERE:
        for name, value in whole.items():
            rest = {key: one for key, one in whole.items() if key != name}
            if rest:
                yield f"{name}: {value}", rest
            for line, less in without_a_line(value):
                yield f"{name}: {line}", {**whole, name: less}


def planned(client: QuayClient, workers: Workers, document: t.Any) -> t.Any:
    """What a server without any of it would be sent, and what would come of it; None if it is not a document."""
    read = READER.read(document)
    if read.faults:
        return None
    planner = Planner(client, workers, READER, read, Pruning())
    planner.plan(lambda _text: None)
    return [(item.failure, item.work.planned.steps, item.work.planned.outcome) for item in planner.every()]


def test_no_line_is_only_a_default(exported, tmp_path):
    """Without any of its lines, a new registry would be another one."""
    document = read(exported[False])
    with running(tmp_path) as emulator:
        emulator.fresh({}, [])
        params = {"quay_host": emulator.url, "quay_token": TOKEN, "document": document}
        options = ArgumentSpecValidator(APPLY.argument_spec()).validate(params).validated_parameters
        client = Context(options, True, False, print, ".").client
        workers = Workers(client, 1)
        whole = planned(client, workers, document)
        assert whole and not any(failure for failure, _steps, _outcome in whole)
        needless = [line for line, less in without_a_line(document) if planned(client, workers, less) == whole]
        workers.close()
    assert not needless, "\n".join(needless)


def test_it_has_every_section():
    """That is exported, but that of teams of a directory, whose users no document creates."""
    names = {section.name for section in READER.sections if section.listed} - {"sync"}
    text = str(DOCUMENT)
    assert [name for name in names if f"'{name}': " not in text] == []


class _Loader(yaml.SafeLoader):
    """It takes texts that are marked as no templates."""


_Loader.add_constructor("!unsafe", _Loader.construct_scalar)
