# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._objects.removal_guard import references

from tests.unit.module_utils._document.documents import READER

GONE = {"state": "absent"}


def found(section, *organizations, users=()):
    """The sentences on what the document removes and names all the same."""
    document = READER.read({"users": [*users], "organizations": [*organizations]})
    assert document.faults == []
    items = {one.name: [] for one in READER.sections}
    for item in (item for items in document.items.values() for item in items):
        items[item.section.name].append(item)
    return [sentence for sentence, _items in references(section, items)]


def test_a_robot_that_goes_cannot_be_named_in_any_organization():
    ops = {"name": "ops", "robots": [{"name": "ci", **GONE}]}
    shop = {"name": "shop", "teams": [{"name": "devs", "members": ["ops+ci", "ops+cd"]}]}
    assert found("robots", ops, shop) == [
        "organizations[shop].teams[devs] names robot ops+ci, which the document removes."
    ]
    assert len(found("robots", {"name": "ops", **GONE}, shop)) == 2
    shop["teams"][0]["state"] = "absent"
    assert found("robots", ops, shop) == []


def test_a_team_is_meant_in_its_own_organization_only():
    repository = {"name": "a", "perms": [{"name": "devs", "type": "team"}, {"name": "devs", "type": "user"}]}
    gone = [{"name": "devs", **GONE}]
    assert found("teams", {"name": "ops", "teams": gone, "repositories": [repository]}) == [
        "organizations[ops].repositories[a] names team devs, which the document removes."
    ]
    assert found("teams", {"name": "ops", "teams": gone}, {"name": "shop", "repositories": [repository]}) == []


@pytest.mark.parametrize("key", ["name", "creator"])
def test_an_account_that_goes_receives_and_creates_nothing(key):
    permission = {"name": "bob", **({"creator": "ann"} if key == "creator" else {})}
    gone = permission[key]
    (sentence,) = found("users", {"name": "ops", "default_perms": [permission]}, users=[{"username": gone, **GONE}])
    assert sentence.endswith(f" names user {gone}, which the document removes.")


def test_a_robot_that_goes_mirrors_nothing():
    """Quay would refuse its deletion, and only after everything else is done."""
    mirror = {"external_reference": "quay.io/a/b", "image_tags": ["latest"], "robot_username": "ops+ci"}
    ops = {"name": "ops", "robots": [{"name": "ci", **GONE}], "repositories": [{"name": "a", "mirror": mirror}]}
    assert found("robots", ops) == [
        "organizations[ops].repositories[a].mirror names robot ops+ci, which the document removes."
    ]
    ops["robots"][0]["state"] = "present"
    assert found("robots", ops) == []
