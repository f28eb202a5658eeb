# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pages on troubleshooting have an entry for each sentence of the collection, and none for one that is gone."""

from __future__ import annotations

import re

from tests.contract.guide import GUIDES
from tests.contract.sentences import sentences

PAGES = [page.read_text(encoding="utf-8") for page in sorted(GUIDES.glob("troubleshooting*.rst"))]
SENTENCES = sentences()
ENTRIES = [entry for page in PAGES for entry in re.findall(r"^``(.+)``\n {3}\S", page, re.MULTILINE)]


def test_every_sentence_has_its_cure():
    assert not [f"{sentence} ({file})" for sentence, file in SENTENCES.items() if sentence not in ENTRIES]


def test_every_entry_is_a_sentence():
    assert ENTRIES and not [entry for entry in ENTRIES if entry not in SENTENCES]


def test_no_entry_stands_twice():
    assert len(ENTRIES) == len(set(ENTRIES))
