# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a kind costs in lines, as CONTRIBUTING.md says it.

Code: the file that declares it, those of its room that this file imports, and its section; without comments, docstrings
and blank lines. By hand: these files, its module, its story, its fragments of documentation and its file of the
emulator, whole, with licenses and blank lines, and SMALL for the changelog and the budget. Of a file that several kinds
or modules use, each has the same share. Not counted: what is generated or recorded, what rooms share, and unit tests.

A kind is plain if its shape does everything: it has no function that reads, writes or deletes it, or that fits what is
declared to what Quay allows (``adapt``).
"""

from __future__ import annotations

import ast
import importlib
import re
import statistics
import typing as t
from collections import Counter
from pathlib import Path

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Resource

from tests.tools.generate import modules

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ROOT / "plugins" / "module_utils" / "_objects"
FRAGMENTS = ROOT / "plugins" / "doc_fragments"
EMULATOR = ROOT / "roles" / "emulator" / "files" / "quay_emulator" / "api"
# The last two where a room has a declaration for each of two places.
DECLARATIONS = re.compile(r"(\w+_)?(resource|section)|organization|repository")
# Lines of changelog fragment and budget.
SMALL = 4
CODE, BY_HAND = 60, 500
# Of kinds with a shape and functions of their own.
MEDIAN = 100


def code_lines(file: Path) -> int:
    """Without comments, docstrings and blank lines."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documented = [node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))]
    texts = [node.body[0] for node in documented if ast.get_docstring(node) is not None]
    hidden = {line for text in texts for line in range(text.lineno, (text.end_lineno or 0) + 1)}
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    return sum(bool(line.strip()) and not line.strip().startswith("#") and n not in hidden for n, line in lines)


def all_lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def source(module: str) -> str:
    return (ROOT / "plugins" / "modules" / f"{module}.py").read_text(encoding="utf-8")


def managed() -> dict[str, tuple[str, Resource]]:
    """The kinds that Quay keeps in one of the shapes, by their modules, with the name of the declaration."""
    found = {}
    for module in (name for name in modules() if not name.endswith("_info")):
        loaded = importlib.import_module(f"ansible_collections.dockhand.quay.plugins.modules.{module}")
        for name, value in vars(loaded).items():
            if isinstance(value, Resource) and value.shape:
                found[module] = name, value
    return found


def declaration(module: str, name: str) -> set[Path]:
    """The files of code of a kind."""
    (room, stem), *_more = re.findall(r"_objects\.(\w+)\.(\w+) import", source(module))
    files, further = set(), [ROOMS / room / f"{stem}.py"]
    while further:
        file = further.pop()
        if file not in files:
            files.add(file)
            further += [file.with_name(f"{one}.py") for one in re.findall(r"(?m)^from \.(\w+) import", _text(file))]
    return files | {file for file in file.parent.glob("*section.py") if re.search(rf"import .*\b{name}\b", _text(file))}


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def emulated(resource: Resource) -> Path:
    """The file of the emulator that has the list of a kind."""
    tail = t.cast("t.Any", resource.shape).path.rpartition("}")[2]
    (file,) = (file for file in EMULATOR.rglob("*.py") if f'"{tail}"' in _text(file))
    return file


KINDS = managed()
FILES = {module: declaration(module, name) for module, (name, _resource) in KINDS.items()}
SHARES = Counter(file for files in FILES.values() for file in files)
PLAIN = {
    module: resource
    for module, (_name, resource) in KINDS.items()
    if not (resource.read or resource.create or resource.writes or resource.remove or resource.adapt)
}


def code(module: str) -> float:
    return sum(code_lines(file) / SHARES[file] for file in FILES[module])


def by_hand(module: str) -> float:
    emulators = Counter(map(emulated, PLAIN.values()))
    file = emulated(PLAIN[module])
    fragments = [one for one in FRAGMENTS.glob("*.py") if f"quay.{one.stem}\n" in source(module)]
    users = {one: sum(f"quay.{one.stem}\n" in source(name) for name in modules()) for one in fragments}
    story = ROOT / "tests" / "integration" / "targets" / module / "tasks" / "main.yml"
    return (
        sum(all_lines(one) / SHARES[one] for one in FILES[module])
        + sum(all_lines(one) / users[one] for one in fragments)
        + all_lines(file) / emulators[file]
        + len(source(module).splitlines())
        + all_lines(story)
        + SMALL
    )


@pytest.mark.parametrize("module", PLAIN)
def test_a_plain_kind_is_mostly_a_declaration(module):
    assert code(module) <= CODE
    assert by_hand(module) <= BY_HAND


def test_functions_of_a_kind_are_few():
    assert len(PLAIN) > 1
    assert statistics.median(code(module) for module in KINDS if module not in PLAIN) <= MEDIAN


def test_half_of_the_modules_are_mostly_declarations():
    """What a room declares, with its sections, for each module that it serves; modules that list are among them."""
    rooms = [re.findall(r"_objects\.(\w+)\.\w+ import", source(name))[:1] for name in modules()]
    served = Counter(room for found in rooms for room in found)
    prices: list[float] = []
    for room, count in served.items():
        files = [file for file in (ROOMS / room).glob("*.py") if DECLARATIONS.fullmatch(file.stem)]
        prices += [sum(map(code_lines, files)) / count] * count if files else []
    assert len(prices) > len(modules()) / 2
    assert statistics.median(prices) <= CODE


def test_the_price_is_the_one_that_is_told():
    told = " ".join(_text(ROOT / "CONTRIBUTING.md").split())
    assert f"at most {CODE} lines of code and {BY_HAND} lines by hand" in told
    assert f"about {MEDIAN} lines of code" in told
