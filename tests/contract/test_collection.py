# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What belongs together is together: modules, action files, action group, README, stories, options, documentation."""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import subprocess
import sys
import typing as t
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.integration.judge import secret_keys
from tests.tools.generate import documentation, literal, modules, stale

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = ROOT / "plugins"
# What a module file holds beside code.
DOCUMENTS = ("DOCUMENTATION", "EXAMPLES", "RETURN")
MODULE_CODE_LINES = 16
FILE_LINES = 250
ROOM_FILES = 12
FUNCTION_LINES = 40
UTILS = sorted(PLUGINS.glob("*_utils/**/*.py"))

SECRET_KEY = re.compile("(password|token|token_code|secret|session|private_key|b64)s?$")

each_module = pytest.mark.parametrize("module", modules())
Options = dict[str, dict[str, t.Any]]


def spec_of(module: str) -> Options:
    found = importlib.import_module(f"ansible_collections.dockhand.quay.plugins.modules.{module}")
    return t.cast(Options, found.OPERATION.argument_spec())


def returns_of(module: str) -> Options:
    return literal(PLUGINS / "modules" / f"{module}.py", "RETURN") or {}


@pytest.fixture(scope="session")
def documented() -> dict[str, Options]:
    """The options of every module as ansible-doc shows them, fragments among them."""
    command = [sys.executable, "-m", "ansible", "doc", "--json", *(f"dockhand.quay.{module}" for module in modules())]
    paths = {"ANSIBLE_COLLECTIONS_PATH": os.environ.get("ANSIBLE_COLLECTIONS_PATH", str(ROOT / ".collections"))}
    told = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **paths})
    return {name.rsplit(".", 1)[1]: shown["doc"]["options"] for name, shown in json.loads(told.stdout).items()}


def test_generated_files_are_fresh():
    assert not [str(file.relative_to(ROOT)) for file in stale()], "run make generate"


def test_readme_has_a_table_of_modules():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [module for module in modules() if f"| `{module}` |" not in text]


def test_readme_names_the_other_plugins():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = [(kind, file.stem) for kind in ("inventory", "lookup") for file in (PLUGINS / kind).glob("*.py")]
    assert not [name for kind, name in found if f"| {kind} `{name}` |" not in text]


def test_every_module_has_a_story():
    targets = ROOT / "tests" / "integration" / "targets"
    assert not [module for module in modules() if not (targets / module / "tasks" / "main.yml").exists()]


def test_every_generated_secret_asks_for_no_log():
    """By this the judge of the stories and the planted secrets know them."""
    returned = {(name, key): entry for name in modules() for key, entry in returns_of(name).items()}
    likely = {place for place, entry in returned.items() if SECRET_KEY.search(place[1]) and "contains" not in entry}
    assert len(likely) > 10
    assert {place for place in likely if place[1] not in secret_keys()} == set()


@each_module
def test_module_uses_the_fragments(module):
    used = set(documentation(module)["extends_documentation_fragment"])
    spec = spec_of(module)
    wanted = {"server", "attributes.action_group"} | ({"credentials"} if "quay_token" in spec else set())
    assert not {f"dockhand.quay.{name}" for name in wanted} - used
    assert used & {"dockhand.quay.attributes", "dockhand.quay.attributes.info"}


@each_module
def test_second_run_is_described(module):
    """Each says whether it is idempotent; where it is not, or in part, it says why."""
    own = documentation(module).get("attributes", {}).get("idempotent", {})
    assert own.get("support", "full") == "full" or own["details"]


@each_module
def test_documentation_agrees_with_the_argument_spec(module, documented):
    assert not list(disagreements(spec_of(module), documented[module], ""))


def disagreements(spec: Options, documented: Options, path: str) -> t.Iterator[str]:
    for name in sorted(spec.keys() | documented.keys()):
        ours, told = spec.get(name), documented.get(name)
        if ours is None or told is None:
            yield f"{path}{name} is missing in the {'argument spec' if ours is None else 'documentation'}"
            continue
        for key, blank in {"type": "str", "required": False, "default": None, "elements": None}.items():
            if ours.get(key, blank) != told.get(key, blank):
                yield f"{path}{name}: {key} is {ours.get(key, blank)!r}, documented as {told.get(key, blank)!r}"
        for key in ("choices", "aliases"):
            if sorted(ours.get(key) or ()) != sorted(told.get(key) or ()):
                yield f"{path}{name}: {key} are {ours.get(key)!r}, documented as {told.get(key)!r}"
        yield from disagreements(ours.get("options") or {}, told.get("suboptions") or {}, f"{path}{name}.")


@each_module
def test_module_is_documentation_and_one_call(module):
    """Lines of code, without documentation, comments and blank lines."""
    source = (PLUGINS / "modules" / f"{module}.py").read_text(encoding="utf-8")
    texts: set[int] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in DOCUMENTS:
            texts.update(range(node.lineno, (node.end_lineno or 0) + 1))
    lines = [line for number, line in enumerate(source.splitlines(), 1) if number not in texts]
    code = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(code) <= MODULE_CODE_LINES


@pytest.mark.parametrize("file", UTILS, ids=lambda file: str(file.relative_to(PLUGINS)))
def test_file_and_its_functions_are_short(file):
    """Every line counts, but for the license header."""
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= FILE_LINES
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions}
    assert not {name: count for name, count in long.items() if count > FUNCTION_LINES}


@pytest.mark.parametrize("folder", sorted({str(file.parent.relative_to(PLUGINS)) for file in UTILS}))
def test_folder_has_few_files(folder):
    assert len(list((PLUGINS / folder).glob("*.py"))) <= ROOM_FILES


def test_every_file_of_tests_is_collected(pytestconfig):
    """Pytest skips folders of some names."""
    skipped = pytestconfig.getini("norecursedirs")
    tops = pytestconfig.getini("testpaths")
    files = [file.relative_to(ROOT) for top in tops for file in ROOT.glob(f"{top}/**/test_*.py")]
    assert files
    assert not [file for file in files for part in file.parts[:-1] if any(fnmatch(part, one) for one in skipped)]


def test_validation_tells_what_the_door_needs():
    """Private attributes, unchanged from ansible-core 2.16 to 2.21: without them nothing would be masked."""
    from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

    spec = {"secret": {"type": "str", "no_log": True}, "name": {"type": "str", "aliases": ["title"]}}
    checked = ArgumentSpecValidator(spec).validate({"secret": "hidden", "name": "a", "title": "b"})
    assert "hidden" in checked._no_log_values
    assert [told["alias"] for told in checked._warnings] == ["title"]
    assert list(checked._deprecations) == []
