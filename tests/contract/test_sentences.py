# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page on troubleshooting has an entry for each sentence of the engine, and none for a sentence that is gone."""

from __future__ import annotations

import re

from tests.contract.guide import GUIDES
from tests.contract.sentences import sentences

PAGE = (GUIDES / "troubleshooting.rst").read_text(encoding="utf-8")
SENTENCES = sentences()
ENTRIES = re.findall(r"^``(.+)``\n {3}\S", PAGE, re.MULTILINE)


def test_every_sentence_has_its_cure():
    assert not [f"{sentence} ({file})" for sentence, file in SENTENCES.items() if sentence not in ENTRIES]


def test_every_entry_is_a_sentence():
    assert ENTRIES and not [entry for entry in ENTRIES if entry not in SENTENCES]


def test_no_entry_stands_twice():
    assert len(ENTRIES) == len(set(ENTRIES))
