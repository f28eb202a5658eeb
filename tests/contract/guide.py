# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The code blocks of a guide that its reader follows from top to bottom."""

from __future__ import annotations

import re
import subprocess
import textwrap
import typing as t
from pathlib import Path

from tests.integration.play import ROOT

GUIDES = ROOT / "docs" / "docsite" / "rst"
PART = re.compile(
    r"^(?P<title>\S.*)\n-{3,}$"
    r"|^\.\. code-block:: \w+\n(?:   :caption: (?P<file>\S+)\n)?\n(?P<block>(?:(?: {3}.*)?\n)+)",
    re.MULTILINE,
)


def blocks(guide: Path) -> t.Iterator[tuple[str, str | None, str]]:
    """Section, name of the file (None: commands) and content of each block."""
    title, content = "", guide.read_text(encoding="utf-8")
    found = list(PART.finditer(content))
    assert sum(bool(one["block"]) for one in found) == content.count("code-block::"), "a block that this cannot read"
    for part in found:
        title = part["title"] or title
        if part["block"]:
            yield title, part["file"], textwrap.dedent(part["block"])


def follow(guide: Path, folder: Path, settings: dict[str, str], instead: dict[str, str]) -> dict[str, list[str]]:
    """Write every file, run every block of commands, in their order; what the commands of each section told.

    ``instead`` has texts of the files for others, such as the address of a server; nobody installs or types anything.
    """
    told: dict[str, list[str]] = {}
    for section, file, block in blocks(guide):
        for text, other in instead.items():
            block = block.replace(text, other)
        if file:
            (folder / file).write_text(block, encoding="utf-8")
        elif not re.search(r"^(pip|ansible-galaxy) |read -rs", block, re.MULTILINE):
            command = ["bash", "-euo", "pipefail", "-c", block]
            ran = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
            assert ran.returncode == 0, f"{section}: {block}{ran.stdout}{ran.stderr}"
            told.setdefault(section, []).append(ran.stdout + ran.stderr)
    return told
