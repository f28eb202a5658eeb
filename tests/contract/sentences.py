# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sentences of errors that the engine can raise, read from its source; "…" stands for what only a run can tell."""

from __future__ import annotations

import ast
import itertools
import re
import typing as t
from pathlib import Path

from tests.integration.play import ROOT

ENGINE = sorted([*ROOT.glob("plugins/module_utils/_*.py"), *ROOT.glob("plugins/plugin_utils/_*.py")])
OPEN = "…"


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


ERRORS_FILE = ROOT / "plugins" / "module_utils" / "_errors.py"
ERRORS = {node.name for node in tree_of(ERRORS_FILE).body if isinstance(node, ast.ClassDef)}


class Reader:
    """Knows one function, what its names stand for, and the functions that it calls."""

    def __init__(self, function: ast.AST, others: dict[str, ast.FunctionDef]) -> None:
        self.function, self.others = function, others

    def texts(self, node: ast.AST | None) -> list[str]:
        """Every text that an expression can be."""
        if isinstance(node, ast.Constant):
            return [str(node.value)]
        if isinstance(node, ast.JoinedStr):
            return ["".join(parts) for parts in itertools.product(*map(self.texts, node.values))]
        if isinstance(node, ast.FormattedValue):
            return self.texts(node.value)
        if isinstance(node, ast.Name):
            return self.texts(self._assigned(node))
        if isinstance(node, ast.Call) and _called(node.func) == "join" and isinstance(node.args[0], ast.List):
            return self.texts(node.args[0].elts[0])
        if isinstance(node, ast.Call) and _called(node.func):
            called = self.others.get(_called(node.func))
            return self._returned(called) if called else [OPEN]
        return [OPEN]

    def _assigned(self, name: ast.Name) -> ast.AST | None:
        """What the last assignment before this use gives it; None for a loop's variable and the like."""
        before = [
            node
            for node in ast.walk(self.function)
            if isinstance(node, ast.Assign)
            and node.lineno < name.lineno
            and any(isinstance(target, ast.Name) and target.id == name.id for target in node.targets)
        ]
        return max(before, key=lambda node: node.lineno).value if before else None

    def _returned(self, called: ast.FunctionDef) -> list[str]:
        inner = Reader(called, {})
        returns = [node for node in ast.walk(called) if isinstance(node, ast.Return)]
        return list(dict.fromkeys(text for node in returns for text in inner.texts(node.value)))


def in_function(reader: Reader) -> t.Iterator[str]:
    """The sentences of one function."""
    for node in ast.walk(reader.function):
        if isinstance(node, ast.Assign):
            targets = [_called(target) for target in node.targets]
            ending = " (Quay refused to …)." if "refused" in targets else ""
            if ending or "failure" in targets:
                yield from (text + ending for text in reader.texts(node.value))
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.JoinedStr):
            yield from reader.texts(node.value)
        if not isinstance(node, ast.Call):
            continue
        name = _called(node.func)
        if name == "BadInput":
            option, _value, rule = node.args
            pairs = itertools.product(reader.texts(option), reader.texts(rule))
            yield from (f"{one}: … is refused: {other}." for one, other in pairs)
        elif name in ERRORS or (name == "append" and _called(t.cast(ast.Attribute, node.func).value) == "faults"):
            yield from reader.texts(node.args[0])


def _called(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def sentences() -> dict[str, str]:
    """Each sentence with the file that has it; those that only go on from another one are left out."""
    found: dict[str, str] = {}
    for file in ENGINE:
        nodes = [*ast.walk(tree_of(file))]
        functions = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}
        for node in nodes:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                for sentence in in_function(Reader(node, functions)):
                    shown = re.sub(r"\s+", " ", re.sub("…+", OPEN, sentence)).strip()
                    if re.search(r"\w\w", shown) and not shown.startswith("… ("):
                        found.setdefault(shown, file.name)
    return found


if __name__ == "__main__":
    for sentence, file in sentences().items():
        print(f"{file:24} {sentence}")
