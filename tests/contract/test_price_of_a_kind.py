# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a kind costs: lines of code of the declarations and sections of a room, for each module that it serves."""

from __future__ import annotations

import ast
import re
import statistics
from collections import Counter
from pathlib import Path

from tests.tools.generate import modules

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
ROOMS = PLUGINS / "module_utils" / "_objects"
# The last two where a room has a declaration for each of two places.
DECLARATIONS = re.compile(r"(\w+_)?(resource|section)|organization|repository")
MEDIAN = 60


def code_lines(file: Path) -> int:
    """Without comments, docstrings and blank lines."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documented = [node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))]
    texts = [node.body[0] for node in documented if ast.get_docstring(node) is not None]
    hidden = {line for text in texts for line in range(text.lineno, (text.end_lineno or 0) + 1)}
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    return sum(bool(line.strip()) and not line.strip().startswith("#") and n not in hidden for n, line in lines)


def test_a_kind_is_mostly_a_declaration():
    sources = [(PLUGINS / "modules" / f"{name}.py").read_text(encoding="utf-8") for name in modules()]
    served = Counter(room for source in sources for room in re.findall(r"_objects\.(\w+)\.\w+ import", source)[:1])
    prices: list[float] = []
    for room, count in served.items():
        files = [file for file in (ROOMS / room).glob("*.py") if DECLARATIONS.fullmatch(file.stem)]
        prices += [sum(map(code_lines, files)) / count] * count if files else []
    assert len(prices) > len(modules()) / 2
    assert statistics.median(prices) <= MEDIAN
