# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""README.md is as certification asks: its headings in order, and links that work where it is shown alone."""

from __future__ import annotations

import re

import yaml

from tests.integration.play import ROOT

HEADINGS = [
    "Description",
    "Requirements",
    "Installation",
    "Use cases",
    "Testing",
    "Contributing",
    "Support",
    "Release notes and roadmap",
    "Related information",
    "License information",
]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEXT = re.sub(r"```.*?```", "", README, flags=re.DOTALL)
GALAXY = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))
# Those that `make changelog` writes.
LATER = {"CHANGELOG.md"}


def test_headings():
    assert re.findall(r"^## (.*)$", TEXT, re.MULTILINE) == HEADINGS


def test_links_are_whole():
    targets = re.findall(r"\]\(([^)]+)\)|^\[[^\]]+\]: (\S+)$", TEXT, re.MULTILINE)
    assert not [target for pair in targets for target in pair if target and not target.startswith("https://")]


def test_every_link_is_defined_and_used():
    defined = set(re.findall(r"^\[([^\]]+)\]: ", TEXT, re.MULTILINE))
    assert defined == set(re.findall(r"\]\[([^\]]+)\]", TEXT))


def test_links_to_files_lead_somewhere():
    files = re.findall(rf"{GALAXY['repository']}/(?:blob|tree)/main/([^\s)#]+)", TEXT)
    assert files
    assert not [file for file in files if not (ROOT / file).exists() and file not in LATER]
    elsewhere = set(re.findall(r"https://github\.com/[\w.-]+/[\w.-]+", README)) - {"https://github.com/quay/quay"}
    assert elsewhere == {GALAXY["repository"]}
