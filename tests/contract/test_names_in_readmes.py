# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What README.md and the READMEs of the roles name is there, in blocks, tables and text."""

from __future__ import annotations

import re

import pytest
import yaml
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import READER

from tests.contract.named import faults, role_options
from tests.contract.pages import READMES, blocks
from tests.integration.play import ROOT
from tests.tools.generate import modules

ROLES = sorted(page.parent.name for page in READMES if page.parent != ROOT)
PLAYBOOKS = [file.stem for file in (ROOT / "playbooks").glob("*.yml")]
PLUGINS = [file.stem for kind in ("filter", "inventory", "lookup") for file in (ROOT / "plugins" / kind).glob("*.py")]
# Where variables of roles and playbooks come from.
SOURCES = [*ROOT.glob("playbooks/*.yml"), *ROOT.glob("roles/*/meta/*.yml"), *ROOT.glob("roles/*/tasks/*.yml")]
VARIABLE = re.compile(rf"-e (\w+)=|\b((?:{'|'.join([*ROLES, *PLAYBOOKS])})_\w+)")
ROW = re.compile(r"^\| `(\w+)` \| (.*?) ?\| ", re.MULTILINE)
# A section of registry documents, with a mark for each section around it; its options; the module.
SECTION = re.compile(r"^\| ((?:… )*)`(\w+)`.*? \| (.*?) \| `(\w+)` \|$", re.MULTILINE)
EACH = pytest.mark.parametrize("page", READMES, ids=lambda page: str(page.relative_to(ROOT)))


def section(role: str, title: str) -> str:
    """The text between this heading and the next."""
    page = (ROOT / "roles" / role / "README.md").read_text(encoding="utf-8")
    return page.partition(f"## {title}\n")[2].partition("\n#")[0]


@EACH
def test_blocks(page):
    contents = [one for language, block in blocks(page) if language == "yaml" for one in yaml.safe_load_all(block)]
    assert contents
    assert not [fault for content in contents for fault in faults(content)]


@EACH
def test_full_names(page):
    named = set(re.findall(r"\bdockhand\.quay\.(\w+)", page.read_text(encoding="utf-8")))
    assert not named - {*modules(), *ROLES, *PLAYBOOKS, *PLUGINS}


@EACH
def test_variables(page):
    named = {one or other for one, other in VARIABLE.findall(page.read_text(encoding="utf-8"))}
    known = {word for file in SOURCES for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))}
    assert not named - known - set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_table_of_variables(role):
    told, options = dict(ROW.findall(section(role, "Variables"))), role_options(role)
    assert sorted(told) == sorted(options)
    defaults = {name: option["default"] for name, option in options.items() if "default" in option}
    assert {name: yaml.safe_load(told[name].strip("`")) for name in defaults} == defaults
    assert [name for name in told if told[name] == "required"] == [
        name for name in told if options[name].get("required")
    ]


def test_variables_of_playbooks():
    """Each has those in docs/playbooks.yml that it uses."""
    described = yaml.safe_load((ROOT / "docs" / "playbooks.yml").read_text(encoding="utf-8"))
    assert sorted(described) == sorted(PLAYBOOKS)
    for name, playbook in described.items():
        text = (ROOT / "playbooks" / f"{name}.yml").read_text(encoding="utf-8")
        tasks = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
        registered = set(re.findall(r"register: (\w+)", tasks))
        used = set(re.findall(rf"\b{name}_\w+", tasks)) - registered - {f"{name}_report"}
        assert used == set(playbook.get("variables", {}))
        assert ("role" in playbook) == (f"role: dockhand.quay.{playbook.get('role')}" in tasks)


def test_table_of_sections():
    """The sections around one another, their modules, and all options but `state`, which every section has."""
    around, told = [""], {}
    for marks, name, options, module in SECTION.findall(section("provision", "The registry document")):
        depth = marks.count("…")
        told[around[depth], name] = module, set(re.findall(r"`(\w+)`", options))
        around[depth + 1 :] = [name]
    wanted = {}
    for one in READER.sections:
        spec = one.argument_spec(()).items()
        names = {name for option, value in spec for name in (option, *value.get("options", ()))} - {"state"}
        wanted[one.parent, one.name] = f"quay_{one.resource.kind}", names
    assert told == wanted


def test_files_of_tests():
    """That pages for developers name."""
    pages = [ROOT / "CONTRIBUTING.md", *(ROOT / "tests").glob("**/README.md")]
    named = {
        name for page in pages for name in re.findall(r"`([\w/]*\btest_\w+\.py)`", page.read_text(encoding="utf-8"))
    }
    files = [file.relative_to(ROOT).as_posix() for file in (ROOT / "tests").glob("**/test_*.py")]
    assert named
    assert not [name for name in named if not any(f"/{file}".endswith(f"/{name}") for file in files)]
