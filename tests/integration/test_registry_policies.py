# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Policies and mirrors of whole registries: what is declared holds, and an export of it changes nothing."""

from __future__ import annotations

import typing as t

import pytest

from tests.integration.emulator import TOKEN
from tests.integration.registries import Document, apply, export, failure, payments, written
from tests.integration.server import API, Quay

TEN, TWENTY = {"method": "tags", "value": "10"}, {"method": "tags", "value": "20"}
MIRROR = {
    "external_reference": "quay.io/projectquay/quay",
    "external_registry_username": "reader",
    "external_registry_password": "sesame-of-reader",
    "image_tags": ["latest", "v3.*"],
    "robot_username": "payments+mirror",
    "sync_start_date": "2040-01-31T02:00:00Z",
    "https_proxy": "http://proxy.example.com:3128",
}
UPSTREAM = {
    "external_registry_type": "quay",
    "external_registry_url": "https://quay.io",
    "external_namespace": "projectquay",
    "robot_username": "payments+mirror",
    "visibility": "private",
    "sync_start_date": "2040-01-31T02:00:00Z",
}
ROBOTS = [{"name": "mirror"}]
FIXED = [{"tag_pattern": "v.*", "behavior": "matching_immutable"}]


def ask(emulator: t.Any, method: str, path: str, body: t.Any = None) -> t.Any:
    return Quay(emulator.url, {"quay_token": TOKEN}).ask(method, f"{API}/{path}", body)


def policies(emulator: t.Any, place: str = "organization/payments") -> list[tuple[t.Any, str]]:
    """Value and id of each auto-prune policy."""
    listed = ask(emulator, "GET", f"{place}/autoprunepolicy/")["policies"]
    return [(policy["value"], policy["uuid"]) for policy in listed]


def repository(**declared: t.Any) -> Document:
    return payments(robots=ROBOTS, repositories=[{"name": "api", **declared}])


@pytest.mark.parametrize("exclusive", [[], ["prune"]])
@pytest.mark.parametrize("pattern", ["", "^pr-"])
def test_a_changed_value_changes_the_one_policy_of_its_pattern(emulator, quay, pattern, exclusive):
    apply(quay, payments(prune=[{**TEN, "tag_pattern": pattern}, {"method": "date", "value": "7d"}]))
    before = dict(policies(emulator))
    written(emulator)
    apply(quay, payments(prune=[{**TWENTY, "tag_pattern": pattern}, {"method": "date", "value": "7d"}]))
    assert [method for method, _path in written(emulator)] == ["PUT"]
    assert dict(policies(emulator)) == {20: before[10], "7d": before["7d"]}


def test_a_second_policy_of_the_same_pattern_goes(emulator, quay):
    """The stricter one decides, so it would stay in force."""
    apply(quay, payments(prune=[TEN]))
    ask(emulator, "POST", "organization/payments/autoprunepolicy/", {"method": "number_of_tags", "value": 5})
    (strictest,) = export(quay, "payments")["organizations"][0]["prune"]
    assert strictest["value"] == "5"
    apply(quay, payments(prune=[TWENTY]), protect=["tags of payments"])
    assert sorted(value for value, _uuid in policies(emulator)) == [5, 20]
    error = failure(quay, payments(prune=[TWENTY]), max_deletions=0)
    assert str(error).endswith("this would delete 1: a twin of organization prune tags of payments.")
    apply(quay, payments(prune=[TWENTY]))
    assert [value for value, _uuid in policies(emulator)] == [20]


def test_one_pattern_has_one_value(quay):
    error = failure(quay, payments(prune=[TEN, TWENTY]))
    assert "organizations[payments].prune[tags]: it is declared twice" in str(error)


def test_an_export_of_mirrors_and_policies_changes_nothing(emulator, quay):
    declared = repository(mirror=MIRROR, immutability=FIXED, prune=[TEN])
    declared["organizations"][0]["immutability"] = [{"tag_pattern": "[0-9]+", "behavior": "not_matching_immutable"}]
    apply(quay, declared)
    exported = export(quay, "payments")
    (organization,) = exported["organizations"]
    (api,) = organization["repositories"]
    assert organization["immutability"] == declared["organizations"][0]["immutability"]
    assert api["immutability"] == FIXED
    assert api["repo_state"] == "MIRROR"
    assert api["mirror"]["sync_start_date"] == MIRROR["sync_start_date"]
    assert "external_registry_password" not in api["mirror"]
    assert "sesame" not in str(exported)
    written(emulator)
    assert apply(quay, exported, exclusive=["immutability", "prune"])["plan"] == []
    assert written(emulator) == []


def test_an_export_has_no_date_that_moves(emulator, quay):
    apply(quay, repository(mirror=MIRROR))
    emulator.switch("POST", "mirrors", {"repository": "payments/api", "sync_status": "SUCCESS"})
    assert "sync_start_date" not in export(quay, "payments")["organizations"][0]["repositories"][0]["mirror"]


def test_an_export_of_the_mirror_of_an_organization_changes_nothing(emulator, quay):
    apply(quay, payments(robots=ROBOTS, mirror=UPSTREAM))
    exported = export(quay, "payments")
    assert exported["organizations"][0]["mirror"]["external_namespace"] == "projectquay"
    written(emulator)
    assert apply(quay, exported)["plan"] == []
    (line,) = apply(quay, payments(mirror={**UPSTREAM, "visibility": "public"}))["plan"]
    assert (line["kind"], line["action"]) == ("organization_mirror", "change")
    apply(quay, payments(mirror={"state": "absent"}))
    assert "mirror" not in export(quay, "payments")["organizations"][0]


def test_exclusive_mode_deletes_immutability_policies_that_nobody_declared(emulator, quay):
    apply(quay, repository(immutability=[*FIXED, {"tag_pattern": "old"}, {"tag_pattern": "kept"}]))
    plan = apply(quay, repository(immutability=FIXED), exclusive=["immutability"], protect=["kept of*"])["plan"]
    assert sorted(line["action"] for line in plan) == ["delete", "keep"]
    listed = ask(emulator, "GET", "repository/payments/api/immutabilitypolicy/")["policies"]
    assert sorted(one["tagPattern"] for one in listed) == ["kept", "v.*"]


@pytest.mark.parametrize("state", ["NORMAL", "READ_ONLY", "MIRROR"])
def test_a_repository_with_a_new_mirror_has_the_declared_state(emulator, quay, state):
    declared = repository(repo_state=state, mirror=MIRROR)
    apply(quay, declared)
    assert ask(emulator, "GET", "repository/payments/api")["state"] == state
    assert apply(quay, declared)["plan"] == []


def test_the_mirror_of_a_repository_cannot_be_deleted(quay):
    error = failure(quay, repository(mirror={"state": "absent"}))
    assert "organizations[payments].repositories[api].mirror: unsupported: state" in str(error)
