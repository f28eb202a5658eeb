# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags, manifests and what policies do to them, where the recordings do not reach."""

from __future__ import annotations

import time

import pytest

HOUR = 3600


@pytest.fixture
def repo(quay):
    path = quay.repository()
    quay.digests = push(quay, v1={"size": 10}, v2={"size": 20}, latest={"size": 20, "content": "v2 20"})
    return path


def push(quay, **tags):
    return quay.control("images", repository="lab/app", tags=tags)["digests"]


def names(quay, repo, **query):
    return [tag["name"] for tag in quay.get(f"{repo}/tag/", **query)["tags"]]


def test_the_same_content_has_the_same_digest(quay, repo):
    assert quay.digests["v2"] == quay.digests["latest"] != quay.digests["v1"]
    assert quay.get("/repository", namespace="lab", last_modified="true")["repositories"][0]["last_modified"] > 0
    assert sorted(quay.get(repo)["tags"]) == ["latest", "v1", "v2"]


def test_a_list_of_images_has_one_for_each_platform(quay, repo):
    digest = push(quay, multi={"size": 30, "platforms": ["amd64", "arm64"]})["multi"]
    tag = quay.get(f"{repo}/tag/", specificTag="multi")["tags"][0]
    assert (tag["is_manifest_list"], tag["child_manifest_count"], tag["is_sparse"]) == (True, 2, False)
    manifest = quay.get(f"{repo}/manifest/{digest}")
    assert (manifest["layers"], manifest["layers_compressed_size"]) == (None, 0)
    child = quay.get(f"{repo}/manifest/{next(iter(tag['child_manifests_presence']))}")
    assert (child["layers_compressed_size"], child["layers"][0]["compressed_size"]) == (15, 15)


def test_a_tag_ends_within_an_hour_and_two_years(quay, repo):
    for wanted, hours in ((1, 1), (2 * HOUR, 2), (10**9, 104 * 7 * 24)):
        quay.ask("PUT", f"{repo}/tag/v1", {"expiration": time.time() + wanted})
        tag = quay.get(f"{repo}/tag/", specificTag="v1")["tags"][0]
        assert round((tag["end_ts"] - tag["start_ts"]) / HOUR) == hours


def test_a_deleted_tag_is_in_the_history_until_it_is_taken_out_for_good(quay, repo):
    quay.control("settings", PERMANENTLY_DELETE_TAGS=True)
    assert quay.ask("DELETE", f"{repo}/tag/v1").status_code == 204
    assert names(quay, repo, onlyActiveTags="true") == ["latest", "v2"]
    assert "v1" in names(quay, repo)
    body = {"manifest_digest": quay.digests["v1"]}
    assert quay.ask("POST", f"{repo}/tag/v1/restore", body).status_code == 200
    assert quay.get(f"{repo}/tag/", specificTag="v1", onlyActiveTags="true")["tags"][0]["reversion"] is True
    quay.ask("DELETE", f"{repo}/tag/v1")
    assert quay.ask("POST", f"{repo}/tag/v1/expire", {}).status_code == 400
    assert quay.ask("POST", f"{repo}/tag/v1/expire", body).status_code == 200
    assert quay.ask("POST", f"{repo}/tag/v1/expire", body).status_code == 404
    assert quay.ask("POST", f"{repo}/tag/v2/expire", {"is_alive": True}).status_code == 200
    assert names(quay, repo, onlyActiveTags="true") == ["latest"]


@pytest.mark.parametrize("place", ["/organization/lab", "/repository/lab/app"])
def test_a_policy_makes_tags_immutable_that_are_there_and_that_come(quay, repo, place):
    policy = {"tagPattern": "v.*"}
    uuid = quay.ask("POST", f"{place}/immutabilitypolicy/", policy).json["uuid"]
    twice = quay.ask("POST", f"{place}/immutabilitypolicy/", {**policy, "tagPatternMatches": False})
    assert twice.status_code == 400
    assert quay.ask("DELETE", f"{repo}/tag/v1").json["error_type"] == "tag_immutable"
    body = {"manifest_digest": quay.digests["v1"]}
    assert quay.ask("PUT", f"{repo}/tag/v3", body).status_code == 201
    assert quay.ask("PUT", f"{repo}/tag/v3", body).status_code == 409
    assert quay.ask("PUT", f"{repo}/tag/latest", body).status_code == 201
    assert quay.ask("DELETE", f"{place}/immutabilitypolicy/{uuid}").json == {"uuid": uuid}
    assert quay.ask("DELETE", f"{repo}/tag/v1").status_code == 409


