# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""All pages for users, and the blocks of code on them."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from tests.contract.guide import GUIDES
from tests.integration.play import ROOT

READMES = [ROOT / "README.md", *sorted(ROOT.glob("roles/*/README.md"))]
PAGES = [*sorted(GUIDES.glob("*.rst")), *READMES]
RST = re.compile(r"^\.\. code-block:: (\w+)\n(?: {3}:caption: \S+\n)?\n((?:(?: {3}.*)?\n)+)", re.MULTILINE)
# The same and whatever else makes a block: other directives, indented ones, and a paragraph that ends in two colons.
ANY_RST = re.compile(r"(?:code(?:-block)?|sourcecode|literalinclude|parsed-literal)::|^(?!\s*\.\. ).*::$", re.MULTILINE)
MARKDOWN = re.compile(r"^```(\w+)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
# In what is left of a page: a fence of any kind, and lines that are indented after an empty one.
ANY_MARKDOWN = re.compile(r"^\s*(?:```|~~~)|\n\n(?: {4}|\t)", re.MULTILINE)


def blocks(page: Path) -> list[tuple[str, str]]:
    """Language and content of each block; all of them can be read."""
    content = page.read_text(encoding="utf-8")
    if page.suffix == ".md":
        found, others = MARKDOWN.findall(content), len(ANY_MARKDOWN.findall(MARKDOWN.sub("", content)))
    else:
        found = RST.findall(content)
        others = len(ANY_RST.findall(content)) - len(found)
    assert not others, "a block that no test can read"
    return [(language, textwrap.dedent(block)) for language, block in found]
