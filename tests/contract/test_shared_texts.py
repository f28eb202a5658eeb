# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What several modules say is said once; and a first release has neither fixes nor breaking changes."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import yaml

from tests.tools.words import documented

ROOT = Path(__file__).resolve().parents[2]


def own_options(module: Path) -> dict[str, t.Any]:
    """The options that a module documents itself, without those of fragments."""
    (content,) = documented(module.read_text(encoding="utf-8"), ("DOCUMENTATION",))
    return content.get("options") or {}


def test_options_that_modules_share_are_in_fragments():
    seen: dict[str, str] = {}
    twice = []
    for module in sorted((ROOT / "plugins" / "modules").glob("*.py")):
        for name, option in own_options(module).items():
            first = seen.setdefault(json.dumps([name, option]), module.stem)
            if first != module.stem:
                twice.append(f"{name} of {first} and {module.stem}")
    assert seen
    assert not twice, "options with the same words belong in a fragment"


def test_first_release_has_no_fixes():
    version = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"]
    fragments = [
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in (ROOT / "changelogs/fragments").glob("*.yml")
    ]
    assert fragments
    if version.startswith("1.0.0"):
        assert {key for one in fragments for key in one} <= {"release_summary", "major_changes", "minor_changes"}