def test_without_the_feature_nothing_is_immutable(quay, repo):
    quay.ask("PUT", f"{repo}/tag/v1", {"immutable": True})
    quay.control("settings", release="3.15")
    assert "immutable" not in quay.get(f"{repo}/tag/")["tags"][0]
    assert quay.ask("DELETE", f"{repo}/tag/v1").status_code == 204


def test_labels_of_the_image_cannot_be_deleted(quay, repo):
    digest = push(quay, labeled={"labels": {"team": "payments"}})["labeled"]
    path = f"{repo}/manifest/{digest}/labels"
    quay.ask("POST", path, {"key": "approved", "value": "{}", "media_type": None})
    found = {label["key"]: label for label in quay.get(path)["labels"]}
    assert (found["team"]["source_type"], found["approved"]["media_type"]) == ("manifest", "application/json")
    assert quay.ask("DELETE", f"{path}/{found['team']['id']}").json["message"] == "Cannot delete immutable label"
    assert quay.ask("DELETE", f"{path}/{found['approved']['id']}").status_code == 204
    assert [label["key"] for label in quay.get(path, filter="tea")["labels"]] == ["team"]
    kinds = [entry["kind"] for entry in quay.get(f"{repo}/logs")["logs"]]
    assert kinds[:2] == ["manifest_label_delete", "manifest_label_add"]


def test_what_the_scanner_found(quay, repo):
    path = f"{repo}/manifest/{quay.digests['v1']}/security"
    assert quay.ask("GET", path).status_code == 404
    quay.control("settings", FEATURE_SECURITY_SCANNER=True)
    assert quay.get(path) == {"status": "queued", "data": None}
    feature = {"Name": "openssl", "Version": "3.0", "Vulnerabilities": [{"Name": "CVE-2026-1", "Severity": "High"}]}
    push(quay, v1={"size": 10, "scan": {"features": [feature]}})
    assert quay.get(path)["data"]["Layer"]["Features"] == [{**feature, "Vulnerabilities": []}]
    assert quay.get(path, vulnerabilities="true")["data"]["Layer"]["Features"] == [feature]


def test_pulls_are_counted_by_tag_and_by_manifest(quay, repo):
    digest = push(quay, pulled={"pulls": 3, "last_pull": "2026-11-01T00:00:00Z"})["pulled"]
    found = quay.get(f"{repo}/tag/pulled/pull_statistics")
    assert (found["tag_pull_count"], found["last_tag_pull_date"]) == (3, "Sun, 01 Nov 2026 00:00:00 -0000")
    assert quay.get(f"{repo}/manifest/{digest}/pull_statistics")["manifest_pull_count"] == 3


def test_nobody_tags_in_a_mirror(quay, repo):
    quay.ask("PUT", f"{repo}/changestate", {"state": "MIRROR"})
    assert quay.ask("DELETE", f"{repo}/tag/v1").status_code == 503


def test_what_only_the_time_machine_has_is_not_shown(quay, repo):
    path = f"{repo}/manifest/{quay.digests['v1']}"
    quay.ask("DELETE", f"{repo}/tag/v1")
    assert quay.ask("GET", path).status_code == quay.ask("GET", f"{path}/labels").status_code == 404
    assert quay.ask("PUT", f"{repo}/tag/v3", {"manifest_digest": quay.digests["v1"]}).status_code == 404


def test_a_tag_is_immutable_or_ends(quay, repo):
    quay.ask("PUT", f"{repo}/tag/v1", {"expiration": time.time() + 2 * HOUR})
    assert quay.ask("PUT", f"{repo}/tag/v1", {"immutable": True}).status_code == 400
    assert quay.ask("PUT", f"{repo}/tag/v1", {"expiration": None, "immutable": True}).status_code == 201
    assert quay.ask("PUT", f"{repo}/tag/v1", {"expiration": time.time() + 2 * HOUR}).status_code == 400
    quay.control("settings", FEATURE_IMMUTABLE_TAGS_CAN_EXPIRE=True)
    assert quay.ask("PUT", f"{repo}/tag/v1", {"expiration": time.time() + 2 * HOUR}).status_code == 201


@pytest.mark.parametrize(("release", "left"), [("newest", []), ("3.18", ["sig"])])
def test_signatures_end_with_the_last_tag_of_their_image(quay, repo, release, left):
    quay.control("settings", release=release)
    push(quay, **{f"sha256-{quay.digests['v2'][7:]}.sig": {"size": 1}})
    for tag in ("v2", "latest"):
        assert any(name.endswith(".sig") for name in names(quay, repo, onlyActiveTags="true"))
        quay.ask("DELETE", f"{repo}/tag/{tag}")
    found = names(quay, repo, onlyActiveTags="true")
    assert [name.rpartition(".")[2] for name in found if name != "v1"] == left
