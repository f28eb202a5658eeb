# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several files become one document, entry by entry."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput

from tests.unit.module_utils._document.folders import load, put


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
