# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Quotas of users in a document, which the list of users shows for all of them at once."""

from __future__ import annotations

from tests.integration.registries import apply, export, written

LIMITED = {"quota": "10 GiB", "warning_pct": 80, "reject_pct": 0}
USERS = [{"username": "alice", "email": "alice@example.com", "quota": LIMITED}, {"username": "bob"}]


def exported(quay):
    users = export(quay, sections=["users", "quota"])["users"]
    return {user["username"]: user.get("quota") for user in users}


def test_an_export_applied_back_changes_nothing(emulator, quay):
    predicted = apply(quay, {"users": USERS}, check=True)
    applied = apply(quay, {"users": USERS})
    assert [line["object"] for line in predicted["plan"]] == [line["object"] for line in applied["plan"]]
    found = exported(quay)
    assert found.pop("alice") == LIMITED and set(found.values()) == {None}
    emulator.switch("DELETE", "requests")
    assert apply(quay, {"users": export(quay, sections=["users", "quota"])["users"]})["plan"] == []
    asked = [one["path"] for one in emulator.switch("GET", "requests")]
    assert not [path for path in asked if path.endswith("/quota")] and written(emulator) == []


def test_a_change_and_a_removal(emulator, quay):
    apply(quay, {"users": USERS})
    written(emulator)
    alice = {"username": "alice", "quota": {"quota": "20 GiB"}}
    apply(quay, {"users": [alice]})
    assert [method for method, _path in written(emulator)] == ["PUT"]
    assert exported(quay)["alice"] == {**LIMITED, "quota": "20 GiB"}
    apply(quay, {"users": [{"username": "alice", "quota": {"state": "absent"}}]})
    assert exported(quay)["alice"] is None


def test_a_server_without_quotas_exports_users(emulator, quay):
    apply(quay, {"users": [{"username": "alice"}, {"username": "bob"}]})
    emulator.switch("POST", "settings", {"FEATURE_QUOTA_MANAGEMENT": False})
    assert set(exported(quay).values()) == {None}
    asked = [one["path"] for one in emulator.switch("GET", "requests")]
    assert not [path for path in asked if path.endswith("/quota")]
