# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Wish
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects.message.resource import MESSAGE, is_meant, locate

OLD = {"uuid": "1", "content": "Down on Sunday", "severity": "info", "media_type": "text/plain"}
NEW = {"uuid": "2", "content": "Down on Monday", "severity": "error", "media_type": "text/markdown"}
KEYS = ("search_string", "regexp", "search_severity")


class Client:
    def get(self, *_call, **_options):
        return {"messages": [OLD, NEW]}


def wish(state="present", options=None, **fields):
    return Wish(fields, state, options={**dict.fromkeys(KEYS), **(options or {})})


def methods(content, state="present", options=None, **declared):
    """The writes of a task; like every option of it, ``content`` is declared if it has a value."""
    wanted = wish(state, options, **({"content": content} if content and state == "present" else {}), **declared)
    names = {"content": content}
    observed = MESSAGE.observe(Client(), names, wanted)
    steps = plan(MESSAGE, names, observed, MESSAGE.adapt(Client(), names, observed, wanted)).steps
    return [(step.method, step.path.rpartition("/")[2]) for step in steps]


@pytest.mark.parametrize(
    ("options", "meant"),
    [
        ({"search_string": "Sun"}, [OLD]),
        ({"search_string": "sun"}, []),
        ({"search_string": ""}, [OLD, NEW]),
        ({"regexp": "(?i)^down on (sun|mon)"}, [OLD, NEW]),
        ({"search_severity": "error"}, [NEW]),
        ({"search_severity": "info", "search_string": "Monday"}, []),
    ],
)
def test_a_search_finds_by_text_and_severity(options, meant):
    assert [one for one in (OLD, NEW) if is_meant(one, {"content": None}, wish(options=options))] == meant


def test_one_that_is_as_declared_leaves_the_others_alone():
    assert methods("Down on Sunday", options={"search_string": "Down"}) == []
    assert methods("Down on Sunday", severity="info") == []
    assert methods("Down on Sunday", severity="error") == [("POST", "messages"), ("DELETE", "1")]


def test_a_new_text_replaces_all_that_the_search_finds_the_newest_first():
    assert methods("Up", options={"search_string": "Down"}) == [("POST", "messages"), ("DELETE", "2"), ("DELETE", "1")]
    assert methods("Up", options={"search_string": "Sunday"}) == [("POST", "messages"), ("DELETE", "1")]


def test_what_is_deleted_is_all_that_is_meant():
    assert sorted(methods(None, "absent", {"search_string": "Down"})) == [("DELETE", "1"), ("DELETE", "2")]
    assert methods("Down", "absent") == []


def test_a_search_that_finds_none_needs_a_text_and_is_named():
    names = locate(None, {"content": None, "search_string": "Tuesday", "regexp": None, "search_severity": None})
    assert names == {"content": "with search_string 'Tuesday'"}
    wanted = wish(options={"search_string": "Tuesday"}, severity="info")
    observed = MESSAGE.observe(Client(), names, wanted)
    with pytest.raises(QuayError, match="content is required: there is no message with search_string 'Tuesday' yet"):
        MESSAGE.adapt(Client(), names, observed, wanted)
