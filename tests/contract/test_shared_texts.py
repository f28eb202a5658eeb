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
    """Nothing was there before it. Until the release, its changes are in the fragments."""
    folder = ROOT / "changelogs"
    releases = yaml.safe_load((folder / "changelog.yaml").read_text(encoding="utf-8"))["releases"]
    fragments = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in (folder / "fragments").glob("*.yml")]
    first = [releases["1.0.0"]["changes"]] if releases else fragments
    assert first
    assert {key for one in first for key in one} <= {"release_summary", "major_changes", "minor_changes"}
