# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Public functions have docstrings, and those that raise something say so; what else they say is for a reader."""

from __future__ import annotations

import ast
import typing as t
from pathlib import Path

import pytest

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
UTILS = sorted(PLUGINS.glob("*_utils/**/*.py"))
Definition = t.Union[ast.ClassDef, ast.FunctionDef]

each_file = pytest.mark.parametrize("file", UTILS, ids=lambda file: str(file.relative_to(PLUGINS)))


def public(file: Path) -> t.Iterator[tuple[ast.FunctionDef, ast.ClassDef | None]]:
    """Each function or method that others may call, with its class."""
    module = ast.parse(file.read_text(encoding="utf-8"))
    classes = [one for one in module.body if isinstance(one, ast.ClassDef) and not one.name.startswith("_")]
    for scope in (module, *classes):
        for one in scope.body:
            if isinstance(one, ast.FunctionDef) and (one.name == "__init__" or not one.name.startswith("_")):
                yield one, scope if isinstance(scope, ast.ClassDef) else None


def raises(function: ast.FunctionDef) -> bool:
    """Whether it has a ``raise`` of its own, not of a function inside it."""
    left: list[ast.AST] = list(function.body)
    while left:
        one = left.pop()
        if isinstance(one, ast.Raise):
            return True
        if not isinstance(one, (ast.FunctionDef, ast.ClassDef)):
            left += ast.iter_child_nodes(one)
    return False


def text_of(*definitions: Definition | None) -> str:
    return "\n".join(ast.get_docstring(one) or "" for one in definitions if one)


@each_file
def test_public_functions_have_docstrings(file):
    """What a protocol says of its methods is not said again by those who implement it in the same file."""
    found = list(public(file))
    promised = {one.name for one, owner in found if owner and "t.Protocol" in map(ast.unparse, owner.bases)}
    silent = [one.name for one, _owner in found if not text_of(one) and one.name not in {"__init__", *promised}]
    assert not silent


@each_file
def test_docstrings_say_what_is_raised(file):
    """Of a class, either its docstring or that of its ``__init__``."""
    silent = [
        one.name
        for one, owner in public(file)
        if raises(one) and "raise" not in text_of(one, owner if one.name == "__init__" else None).lower()
    ]
    assert not silent
