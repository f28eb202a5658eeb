# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""No block of code on any page is one that no test knows: each is sound by the rules of its language.

What is more, plays of guides run (test_guides.py), pages with a test of their own name are followed from top to bottom,
and what READMEs name is there (test_names_in_readmes.py).
"""

from __future__ import annotations

import configparser
import json
import subprocess
import typing as t

import pytest
import yaml

from tests.contract.pages import PAGES, blocks
from tests.integration.play import ROOT


def shell(text: str) -> None:
    ran = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True, check=False)
    assert not ran.stderr, ran.stderr


def ini(text: str) -> None:
    configparser.ConfigParser(interpolation=None).read_string(text)


def output(text: str) -> None:
    """What a task has told: its name, and its result as JSON."""
    json.loads(text.partition(" => ")[2])


PARSERS: dict[str, t.Callable[[str], t.Any]] = {
    "bash": shell,
    "ini": ini,
    "json": json.loads,
    "shell": shell,
    "text": output,
    "yaml": lambda text: list(yaml.safe_load_all(text)),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_is_known(page):
    for language, block in blocks(page):
        assert language in PARSERS, f"no test knows {language}"
        PARSERS[language](block)
