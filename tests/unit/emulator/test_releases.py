# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator does as older releases, measured on them (releases.md of the project's facts)."""

from __future__ import annotations

import pytest

PATTERN = {"method": "number_of_tags", "value": 10, "tagPattern": "v1.*"}
ORG = "/organization/lab"


@pytest.fixture
def play(quay):
    """Play a release, with an organization and a repository of somebody else beside that of the caller."""

    def change(release):
        quay.repository()
        quay.act_as("dora")
        quay.ask("POST", "/organization/", {"name": "hers"})
        quay.token = quay.superuser
        quay.control("settings", release=release)

    return change


def test_an_unknown_release_is_an_error(quay):
    answer = quay.client.post("/_emulator/settings", json={"release": "2.0"})
    assert answer.status_code == 400
    assert "release must be one of 3.9, 3.10" in answer.json["error"]
    assert quay.client.get("/_emulator/settings").json["release"] == "newest"


@pytest.mark.parametrize("release, has", [("3.9", False), ("3.10", True), ("newest", True)])
def test_policies_of_organizations_came_with_3_10(quay, play, release, has):
    play(release)
    description = quay.get("/discovery")
    assert ("/api/v1/organization/{orgname}/autoprunepolicy/" in description["paths"]) is has
    assert ("AutoPrunePolicyConfig" in description["definitions"]) is has
    assert quay.ask("GET", f"{ORG}/autoprunepolicy/").status_code == (200 if has else 404)


@pytest.mark.parametrize("release, has", [("3.12", False), ("3.15", True)])
def test_a_pattern_is_ignored_up_to_3_12(quay, play, release, has):
    play(release)
    properties = quay.get("/discovery")["definitions"]["AutoPrunePolicyConfig"]["properties"]
    assert ("tagPattern" in properties) is has
    assert quay.ask("POST", f"{ORG}/autoprunepolicy/", PATTERN).status_code == 201
    policy = quay.get(f"{ORG}/autoprunepolicy/")["policies"][0]
    assert policy.get("tagPattern") == ("v1.*" if has else None)
    second = quay.ask("POST", f"{ORG}/autoprunepolicy/", {"method": "creation_date", "value": "1w"})
    assert second.status_code == (201 if has else 400)
    if not has:
        assert "already exists, delete existing to create new policy" in second.json["detail"]


def test_a_route_of_a_repository_falls_through_up_to_3_10(quay, play):
    play("3.10")
    path = "/repository/lab/app/autoprunepolicy/"
    assert quay.ask("GET", path).status_code == 404
    assert quay.ask("POST", path, PATTERN).status_code == 405
    assert quay.ask("DELETE", f"{path}95eb166d").status_code == 204
    assert quay.ask("GET", "/repository/lab/app").status_code == 200


@pytest.mark.parametrize("release, status", [("3.12", 500), ("3.15", 405), ("newest", 405)])
def test_a_write_to_an_unknown_path_below_an_organization(quay, play, release, status):
    play(release)
    answer = quay.ask("POST", f"{ORG}/nothing", {})
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert quay.ask("GET", f"{ORG}/nothing").status_code == 308
    assert quay.ask("DELETE", f"{ORG}/nothing").status_code == status


@pytest.mark.parametrize(
    "release, listed, works", [("3.12", None, 308), ("3.15", [], 200), ("3.17", ["delete", "get", "post"], 200)]
)
def test_federation_came_with_3_13_and_its_description_with_3_17(quay, play, release, listed, works):
    play(release)
    quay.ask("PUT", f"{ORG}/robots/ci", {})
    paths = quay.get("/discovery")["paths"]
    found = paths.get("/api/v1/organization/{orgname}/robots/{robot_shortname}/federation")
    assert (found if found is None else sorted(found)) == listed
    assert quay.ask("GET", f"{ORG}/robots/ci/federation").status_code == works


@pytest.mark.parametrize("release, told", [("3.15", False), ("3.17", True)])
def test_the_version_is_told_from_3_16_on(quay, play, release, told):
    play(release)
    assert ("version_number" in quay.client.get("/config").json) is told


def test_up_to_3_15_a_superuser_sees_nothing_of_the_organizations_of_others(quay, play):
    play("3.15")
    view = quay.get("/organization/hers")
    assert (view["is_admin"], view["is_member"], view["email"], "teams" in view) == (False, False, "", False)
    assert quay.get("/organization/lab")["is_admin"] is True
    assert quay.ask("PUT", "/organization/hers", {"invoice_email": True}).status_code == 200
    assert quay.ask("PUT", "/organization/hers/robots/ci", {}).status_code == 201
    assert "token" not in quay.get("/organization/hers/robots")["robots"][0]
    body = {"namespace": "hers", "repository": "app", "visibility": "private", "description": ""}
    assert quay.ask("POST", "/repository", body).status_code == 201
    assert quay.ask("POST", "/superuser/takeownership/hers").status_code == 200
    assert quay.get("/organization/hers")["is_admin"] is True


def test_on_3_9_it_can_do_less_in_them(quay, play):
    play("3.9")
    for method, path, status in (
        ("PUT", "", 403),
        ("GET", "/prototypes", 403),
        ("GET", "/logs", 403),
        ("GET", "/robots", 200),
        ("GET", "/quota", 200),
        ("GET", "/proxycache", 200),
    ):
        body = {} if method == "PUT" else None
        assert quay.ask(method, f"/organization/hers{path}", body).status_code == status, path


def test_up_to_3_17_none_is_shown_as_a_uuid_and_an_empty_address_is_stored_once(quay, play):
    play("3.17")
    quay.ask("POST", "/organization/", {"name": "other"})
    assert len(quay.get(ORG)["email"]) == 36
    assert quay.ask("PUT", ORG, {"email": ""}).json["email"] == ""
    answer = quay.ask("PUT", "/organization/other", {"email": ""})
    assert (answer.status_code, answer.json["detail"]) == (400, "E-mail address already used")
    quay.control("settings", release="3.18")
    assert quay.get("/organization/other")["email"] == ""


def test_a_deleted_name_is_free_at_once_but_on_the_newest(quay, play):
    play("3.18")
    quay.ask("DELETE", ORG)
    assert quay.ask("POST", "/organization/", {"name": "lab"}).status_code == 201
    quay.control("settings", release="newest")
    quay.ask("DELETE", ORG)
    assert quay.ask("POST", "/organization/", {"name": "lab"}).status_code == 400


def test_sizes_in_words_came_with_3_12(quay, play):
    play("3.10")
    assert quay.ask("POST", f"{ORG}/quota", {"limit": "10 GiB"}).status_code == 400
    assert quay.ask("POST", f"{ORG}/quota", {"limit_bytes": 1024}).status_code == 201
    assert "limit" not in quay.get(f"{ORG}/quota")[0]
