# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OIDC and Keystone as they were met on real servers (releases.md of the project's facts)."""

from __future__ import annotations

import pytest
from quay_emulator import PASSWORD, SUPERUSER

TEAM = "/organization/lab/team/devs"
GROUPS = {"devs": ["ann", "ed.win"], "über": ["ann"], 'a"b': ["ann"], "/acme/devs team": ["ann"]}


@pytest.fixture
def oidc(quay):
    directory = {"users": {name: {"email": f"{name}@example.org"} for name in ("ann", "ed.win")}, "groups": GROUPS}
    quay.control("settings", AUTHENTICATION_TYPE="OIDC", FEATURE_TEAM_SYNCING=True, directory=directory)
    quay.ask("POST", "/organization/", {"name": "lab"})
    quay.ask("PUT", TEAM, {"role": "member"})
    return quay


def members(quay):
    return [one["name"] for one in quay.get(f"{TEAM}/members")["members"]]


def sync(quay, group):
    return quay.ask("POST", f"{TEAM}/syncing", {"group_name": group}).status_code


def test_a_tie_removes_all_people_and_they_come_with_their_sign_in(oidc):
    oidc.ask("PUT", "/organization/lab/robots/ci", {})
    for name in (SUPERUSER, "lab+ci"):
        oidc.ask("PUT", f"{TEAM}/members/{name}")
    assert sync(oidc, "devs") == 200
    assert members(oidc) == ["lab+ci"]
    assert oidc.control("sync") == {"teams": 0}
    assert oidc.control("sign_in", username="ed.win") == {"username": "ed_win"}
    oidc.control("sign_in", username="ann")
    assert members(oidc) == ["lab+ci", "ed_win", "ann"]


@pytest.mark.parametrize("group, found", [("/acme/devs team", True), ("über", False), ('a"b', False)])
def test_some_names_of_groups_are_never_found(oidc, group, found):
    sync(oidc, group)
    oidc.control("sign_in", username="ann")
    assert (members(oidc) == ["ann"]) is found


def test_accounts_come_with_their_first_sign_in_only(oidc):
    answer = oidc.ask("POST", "/entities/link/ann")
    assert (answer.status_code, answer.json["detail"]) == (400, "Currently user lookup is not supported with OIDC")
    assert oidc.ask("PUT", f"{TEAM}/members/ann").json["detail"] == "Unknown user"
    oidc.control("sign_in", username="ann")
    assert oidc.ask("PUT", f"{TEAM}/members/ann").status_code == 200


def test_a_password_is_a_crash(oidc):
    token = oidc.client.get("/csrf_token").json["csrf_token"]
    body, headers = {"username": SUPERUSER, "password": PASSWORD}, {"X-CSRF-Token": token}
    answer = oidc.client.post("/api/v1/signin", json=body, headers=headers)
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    oidc.control("settings", directory={"password_grant": True})
    assert oidc.client.post("/api/v1/signin", json=body, headers=headers).status_code == 200


@pytest.fixture
def keystone(quay):
    directory = {"users": {"ann": {}}, "groups": {"4d1f": ["ann"], "0e0e": []}}
    quay.control("settings", AUTHENTICATION_TYPE="Keystone", FEATURE_TEAM_SYNCING=True, directory=directory)
    quay.ask("POST", "/organization/", {"name": "lab"})
    quay.ask("PUT", TEAM, {"role": "member"})
    return quay


@pytest.mark.parametrize("group", ["4d1f", "0e0e"])
def test_keystone_has_a_group_without_members_too(keystone, group):
    assert keystone.get(f"{TEAM}/members")["can_sync"] == {"service": "keystone"}
    assert keystone.ask("POST", f"{TEAM}/syncing", {"group_id": group}).status_code == 200
    assert keystone.control("sync") == {"teams": 1}
    assert members(keystone) == {"4d1f": ["ann"], "0e0e": []}[group]


@pytest.mark.parametrize("group", ["nosuch", "4D1F"])
def test_keystone_knows_its_groups(keystone, group):
    answer = keystone.ask("POST", f"{TEAM}/syncing", {"group_id": group})
    assert (answer.status_code, answer.json["detail"]) == (400, "Could not sync to group: Group not found")
