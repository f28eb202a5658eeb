# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the collection can tell its users, read from its source: errors, the rules of values, warnings, and reasons.

Every text of three words or more in the code of ``plugins`` counts, wherever it stands, so that none is passed over.
Left out is only what completes other sentences, such as the purpose of a request. "…" stands for what only a run can
tell. A text that a variable carries into another one is told there.
"""

from __future__ import annotations

import ast
import itertools
import re
import typing as t

from tests.integration.play import ROOT

FILES = sorted(file for file in ROOT.glob("plugins/**/*.py") if file.parent.name != "doc_fragments")
OPEN = "…"
# Names of documentation, of what completes "Could not …", of titles, of patterns, and of Quay's own words.
NOT_TOLD = {"DOCUMENTATION", "EXAMPLES", "RETURN", "purpose", "verb", "VERBS", "_WHOSE", "header"}
NOT_TOLD |= {"DIRECTORY_SETTINGS", "MISSING_ROBOT", "_SCOPES", "_why_not", "losses", "lost_with"}
# Calls whose texts are purposes, patterns, or the progress of long work.
NOT_TOLD_BY = {"step", "Step", "carry", "each", "write", "call", "require_feature", "compile", "template", "vvv"}
NOT_TOLD_BY |= {"tell", "_tell"}


def is_told(text: str) -> bool:
    """Whether somebody reads it as a sentence or as the end of one; not what only goes on from another text."""
    words = re.findall(r"[^\W\d_]+", text)
    long_enough = len(words) >= 2 and (len(text.split()) >= 3 or text.endswith("."))
    return long_enough and not re.match(rf"[ ,]|{OPEN} \(", text)


class Reader(ast.NodeVisitor):
    """Reads one file from top to bottom and remembers what the variables of each function stand for."""

    def __init__(self) -> None:
        self._assigned: dict[str, ast.expr] = {}
        self._found: list[tuple[ast.AST, list[str]]] = []
        self._inserted: set[ast.AST] = set()

    def sentences(self, tree: ast.Module) -> list[str]:
        self.visit(tree)
        texts = [text for node, texts in self._found if node not in self._inserted for text in texts if is_told(text)]
        return [re.sub(r"\s+", " ", re.sub(rf"{OPEN}+", OPEN, text)).strip() for text in texts]

    def _texts(self, node: ast.AST) -> list[str]:
        """Every text that an expression can be."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [re.sub(r"\{\w+\}", OPEN, node.value)]
        if isinstance(node, ast.JoinedStr):
            return ["".join(parts) for parts in itertools.product(*map(self._texts, node.values))]
        if isinstance(node, ast.FormattedValue):
            return self._texts(node.value)
        if isinstance(node, ast.Name) and node.id in self._assigned:
            self._inserted.update(ast.walk(self._assigned[node.id]))
            return self._texts(self._assigned[node.id])
        if isinstance(node, ast.Call) and _name(node.func) in ("format", "rstrip"):
            return self._texts(t.cast("ast.Attribute", node.func).value)
        if isinstance(node, ast.IfExp):
            either = [*self._texts(node.body), *self._texts(node.orelse)]
            return either if all(map(is_told, either)) else [OPEN]
        return [OPEN]

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._found.append((node, self._texts(node)))

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._found.append((node, self._texts(node)))

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node.func)
        if name == "BadInput" and len(node.args) == 3:
            option, _value, rule = map(self._texts, node.args)
            self._inserted.update(inner for one in node.args for inner in ast.walk(one))
            told = [f"{one}: {OPEN} is refused: {other}." for one in option for other in rule if other != OPEN]
            self._found.append((node, told))
        unread = (ast.Constant, ast.JoinedStr) if name in NOT_TOLD_BY else ()
        for part in (node.func, *node.args, *node.keywords):
            if not isinstance(part, unread):
                self.visit(part)

    def visit_Assign(self, node: ast.Assign) -> None:
        names = [_name(inner) for target in node.targets for inner in ast.walk(target)]
        if NOT_TOLD.isdisjoint(names):
            self.visit(node.value)
        for target in node.targets:
            self.visit(target)
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = [*zip(target.elts, node.value.elts)]
            for one, value in pairs:
                if isinstance(one, ast.Name):
                    self._assigned[one.id] = value

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self._assigned.pop(node.id, None)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.name not in NOT_TOLD:
            around, self._assigned = self._assigned, {}
            self.generic_visit(node)
            self._assigned = around

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg != "label":
            self.visit(node.value)

    def visit_Expr(self, node: ast.Expr) -> None:
        """A text alone is documentation."""
        if not isinstance(node.value, ast.Constant):
            self.visit(node.value)

    def visit_Compare(self, _node: ast.Compare) -> None:
        """What is looked for in an answer, Quay tells."""


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def sentences() -> dict[str, str]:
    """Each sentence with the first file that has it."""
    found: dict[str, str] = {}
    for file in FILES:
        for sentence in Reader().sentences(ast.parse(file.read_text(encoding="utf-8"))):
            found.setdefault(sentence, file.name)
    return found


if __name__ == "__main__":
    for sentence, file in sentences().items():
        print(f"{file:24} {sentence}")
