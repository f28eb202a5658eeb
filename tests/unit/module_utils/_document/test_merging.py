# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several files become one document, entry by entry."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._document.yaml_text import parse
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput

from tests.unit.module_utils._document.folders import MERGER, load, put


def test_a_folder_is_merged_by_organization(tmp_path):
    put(
        tmp_path,
        a="organizations: [{name: payments, email: p@example.com, robots: [{name: ci}]}]",
        b__c="organizations: [{name: payments, robots: [{name: cd}]}, {name: ops}]\nusers: [{username: alice}]",
    )
    assert load(str(tmp_path), "/") == {
        "organizations": [
            {"name": "payments", "email": "p@example.com", "robots": [{"name": "ci"}, {"name": "cd"}]},
            {"name": "ops"},
        ],
        "users": [{"username": "alice"}],
    }


def test_entries_are_the_same_by_their_own_keys(tmp_path):
    put(
        tmp_path,
        a="organizations: [{name: ops, prune: [{method: tags, value: 5}], robots: [{name: ci, description: x}]}]",
        b="organizations: [{name: ops, prune: [{method: tags, value: 5}, {method: date, value: 5d}]}]",
        c="organizations: [{name: ops, teams: [{name: devs, members: [a, b], sync: {group_dn: x}}]}]",
        d="organizations: [{name: ops, teams: [{name: devs, members: [b, c], sync: {keep_users: false}}]}]",
        e="policy: {exclusive: [robots], max_deletions: 3}",
        f="policy: {exclusive: [teams, robots]}",
    )
    assert load(str(tmp_path), "/") == {
        "organizations": [
            {
                "name": "ops",
                "prune": [{"method": "tags", "value": 5}, {"method": "date", "value": "5d"}],
                "robots": [{"name": "ci", "description": "x"}],
                "teams": [{"name": "devs", "members": ["a", "b", "c"], "sync": {"group_dn": "x", "keep_users": False}}],
            }
        ],
        "policy": {"exclusive": ["robots", "teams"], "max_deletions": 3},
    }


def test_two_values_for_one_option_are_refused(tmp_path):
    put(tmp_path, a="organizations: [{name: ops, email: a@b.c}]", b="organizations: [{name: ops, email: d@e.f}]")
    with pytest.raises(BadInput, match=r"src: invalid value 'b\.yml': email has another value in another file"):
        load(str(tmp_path), "/")


def test_what_an_alias_shares_is_not_joined_elsewhere(tmp_path):
    put(
        tmp_path,
        a="organizations: [{name: ops, repositories: [{name: a, perms: &team [{name: x}]}, {name: b, perms: *team}]}]",
        b="organizations: [{name: ops, repositories: [{name: a, perms: [{name: y}]}]}]",
    )
    (organization,) = load(str(tmp_path), "/")["organizations"]
    assert [entry["perms"] for entry in organization["repositories"]] == [
        [{"name": "x"}, {"name": "y"}],
        [{"name": "x"}],
    ]


def test_default_permissions_of_one_name_are_several(tmp_path):
    put(
        tmp_path,
        a="organizations: [{name: ops, default_perms: [{name: x, role: read}]}]",
        b="organizations: [{name: ops, default_perms: [{name: x, role: write, creator: y}]}]",
    )
    (organization,) = load(str(tmp_path), "/")["organizations"]
    assert [entry["role"] for entry in organization["default_perms"]] == ["read", "write"]


def test_a_type_that_is_not_given_is_the_default(tmp_path):
    put(
        tmp_path,
        a="organizations: [{name: ops, default_perms: [{name: x}]}]",
        b="organizations: [{name: ops, default_perms: [{name: x, type: user, role: write}, {name: x, type: team}]}]",
    )
    (organization,) = load(str(tmp_path), "/")["organizations"]
    assert organization["default_perms"] == [
        {"name": "x", "type": "user", "role": "write"},
        {"name": "x", "type": "team"},
    ]


def test_no_file_says_that_what_another_declares_is_absent(tmp_path):
    put(tmp_path, a="users: [{username: bob, state: absent}]", b="users: [{username: bob, email: b@example.com}]")
    rule = "bob is declared present here and absent in another file of the folder"
    with pytest.raises(BadInput, match=rf"src: invalid value 'b\.yml': {rule}\."):
        load(str(tmp_path), "/")
    put(tmp_path, b="users: [{username: bob, state: absent}]")
    assert load(str(tmp_path), "/")["users"] == [{"username": "bob", "state": "absent"}]


def merged(*documents):
    whole = {}
    for number, document in enumerate(documents):
        whole = MERGER.merged(whole, document, f"{number}.yml")
    return whole


def test_null_is_no_value_whichever_file_has_it():
    assert merged({"users": None}, {"users": [{"username": "a"}]}) == {"users": [{"username": "a"}]}
    assert merged({"users": [{"username": "a"}]}, {"users": None}) == {"users": [{"username": "a"}]}
    one, other = {"username": "a", "email": None}, {"username": "a", "email": "a@b.c"}
    assert merged({"users": [one]}, {"users": [other]})["users"] == [{"username": "a", "email": "a@b.c"}]


def test_what_has_no_name_is_never_the_same():
    """It is refused later, with its place in the document."""
    assert merged({"users": [{"email": "a@b.c"}]}, {"users": [{"email": "d@e.f"}, "alice"]})["users"] == [
        {"email": "a@b.c"},
        {"email": "d@e.f"},
        "alice",
    ]


def test_an_entry_with_an_alias_for_its_key_is_the_same():
    one = {"name": "shop", "mirror": {"skopeo_timeout": "5m"}}
    with pytest.raises(BadInput, match="skopeo_timeout has another value in another file of the folder"):
        merged({"organizations": [one]}, {"organizations": [{"name": "shop", "mirror": {"skopeo_timeout": "6m"}}]})


def test_a_mapping_that_is_a_value_is_not_joined():
    """Half of the metadata of a robot is of no file."""
    robots = [{"name": "ci", "unstructured_metadata": {"a": 1}}], [{"name": "ci", "unstructured_metadata": {"b": 2}}]
    with pytest.raises(BadInput, match=r"'1\.yml': unstructured_metadata has another value"):
        merged(*({"organizations": [{"name": "ops", "robots": robot}]} for robot in robots))


def test_names_are_compared_as_written():
    """007 of a file is the text 007 of another one, and not the number 7."""
    for one, other in (("007", '"007"'), ('"007"', "007"), ("yes", "'yes'")):
        document = merged(parse(f"users: [{{username: {one}}}]"), parse(f"users: [{{username: {other}, email: a}}]"))
        assert [user["email"] for user in document["users"]] == ["a"]
    assert len(merged(parse("users: [{username: 007}]"), parse("users: [{username: 7}]"))["users"]) == 2
