# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""No block of code on any page is one that no test knows: each is sound by the rules of its language.

What is more, plays run (test_guides.py), and pages with a test of their own name are followed from top to bottom.
"""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import textwrap
import typing as t

import pytest
import yaml

from tests.contract.guide import GUIDES

PAGES = sorted(GUIDES.glob("*.rst"))
BLOCK = re.compile(r"^\.\. code-block:: (\w+)\n(?: {3}:caption: \S+\n)?\n((?:(?: {3}.*)?\n)+)", re.MULTILINE)
# The same and whatever else makes a block: other directives, indented ones, and a paragraph that ends in two colons.
ANY_BLOCK = re.compile(
    r"(?:code(?:-block)?|sourcecode|literalinclude|parsed-literal)::|^(?!\s*\.\. ).*::$", re.MULTILINE
)


def shell(text: str) -> None:
    ran = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True, check=False)
    assert not ran.stderr, ran.stderr


def ini(text: str) -> None:
    configparser.ConfigParser(interpolation=None).read_string(text)


PARSERS: dict[str, t.Callable[[str], t.Any]] = {
    "bash": shell,
    "ini": ini,
    "json": json.loads,
    "yaml": lambda text: list(yaml.safe_load_all(text)),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_block_is_known(page):
    content = page.read_text(encoding="utf-8")
    blocks = BLOCK.findall(content)
    assert len(blocks) == len(ANY_BLOCK.findall(content)), "a block that no test can read"
    for language, block in blocks:
        assert language in PARSERS, f"no test knows {language}"
        PARSERS[language](textwrap.dedent(block))
