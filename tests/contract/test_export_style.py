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
from ansible_collections.dockhand.quay.plugins.module_utils._document.files import dump
from yamllint import linter
from yamllint.config import YamlLintConfig

from tests.faults.case import task
from tests.integration.emulator import TOKEN, running

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
DOCUMENT = {
    "organizations": [
        {
            "name": "payments",
            "email": "payments@example.com",
            "robots": [{"name": "ci"}, {"name": "deployer", "description": "Pulls for production"}],
            "teams": [{"name": "developers", "role": "creator", "description": PARAGRAPHS, "members": ["alice"]}],
            # Only for what alice creates.
            "default_perms": [
                {"name": "developers", "type": "team", "creator": "alice", "role": "write"},
                {"name": "alice", "creator": "alice"},
            ],
            "repositories": [
                {"name": "api", "description": PARAGRAPHS, "perms": [{"name": "alice"}]},
                {"name": "template", "description": "{{ not a template }}\nof ours"},
                {"name": "plain"},
            ],
        }
    ]
}


@pytest.mark.parametrize("text", TEXTS)
def test_yamllint_accepts_every_text(text):
    told = dump({"organizations": [{"name": "ops", "teams": [{"name": "devs", "description": text}], "email": text}]})
    problems = list(linter.run(told, DEFAULTS))
    assert not problems, f"{problems}\n{told}"


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> dict[bool, Path]:
    """The files of the same organization without and with defaults."""
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
            run("quay_export", dest=str(files[defaults]), organizations=["payments"], defaults=defaults)
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


def test_it_has_what_is_declared_and_the_time_machine(exported):
    """The server may give new organizations another time machine, so that it is no default."""
    (organization,) = yaml.load(exported[False].read_text(encoding="utf-8"), _Loader)["organizations"]
    assert organization.pop("time_machine_expiration") == "2w"
    organization["teams"] = [team for team in organization["teams"] if team["name"] != "owners"]
    assert organization == {
        **DOCUMENT["organizations"][0],
        "repositories": sorted(DOCUMENT["organizations"][0]["repositories"], key=lambda one: one["name"]),
    }


def test_defaults_can_be_written(exported):
    (organization,) = yaml.load(exported[True].read_text(encoding="utf-8"), _Loader)["organizations"]
    plain = next(one for one in organization["repositories"] if one["name"] == "plain")
    assert plain["description"] == "" and plain["visibility"] == "private" and plain["prune"] == []


class _Loader(yaml.SafeLoader):
    """It takes texts that are marked as no templates."""


_Loader.add_constructor("!unsafe", _Loader.construct_scalar)
