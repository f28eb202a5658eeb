# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds and build triggers, where the recordings do not reach."""

from __future__ import annotations

import pytest

ARCHIVE = {"archive_url": "https://example.com/src.tar.gz"}
CONFIG = {"build_source": "git@example.com:lab/app.git", "dockerfile_path": "/d/Dockerfile", "context": "/d"}
SHA = "a" * 40


@pytest.fixture
def repo(quay):
    return quay.repository()


def start(quay, repo, **body):
    answer = quay.ask("POST", f"{repo}/build/", {**ARCHIVE, **body})
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_build_waits_until_it_is_told(quay, repo):
    build = start(quay, repo, docker_tags=["bad tag!", ".x", ""])
    assert (build["phase"], build["tags"], build["display_name"]) == (
        "waiting",
        ["bad_tag_", "_x", "latest"],
        "916b9d1",
    )
    quay.control("builds", repository="lab/app", phase="building", log=["Step 1", {"message": "x", "type": "command"}])
    assert quay.get(f"{repo}/build/{build['id']}/status")["phase"] == "building"
    assert quay.get(f"{repo}/build/{build['id']}/logs", start=1) == {
        "start": 1,
        "total": 2,
        "logs": [{"message": "x", "type": "command"}],
    }
    quay.control("builds", id=build["id"], phase="error", error="no Dockerfile", archived=True)
    assert quay.get(f"{repo}/build/{build['id']}")["error"] == "no Dockerfile"
    url = quay.get(f"{repo}/build/{build['id']}/logs")["logs_url"]
    assert quay.client.post("/_emulator/builds", json={"id": build["id"], "phase": "odd"}).status_code == 400
    assert quay.client.get(url).status_code == 403
    quay.sign_in()
    assert quay.client.get(url).json["total"] == 2


def test_phases_go_on_by_themselves(quay, repo):
    quay.control("settings", build_phases={"waiting": 0, "building": 60})
    build = start(quay, repo)
    assert quay.get(f"{repo}/build/{build['id']}")["phase"] == "building"
    assert quay.ask("DELETE", f"{repo}/build/{build['id']}").status_code == 201
    assert quay.get(f"{repo}/build/{build['id']}")["phase"] == "cancelled"
    quay.control("settings", build_phases={"building": 0, "pushing": {"seconds": 0, "log": ["Pushed"]}})
    done = start(quay, repo)
    assert quay.get(f"{repo}/build/{done['id']}/logs")["logs"] == [{"message": "Pushed"}]
    assert quay.get(f"{repo}/build/{done['id']}")["phase"] == "complete"


def test_phases_may_end_in_an_error(quay, repo):
    quay.control("settings", build_phases=None)
    quay.control("settings", build_phases={"waiting": 0, "error": {"error": "broken", "log": ["no such file"]}})
    build = quay.get(f"{repo}/build/{start(quay, repo)['id']}")
    assert (build["phase"], build["error"]) == ("error", "broken")
    assert quay.ask("DELETE", f"{repo}/build/{build['id']}").status_code == 400


def test_the_queue_is_as_long_as_the_setting_says(quay, repo):
    quay.control("settings", DEFAULT_NAMESPACE_MAXIMUM_BUILD_COUNT=1)
    first = start(quay, repo)
    assert quay.ask("POST", f"{repo}/build/", ARCHIVE).status_code == 429
    quay.control("builds", id=first["id"], phase="complete")
    start(quay, repo)


def test_a_file_is_built_once_it_is_there(quay, repo):
    dropped = quay.ask("POST", "/filedrop/", {"mimeType": "application/gzip"}).json
    body = {"file_id": dropped["file_id"]}
    assert quay.ask("POST", f"{repo}/build/", body).status_code == 400
    assert quay.client.put(dropped["url"], data=b"FROM scratch\n").status_code == 200
    build = quay.ask("POST", f"{repo}/build/", body).json
    assert (build["resource_key"], build["display_name"]) == (dropped["file_id"], "bb57c7d")


@pytest.fixture
def trigger(quay, repo):
    found = quay.control("triggers", repository="lab/app", config=CONFIG)["id"]
    return f"{repo}/trigger/{found}"


