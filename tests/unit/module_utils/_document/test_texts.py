# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Texts are as they were written, and what is no text is refused."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._document.texts import Written, as_declared, not_texts
from ansible_collections.dockhand.quay.plugins.module_utils._document.yaml_text import parse

from tests.unit.module_utils._document.documents import READER, faults


@pytest.mark.parametrize("value", [["a"], {"a": "b"}])
def test_a_list_or_mapping_is_no_text(value):
    (fault,) = faults({"organizations": [{"name": "payments", "email": value}]})
    assert fault.endswith(f"argument 'email' is of type {type(value).__name__} and must be a text")


def test_nor_is_it_one_in_a_list():
    federation = {"issuer": "https://example.com", "subject": ["a"]}
    robot = {"name": "ci", "federations": [federation]}
    (fault,) = faults({"organizations": [{"name": "payments", "robots": [robot]}]})
    assert fault.endswith("argument 'subject' is of type list and must be a text found in federations")


TYPED = """
users: [{username: 007, password: 01234567123, enabled: yes}]
organizations:
  - name: 1.10
    email: 2026-11-24
    quota: {quota: 010, warning_pct: 80}
    robots: [{name: yes, unstructured_metadata: {since: 2026-11-24, count: 010, on: 1.10, text: "1.10"}}]
    teams: [{name: 1e3, members: [0b11, "0b11x", no]}]
    prune: [{method: tags, value: 010}]
"""


def test_texts_of_a_file_are_as_written():
    document = READER.read(parse(TYPED))
    found = {section.name: items[0].params for section, items in document.items.items() if items}
    assert document.secrets == {"01234567123"}
    assert (found["users"]["username"], found["users"]["password"], found["users"]["enabled"]) == (
        "007",
        "01234567123",
        True,
    )
    assert (found["organizations"]["name"], found["organizations"]["email"]) == ("1.10", "2026-11-24")
    assert (found["quota"]["quota"], found["quota"]["warning_pct"]) == ("010", 80)
    assert found["robots"]["name"] == "1.10+yes"
    metadata = {"since": "2026-11-24", "count": 8, "on": 1.1, "text": "1.10"}
    assert found["robots"]["unstructured_metadata"] == metadata
    assert (found["teams"]["name"], found["teams"]["members"]) == ("1e3", ["0b11", "0b11x", "no"])
    assert found["prune"]["value"] == "10"
    assert document.named("organizations")[0].path == "organizations[1.10]"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"email": 1.1}, "argument 'email' is the number 1.1 and must be a text"),
        ({"email": True}, "argument 'email' is the boolean True and must be a text"),
        ({"robots": [{"name": 8}]}, "argument 'name' is the number 8 and must be a text"),
        ({"teams": [{"name": "devs", "members": [8]}]}, "argument 'members' is the number 8 and must be a text"),
        ({"teams": [{"name": "devs", "members": 8}]}, "argument 'members' is the number 8 and must be a text"),
        (
            {"repositories": [{"name": "a", "perms": [{"name": 1.1}]}]},
            "argument 'name' is the number 1.1 and must be a text found in perms",
        ),
    ],
)
def test_of_what_is_no_text_the_spelling_is_lost(entry, told):
    (fault,) = faults({"organizations": [{"name": "payments", **entry}]})
    assert fault.endswith(f"{told}: it may have been written in another way. Put it in quotes")


def test_a_password_that_is_a_number_is_not_shown():
    (fault,) = faults({"users": [{"username": "alice", "password": 175304275}]})
    assert "argument 'password' is the number and must be a text: " in fault and "175304275" not in fault


def test_a_quantity_can_be_a_number():
    prune = [{"method": "tags", "value": 5}]
    organization = {"name": "payments", "quota": {"quota": 1024}, "time_machine_expiration": 3600, "prune": prune}
    assert faults({"organizations": [organization]}) == []


SPEC = {
    "name": {"aliases": ["title"]},
    "on": {"type": "bool"},
    "size": {"type": "str"},
    "names": {"type": "list", "elements": "str"},
    "entries": {"type": "list", "elements": "dict", "options": {"name": {}}},
    "inner": {"type": "dict", "options": {"name": {}, "count": {"type": "int"}}},
    "free": {"type": "dict"},
    "key": {"no_log": True},
}


def test_each_option_has_what_was_written_or_what_it_means():
    written = parse("{a: 010, b: yes, c: 2026-11-24}")
    number, yes, date = written["a"], written["b"], written["c"]
    assert as_declared({"type": "str"}, number) == "010"
    assert (as_declared({"type": "int"}, number), as_declared({"type": "bool"}, yes)) == (8, True)
    assert as_declared({"type": "raw"}, date) == "2026-11-24"
    inner = as_declared(SPEC["inner"], {"name": number, "count": number, "unknown": date})
    assert inner == {"name": "010", "count": 8, "unknown": "2026-11-24"}
    assert as_declared(SPEC["entries"], [{"name": yes}, number]) == [{"name": "yes"}, 8]
    assert as_declared(SPEC["free"], {"a": [number]}) == {"a": [8]}


def test_what_is_written_the_same_is_the_same():
    assert Written(8, "010") == Written(8, "010") != Written(8, "8")
    assert len({Written(True, "yes"), Written(True, "yes"), Written(True, "true")}) == 2


def test_each_thing_that_is_no_text_is_told_with_its_place_and_no_secret():
    entry = {"title": 1, "on": 1, "names": ["a", True], "entries": [{"name": {}}], "key": 5, "free": {"a": 1}, "new": 3}
    told = list(not_texts(SPEC, entry, ()))
    assert [one.partition(":")[0] for one in told] == [
        "argument 'title' is the number 1 and must be a text",
        "argument 'names' is the boolean True and must be a text",
        "argument 'name' is of type dict and must be a text found in entries",
        "argument 'key' is the number and must be a text",
    ]
    assert list(not_texts(SPEC, {"size": 7}, ("size",))) == []
    assert len(list(not_texts(SPEC, {"size": True}, ()))) == 1
