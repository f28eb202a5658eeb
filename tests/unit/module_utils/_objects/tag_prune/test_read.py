# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    ParentMissing,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.read import in_use, read_all

from tests.unit.module_utils._objects.tag_prune.quay import NAMES, Quay, Workers, tag


@pytest.mark.parametrize(("count", "pages"), [(0, [1]), (100, [1]), (101, [1, 2, 3, 4]), (450, [1, 2, 3, 4, 5, 6, 7])])
def test_pages_are_read_in_rows_to_the_end(count, pages):
    quay = Quay(*map(str, range(count)))
    assert read_all(Workers(quay), 3, NAMES) == [tag(str(number)) for number in range(count)]
    assert quay.reads == pages


def test_a_tag_that_moves_to_a_later_page_is_there_once():
    quay = Quay(*map(str, range(150)), "99")
    assert len(read_all(Workers(quay), 1, NAMES)) == 150


def test_a_repository_that_is_missing_is_no_empty_one():
    quay = Quay()
    quay.get = lambda *_arguments, **_more: None
    with pytest.raises(ParentMissing):
        read_all(Workers(quay), 1, NAMES)


def test_a_pull_by_digest_keeps_a_tag_and_one_without_pulls_counts_by_its_change():
    quay = Quay()
    never = {"last_tag_pull_date": None, "last_manifest_pull_date": None}
    quay.pulls = {
        "old": never,
        "new": never,
        "pulled": {**never, "last_manifest_pull_date": "Sun, 01 Nov 2026 00:00:00 -0000"},
    }
    tags = [tag("old"), tag("pulled"), tag("new")._replace(start=1793500000)]
    assert in_use(Workers(quay), NAMES, tags, 1793491200) == {"pulled", "new"}
