# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Auto-prune policies and proxy caches, in process."""

from __future__ import annotations

import pytest

TEN = {"method": "number_of_tags", "value": 10}
WEEK = {"method": "creation_date", "value": "1w"}


@pytest.fixture(params=["/organization/lab", "/repository/lab/app", "/user"])
def policies(request, quay):
    quay.repository()
    return f"{request.param}/autoprunepolicy/"


def listed(quay, path):
    return [(entry["method"], entry["value"]) for entry in quay.get(path)["policies"]]


def test_the_same_policy_twice_comes_by_an_update_only(quay, policies):
    first = quay.ask("POST", policies, TEN).json["uuid"]
    assert quay.ask("POST", policies, TEN).status_code == 400
    assert quay.ask("POST", policies, WEEK).status_code == 201
    assert quay.ask("PUT", f"{policies}{first}", WEEK).status_code == 204
    assert listed(quay, policies) == [("creation_date", "1w")] * 2


def test_what_matches_nothing_is_another_policy(quay, policies):
    quay.ask("POST", policies, TEN)
    assert quay.ask("POST", policies, {**TEN, "tagPatternMatches": False}).status_code == 201
    assert [entry["tagPattern"] for entry in quay.get(policies)["policies"]] == [None, None]


@pytest.mark.parametrize("age, status", [("7 d", 201), ("-5d", 201), ("7y", 201), ("7D", 400), ("d", 400), (7, 400)])
def test_ages_that_the_real_server_takes(quay, policies, age, status):
    assert quay.ask("POST", policies, {"method": "creation_date", "value": age}).status_code == status


def test_too_long_an_age_is_a_crash(quay, policies):
    answer = quay.ask("POST", policies, {"method": "creation_date", "value": "999999999999w"})
    assert (answer.status_code, answer.mimetype) == (500, "text/html")


def test_a_deleted_policy_is_gone(quay, policies):
    uuid = quay.ask("POST", policies, TEN).json["uuid"]
    assert quay.ask("DELETE", policies + uuid).json == {"uuid": uuid}
    assert quay.ask("DELETE", policies + uuid).status_code == 404


def test_a_superuser_sees_the_policies_of_a_user_as_of_an_organization(quay):
    quay.act_as("dora")
    quay.ask("POST", "/user/autoprunepolicy/", TEN)
    assert listed(quay, "/organization/dora/autoprunepolicy/") == [("number_of_tags", 10)]
    quay.act_as("eve")
    assert quay.ask("GET", "/organization/dora/autoprunepolicy/").status_code == 403


def test_of_a_repository_the_missing_is_404(quay):
    quay.repository()
    assert quay.ask("GET", "/repository/lab/none/autoprunepolicy/").status_code == 404
    assert quay.get("/organization/none/autoprunepolicy/") == {"policies": []}


def test_without_the_feature_a_deletion_hits_the_repository_route(quay):
    path = f"{quay.repository()}/autoprunepolicy/"
    quay.control("settings", FEATURE_AUTO_PRUNE=False)
    assert quay.ask("DELETE", f"{path}95eb166d").status_code == 204
    assert quay.ask("POST", path, TEN).status_code == 405


def test_a_cache_is_never_changed(quay):
    quay.ask("POST", "/organization/", {"name": "lab"})
    path = "/organization/lab/proxycache"
    assert quay.get(path) == {"upstream_registry": "", "expiration_s": "", "insecure": ""}
    assert quay.ask("DELETE", path).status_code == 404
    assert quay.ask("POST", path, {"upstream_registry": "docker.io"}).json == "Created"
    assert quay.get(path) == {"upstream_registry": "docker.io", "expiration_s": 86400, "insecure": False}
    assert quay.ask("POST", path, {"upstream_registry": "quay.io"}).status_code == 400
    assert quay.ask("PUT", path, {"upstream_registry": "quay.io"}).status_code == 405
    assert quay.ask("DELETE", path).json == "Deleted"


@pytest.mark.parametrize(
    "registry, said",
    [
        ("", "URL must include a hostname"),
        ("localhost:5000", "The provided registry URL is not allowed"),
        ("10.0.0.1/library", "The provided registry URL is not allowed"),
        ("nowhere.invalid", "Cannot resolve hostname 'nowhere.invalid'"),
    ],
)
def test_hosts_that_no_cache_is_of(quay, registry, said):
    quay.ask("POST", "/organization/", {"name": "lab"})
    answer = quay.ask("POST", "/organization/lab/proxycache", {"upstream_registry": registry})
    assert (answer.status_code, answer.json["detail"]) == (400, said)


def test_an_allowed_host_and_who_may_sign_in_there(quay):
    quay.control("settings", SSRF_ALLOWED_HOSTS=["localhost"], upstream_accounts={"localhost:5000": {"dora": "right"}})
    quay.ask("POST", "/organization/", {"name": "lab"})
    path, cache = "/organization/lab/validateproxycache", {"upstream_registry": "localhost:5000"}
    dora = {**cache, "upstream_registry_username": "dora"}
    assert quay.ask("POST", path, cache).json == "Anonymous"
    assert quay.ask("POST", path, {**dora, "upstream_registry_password": "right"}).json == "Valid"
    assert quay.ask("POST", path, {**dora, "upstream_registry_password": "wrong"}).status_code == 400
