# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A registry document becomes items; a wrong one tells every fault with path, value and rule."""

from __future__ import annotations

import pytest

from tests.unit.module_utils._document.documents import READER, faults


def test_sections_come_after_what_they_stand_in_and_need():
    for position, section in enumerate(READER.sections):
        later = {other.name for other in READER.sections[position:]}
        assert not later & {section.parent, *section.order.after}


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
            "notices": [],
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
    assert "unsupported: notices. Supported parameters include: messages, organizations, policy, users" in text
    assert "users[a/b].username: invalid value 'a/b': use a name without a slash." in found
    assert "organizations[payments]: unsupported: emial. Supported parameters include: " in text
    assert "organizations[payments].robots[0]: missing required arguments: name" in found
    assert "organizations[ops].repositories[api]: value of visibility must be one of: " in text
    assert "got: secret" in text
    assert "organizations[ops].repositories[api]: Elements value for option 'perms' is of type" in text
    assert "organizations[ops]: it is declared twice" in found
    assert "organizations[gone].teams: with state: absent there is nothing in it" in found


@pytest.mark.parametrize("content", [None, [], "text", 3])
def test_a_document_is_a_mapping(content):
    tops = "messages, organizations, users"
    assert faults(content) == [f"a registry document must be a mapping with any of the keys {tops}"]


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


def test_a_document_may_say_what_may_be_deleted():
    policy = {"exclusive": ["robots"], "protect": ["*+ci"], "max_deletions": 3}
    assert READER.read({"policy": policy}).policy == policy
    (fault,) = faults({"policy": {"exclusive": ["organizations"]}})
    assert fault.startswith("value of exclusive must be one or more of: ") and ", default_perms, federations, " in fault
    (fault,) = faults({"policy": {"protects": []}})
    assert fault == "unsupported: policy.protects. Supported parameters include: exclusive, max_deletions, protect."


@pytest.mark.parametrize(
    ("content", "hidden"),
    [
        ({"users": [{"username": "alice", "passwort": "short"}]}, {"short"}),
        ({"users": [{"username": "alice", "login": "long-enough"}]}, {"long-enough"}),
        ({"users": [{"username": "alice", "color": "red"}]}, set()),
        (
            {"organisations": [{"proxy_cache": {"upstream": ["long-enough", 123456789, 5]}}]},
            {"long-enough", "123456789"},
        ),
        ({"organizations": [{"robots": [{"unstructured_metadata": {"owner": "long-enough"}}]}]}, set()),
        ('{"users": [{"passwd": "x"}]}', {"x"}),
        ({"policy": {"max_deletion": 12345678}}, {"12345678"}),
    ],
)
def test_what_nobody_knows_may_be_a_secret(content, hidden):
    assert set(READER.secrets_in(content)) == hidden
