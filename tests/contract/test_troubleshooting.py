# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page about error messages quotes messages that exist."""

from __future__ import annotations

import ast
import re
import typing as t

import pytest

from tests.integration.play import ROOT

PAGE = ROOT / "docs" / "docsite" / "rst" / "troubleshooting.rst"
ENTRIES = re.findall(r"^``.*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
QUOTED = sorted({quoted for line in ENTRIES for quoted in re.findall(r"``([^`]+)``", line)})


def texts() -> t.Iterator[str]:
    """The texts in the code, whose fields are … as on the page, and the tasks of the roles."""
    for file in sorted((ROOT / "plugins").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    for file in sorted((ROOT / "roles").rglob("main.yml")):
        yield file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def code() -> str:
    return "\n".join(texts())


@pytest.mark.parametrize("quoted", QUOTED)
def test_a_quoted_message_exists(code, quoted):
    longest = max(re.split(r"\s*…\s*", quoted), key=len).strip(" :.,")
    assert longest in code