def test_a_trigger_starts_builds_of_a_commit(quay, repo, trigger):
    assert quay.ask("POST", f"{trigger}/start", {"branch_name": "main"}).json["detail"] == "missing required parameter"
    assert quay.ask("POST", f"{trigger}/start", {"commit_sha": "abc"}).status_code == 400
    answer = quay.ask("POST", f"{trigger}/start", {"commit_sha": SHA})
    build = answer.json
    assert (answer.status_code, build["display_name"], build["tags"]) == (201, "aaaaaaa", ["aaaaaaa"])
    assert build["trigger_metadata"] == {"commit": SHA, "git_url": CONFIG["build_source"]}
    assert answer.headers["Location"] == f"/api/v1{repo}/build/{build['id']}/status"
    assert [one["id"] for one in quay.get(f"{trigger}/builds")["builds"]] == [build["id"]]
    assert quay.ask("DELETE", trigger).status_code == 204
    assert quay.get(f"{repo}/build/{build['id']}")["trigger"] is None
    kinds = [entry["kind"] for entry in quay.get(f"{repo}/logs")["logs"]]
    assert kinds == ["delete_repo_trigger", "build_dockerfile", "create_repo"]


def test_a_trigger_is_switched_off_and_on(quay, trigger):
    answer = quay.ask("PUT", trigger, {"enabled": False}).json
    assert (answer["enabled"], answer["config"], answer["disabled_reason"]) == (False, {}, "user_toggled")
    assert quay.ask("POST", f"{trigger}/start", {"commit_sha": SHA}).json["detail"] == "Trigger is not enabled."
    quay.ask("PUT", trigger, {"enabled": True})
    assert quay.ask("POST", f"{trigger}/start", {"commit_sha": SHA}).status_code == 201


def test_a_trigger_is_made_by_a_browser_and_activated(quay, repo):
    page = f"/customtrigger/setup/{repo.removeprefix('/repository/')}"
    assert quay.client.get(page).status_code == 401
    quay.sign_in()
    answer = quay.client.get(page)
    assert answer.status_code == 302
    trigger = answer.headers["Location"]
    assert trigger.startswith(f"{repo}/trigger/")
    assert quay.ask("PUT", trigger, {"enabled": False}).json["detail"] == "Cannot update an unactivated trigger"
    assert quay.ask("POST", f"{trigger}/start", {"commit_sha": SHA}).json["detail"] == "Trigger is not active."
    for robot in ("lab+none", "none"):
        assert quay.ask("POST", f"{trigger}/activate", {"config": CONFIG, "pull_robot": robot}).status_code == 404
    quay.ask("PUT", "/user/robots/puller", {})
    body = {"config": CONFIG, "pull_robot": "quayadmin+puller"}
    assert quay.ask("POST", f"{trigger}/activate", body).status_code == 403
    quay.ask("PUT", "/organization/lab/robots/puller", {})
    active = quay.ask("POST", f"{trigger}/activate", {"config": CONFIG, "pull_robot": "lab+puller"}).json
    assert (active["is_active"], active["build_source"]) == (True, CONFIG["build_source"])
    assert active["pull_robot"]["name"] == "lab+puller"
    assert quay.ask("POST", f"{trigger}/activate", {"config": CONFIG}).status_code == 400
    assert quay.get(f"{repo}/trigger/")["triggers"] == [active]


def test_a_trigger_of_a_hosting_service_takes_a_branch(quay, repo):
    found = quay.control("triggers", repository="lab/app", service="github", config=CONFIG)["id"]
    build = quay.ask("POST", f"{repo}/trigger/{found}/start", {"branch_name": "main"}).json
    assert (build["tags"], build["trigger_metadata"]["ref"]) == (["main"], "refs/heads/main")


def test_nothing_is_built_in_a_mirror(quay, repo, trigger):
    build = start(quay, repo)
    quay.ask("PUT", f"{repo}/changestate", {"state": "MIRROR"})
    for method, path, body in (
        ("POST", f"{repo}/build/", ARCHIVE),
        ("DELETE", f"{repo}/build/{build['id']}", None),
        ("POST", f"{trigger}/start", {"commit_sha": SHA}),
        ("PUT", trigger, {"enabled": False}),
        ("DELETE", trigger, None),
    ):
        assert quay.ask(method, path, body).status_code == 503


@pytest.mark.parametrize("release, status", [("3.16", 500), ("3.17", 200)])
def test_a_superuser_sees_a_build_without_a_trigger_since_3_17(quay, repo, release, status):
    quay.control("settings", release=release)
    build = start(quay, repo)
    assert quay.ask("GET", f"/superuser/{build['id']}/build").status_code == status
