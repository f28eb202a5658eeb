# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.module_utils._objects import search


class Quay:
    """Has ``pages`` of repositories, and repeats the last as Quay does."""

    def __init__(self, pages):
        self.pages, self.asked = pages, []

    def get(self, template, names, query=None, missing=(), view=None):
        self.asked.append((template, query))
        page = min(query.get("page", 1), self.pages)
        one = {"kind": "repository", "name": f"r{page}", "namespace": {"name": "ops"}, "is_public": True}
        return {"results": [one], "has_additional": query.get("page", 1) < self.pages}


def run(quay, **params):
    options = {"query": "r", "type": "all", "namespace": None, **params}
    return search.search(SimpleNamespace(client=quay, params=options))["results"]


@pytest.mark.parametrize(("pages", "asked"), [(1, 1), (3, 3), (search.MOST_PAGES + 5, search.MOST_PAGES)])
def test_pages_end_where_quay_begins_to_repeat_them(pages, asked):
    quay = Quay(pages)
    names = [one["name"] for one in run(quay, type="repositories")]
    assert names == [f"ops/r{number}" for number in range(1, asked + 1)]
    assert len(quay.asked) == asked


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ({"kind": "org", "name": "ops"}, {"kind": "organization", "name": "ops", "namespace": None}),
        ({"kind": "user", "name": "ops+ci", "is_robot": True}, {"kind": "robot", "name": "ops+ci", "namespace": None}),
        ({"kind": "robot", "name": "ops+ci"}, {"kind": "robot", "name": "ops+ci", "namespace": None}),
        (
            {"kind": "team", "name": "devs", "organization": {"name": "ops"}},
            {"kind": "team", "name": "devs", "namespace": "ops"},
        ),
        (
            {"kind": "repository", "name": "a", "namespace": {"name": "ops"}, "description": None, "is_public": False},
            {"kind": "repository", "name": "ops/a", "namespace": "ops", "description": "", "is_public": False},
        ),
    ],
)
def test_all_kinds_have_one_form(view, shown):
    assert search._shown(view) == shown


def test_a_blank_query_is_refused_before_any_request():
    with pytest.raises(BadInput, match="query: invalid value '  ': use one character or more"):
        run(None, query="  ")
