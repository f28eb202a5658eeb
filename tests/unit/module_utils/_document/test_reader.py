# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A registry document becomes items; a wrong one tells every fault with path, value and rule."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._document.reader import DocumentReader
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.sections import SECTIONS

READER = DocumentReader(SECTIONS)


def faults(content):
    return READER.read(content).faults


def test_sections_come_after_what_they_stand_in_and_need():
    for position, section in enumerate(READER.sections):
        later = {other.name for other in READER.sections[position:]}
        assert not later & {section.parent, *section.after}


def test_entries_take_what_their_parent_gives():
    document = READER.read(
        {
            "organizations": [
                {
                    "name": "payments",
                    "robots": [{"name": "ci"}],
                    "teams": [{"name": "devs", "sync": {"group_dn": "cn=devs"}}],
                    "repositories": [{"name": "api"}],
                    "quota": {"quota": "1 GiB"},
                }
            ]
        }
    )
    assert document.faults == []
    params = {section.name: items[0].params for section, items in document.items.items() if items}
    assert params["robots"]["name"] == "payments+ci"
    assert params["repositories"]["name"] == "payments/api"
    assert params["quota"]["organization"] == "payments"
    assert (params["sync"]["organization"], params["sync"]["name"]) == ("payments", "devs")
    (organization,) = document.named("organizations")
    assert [item.params["name"] for item in organization.inner("sync")] == ["devs"]


def test_every_fault_is_told():
    found = faults(
        {
            "messages": [],
            "users": [{"username": "a/b"}],
            "organizations": [
                {"name": "payments", "emial": "x", "robots": [{"description": "nameless"}]},
                {"name": "ops", "repositories": [{"name": "api", "visibility": "secret", "perms": "all"}]},
                {"name": "ops"},
                {"name": "gone", "state": "absent", "teams": [{"name": "devs"}]},
            ],
        }
    )
    text = "\n".join(found)
    assert "unsupported: messages. Supported parameters include: organizations, users" in text
    assert "users[a/b].username: 'a/b' is refused: a name has no slash." in found
    assert "organizations[payments]: unsupported: emial. Supported parameters include: " in text
    assert "organizations[payments].robots[0]: missing required arguments: name" in found
    assert "organizations[ops].repositories[api]: value of visibility must be one of: " in text
    assert "got: secret" in text
    assert "organizations[ops].repositories[api]: Elements value for option 'perms' is of type" in text
    assert "organizations[ops]: it is declared twice" in found
    assert "organizations[gone].teams: with state: absent there is nothing in it" in found


@pytest.mark.parametrize("content", [None, [], "text", 3])
def test_a_document_is_a_mapping(content):
    assert faults(content) == ["a registry document is a mapping with the keys users and organizations"]


def test_secrets_are_collected_and_not_shown():
    document = READER.read({"users": [{"username": "alice", "password": "short"}]})
    assert "short" in document.secrets
    assert document.faults and "short" not in "\n".join(document.faults).replace("shorter", "")


def test_what_is_null_is_not_given():
    document = READER.read({"users": None, "organizations": [{"name": "payments", "robots": None, "email": None}]})
    assert document.faults == []
    assert document.named("organizations")[0].work.wish.fields == {}


def test_what_stands_in_a_wrong_entry_is_looked_at_too():
    found = faults({"organizations": [{"name": "payments", "color": "red", "teams": [{"name": "de/vs"}]}]})
    assert [fault.partition(": ")[0] for fault in found] == [
        "organizations[payments]",
        "organizations[payments].teams[de/vs].name",
    ]


@pytest.mark.parametrize("value", [["a"], {"a": "b"}])
def test_a_list_or_mapping_is_no_text(value):
    (fault,) = faults({"organizations": [{"name": "payments", "email": value}]})
    assert fault.endswith(f"argument 'email' is of type {type(value).__name__} and must be a text")


def test_nor_is_it_one_in_a_list():
    federation = {"issuer": "https://example.com", "subject": ["a"]}
    robot = {"name": "ci", "federations": [federation]}
    (fault,) = faults({"organizations": [{"name": "payments", "robots": [robot]}]})
    assert fault.endswith("argument 'subject' is of type list and must be a text found in federations")
