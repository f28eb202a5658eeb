# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mirrors, where the recordings do not reach."""

from __future__ import annotations

import pytest

START = "2026-12-01T00:00:00Z"
REPOSITORY = {
    "external_reference": "quay.io/projectquay/quay",
    "sync_interval": 3600,
    "sync_start_date": START,
    "root_rule": {"rule_kind": "tag_glob_csv", "rule_value": ["v*"]},
    "skopeo_timeout_interval": 300,
    "robot_username": "lab+mirror",
}
ORGANIZATION = {
    "external_registry_type": "quay",
    "external_registry_url": "https://quay.io",
    "external_namespace": "projectquay",
    "robot_username": "lab+mirror",
    "visibility": "private",
    "sync_interval": 3600,
    "sync_start_date": START,
}


@pytest.fixture
def lab(quay):
    quay.ask("POST", "/organization/", {"name": "lab"})
    quay.ask("PUT", "/organization/lab/robots/mirror", {})
    return "/organization/lab/mirror"


@pytest.fixture
def mirror(quay, lab):
    path = f"{quay.repository()}/mirror"
    assert quay.ask("POST", path, REPOSITORY).status_code == 201
    return path


def test_a_mirror_changes_state_and_grants(quay, mirror):
    repo = mirror.removesuffix("/mirror")
    assert quay.get(repo)["state"] == "MIRROR"
    assert quay.get(f"{repo}/permissions/user/lab+mirror")["role"] == "write"
    assert quay.ask("DELETE", "/organization/lab/robots/mirror").status_code == 400
    assert quay.ask("POST", mirror, REPOSITORY).status_code == 409


def test_the_first_setting_of_a_proxy_is_lost(quay, mirror):
    """A fault of Quay: data/model/repo_mirror.py, change_external_registry_config."""
    wanted = {"http_proxy": "http://p:1", "https_proxy": "http://p:2"}
    body = {"external_registry_config": {"proxy": wanted}}
    quay.ask("PUT", mirror, body)
    assert quay.get(mirror)["external_registry_config"] == {"proxy": {"https_proxy": "http://p:2"}}
    quay.ask("PUT", mirror, body)
    assert quay.get(mirror)["external_registry_config"] == {"proxy": wanted}


def test_a_sync_is_asked_for_and_cancelled(quay, mirror):
    assert quay.ask("POST", f"{mirror}/sync-cancel").status_code == 404
    assert quay.ask("POST", f"{mirror}/sync-now").status_code == 204
    assert quay.get(mirror)["sync_status"] == "SYNC_NOW"
    assert quay.ask("POST", f"{mirror}/sync-cancel").status_code == 204
    assert (quay.get(mirror)["sync_status"], quay.get(mirror)["sync_retries_remaining"]) == ("CANCEL", 0)


def test_old_releases_know_fewer_keys(quay, lab):
    path = f"{quay.repository()}/mirror"
    quay.control("settings", release="3.12")
    body = {key: value for key, value in REPOSITORY.items() if key != "skopeo_timeout_interval"}
    assert quay.ask("POST", path, body).status_code == 201
    assert not {"skopeo_timeout_interval", "architecture_filter"} & quay.get(path).keys()


def test_health_of_all_mirrors(quay, mirror):
    found = quay.get("/repository/mirror/health", detailed="true")
    assert (found["healthy"], found["repositories"]["never_run"]) == (True, 1)
    assert [one["repository"] for one in found["repositories"]["details"]] == ["app"]
    assert "details" not in quay.get("/superuser/mirror/health")["repositories"]


def test_an_organization_is_a_mirror_or_anything_else(quay, lab):
    assert quay.ask("GET", lab).status_code == 404
    assert quay.ask("POST", lab, {**ORGANIZATION, "sync_interval": 59}).status_code == 400
    assert quay.ask("POST", lab, ORGANIZATION).status_code == 201
    assert quay.ask("POST", lab, ORGANIZATION).status_code == 400
    new = {"namespace": "lab", "repository": "app", "visibility": "private", "description": ""}
    assert quay.ask("POST", "/repository", new).status_code == 400
    assert quay.ask("POST", "/organization/lab/immutabilitypolicy/", {"tagPattern": "v.*"}).status_code == 400
    assert quay.ask("POST", "/organization/lab/proxycache", {"upstream_registry": "docker.io"}).status_code == 400
    assert quay.ask("PUT", lab, {"external_registry_username": "dora"}).status_code == 200
    view = quay.get(lab)
    assert (view["external_registry_username"], view["has_external_registry_password"]) == ("dora", False)
    assert quay.ask("DELETE", "/organization/lab/robots/mirror").status_code == 204
    assert quay.ask("GET", lab).status_code == 404


def test_an_organization_with_repositories_becomes_no_mirror(quay, lab):
    quay.repository()
    assert quay.ask("POST", lab, ORGANIZATION).status_code == 400


def test_the_sign_in_at_the_other_registry_is_verified(quay, lab):
    quay.control("settings", upstream_accounts={"quay.io": {"dora": "right"}})
    quay.ask("POST", lab, {**ORGANIZATION, "external_registry_username": "dora", "external_registry_password": "wrong"})
    assert quay.ask("POST", f"{lab}/verify").json["success"] is False
    quay.ask("PUT", lab, {"external_registry_password": "right"})
    assert quay.ask("POST", f"{lab}/verify").json["success"] is True


def test_a_mirror_in_vain_leaves_its_tags_behind(quay, lab):
    """A fault of Quay: data/model/repo_mirror.py, get_root_rule."""
    path = f"{quay.repository()}/mirror"
    assert quay.ask("POST", path, {**REPOSITORY, "robot_username": "lab+nobody"}).status_code == 400
    assert quay.ask("POST", path, REPOSITORY).status_code == 201
    assert quay.ask("PUT", path, {"root_rule": {"rule_kind": "tag_glob_csv", "rule_value": ["x"]}}).status_code == 201
    assert quay.get(path)["root_rule"]["rule_value"] == ["v*"]


def test_old_releases_fail_with_a_timeout(quay, lab):
    path = f"{quay.repository()}/mirror"
    quay.control("settings", release="3.12")
    assert quay.ask("POST", path, REPOSITORY).status_code == 500


def test_what_the_worker_does(quay, lab):
    quay.ask("POST", lab, ORGANIZATION)
    quay.control("mirrors", organization="lab", repositories=[{"name": "app", "sync_status": "SYNCING"}, {"name": "a"}])
    assert quay.get(lab)["repo_sync_status_counts"]["SYNCING"] == 1
    assert [one["name"] for one in quay.get(f"{lab}/repositories")["repositories"]] == ["a", "app"]
    assert quay.get(f"{lab}/repositories", status="syncing", limit=1)["total"] == 1
    assert quay.ask("POST", f"{lab}/sync-now").status_code == 400
    assert quay.control("mirrors", organization="lab", sync_status="FAIL") == {"sync_status": "FAIL"}
