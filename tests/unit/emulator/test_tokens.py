# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens, keys and authorizations, where the recordings do not reach."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from quay_emulator import PASSWORD, SUPERUSER

LAB = "/organization/lab"


@pytest.fixture
def application(quay):
    quay.ask("POST", "/organization/", {"name": "lab"})
    return quay.ask("POST", f"{LAB}/applications", {"name": "ci", "redirect_uri": "https://ci.example.org/back"}).json


def test_a_token_of_an_application_works_until_it_is_revoked(quay, application):
    path = f"{LAB}/applications/{application['client_id']}/tokens"
    made = quay.ask("POST", path, {"name": " nightly ", "scope": "user:read"}).json
    assert (made["name"], made["created_by"]) == ("nightly", SUPERUSER)
    quay.token = made["token"]
    assert quay.get("/user/")["username"] == SUPERUSER
    assert quay.ask("GET", path).status_code == 403
    quay.token = quay.superuser
    assert "token" not in quay.get(path)["tokens"][0]
    assert quay.ask("DELETE", f"{path}/{made['uuid']}").status_code == 204
    quay.token = made["token"]
    assert quay.ask("GET", "/user/").status_code == 401


def test_nobody_hands_on_a_scope_that_he_lacks(quay, application):
    path = f"{LAB}/applications/{application['client_id']}/tokens"
    quay.token = quay.control("token", username=SUPERUSER, scopes="org:admin user:read")["token"]
    assert quay.ask("POST", path, {"name": "x", "scope": "user:admin"}).status_code == 403
    assert quay.ask("POST", path, {"name": "x", "scope": "user:read"}).status_code == 200


def test_tokens_end_with_their_application(quay, application):
    one = f"{LAB}/applications/{application['client_id']}"
    token = quay.ask("POST", f"{one}/tokens", {"name": "x", "scope": "user:read"}).json["token"]
    quay.ask("DELETE", one)
    quay.token = token
    assert quay.ask("GET", "/user/").status_code == 401


def signed_in(quay, username=SUPERUSER):
    token = quay.client.get("/csrf_token").json["csrf_token"]
    body = {"username": username, "password": PASSWORD}
    answer = quay.client.post("/api/v1/signin", json=body, headers={"X-CSRF-Token": token})
    return {"X-CSRF-Token": answer.headers["X-Next-CSRF-Token"]}


def authorize(quay, application, headers, **more):
    form = {"client_id": application["client_id"], "redirect_uri": application["redirect_uri"], "scope": "user:read"}
    form.update(response_type="token", **more)
    answer = quay.client.post("/oauth/authorizeapp", data=form, headers=headers)
    assert answer.status_code == 302, answer.text
    return urlsplit(answer.headers["Location"])


def test_a_browser_gets_a_token_behind_the_fragment(quay, application):
    token = parse_qs(authorize(quay, application, signed_in(quay)).fragment)["access_token"][0]
    quay.token = token
    assert quay.get("/user/")["username"] == SUPERUSER
    quay.token = quay.superuser
    given = quay.get("/user/authorizations")["authorizations"][-1]
    assert (given["application"]["name"], [one["scope"] for one in given["scopes"]]) == ("ci", ["user:read"])
    assert quay.ask("DELETE", f"/user/authorizations/{given['uuid']}").status_code == 204
    quay.token = token
    assert quay.ask("GET", "/user/").status_code == 401


def test_others_need_an_offer(quay, application):
    quay.act_as("dora")
    headers = signed_in(quay, "dora")
    assert authorize(quay, application, headers).query == "error=unauthorized_client"
    names = {"client_id": application["client_id"], "redirect_uri": application["redirect_uri"], "scope": "user:read"}
    query = {**names, "username": "dora", "response_type": "token"}
    answer = quay.client.post("/oauth/authorize/assignuser", query_string=query, headers=signed_in(quay))
    assert answer.status_code == 200
    offer = quay.get("/user/assignedauthorization")["authorizations"][0]
    assert (offer["application"]["clientId"], offer["responseType"]) == (application["client_id"], "token")
    taken = authorize(quay, application, signed_in(quay, "dora"), assignment_uuid=offer["uuid"])
    assert "access_token" in taken.fragment
    assert quay.get("/user/assignedauthorization") == {"authorizations": []}


def test_auditors_see_the_tokens_of_all_users_without_their_codes(quay):
    quay.act_as("dora")
    made = quay.ask("POST", "/user/apptoken", {"title": "laptop"}).json["token"]
    assert len(made["token_code"]) == 120
    assert quay.ask("GET", "/superuser/apptokens").status_code == 403
    quay.token = quay.superuser
    assert quay.ask("GET", f"/user/apptoken/{made['uuid']}").status_code == 404
    found = quay.get("/superuser/apptokens")["tokens"][0]
    assert found == {key: value for key, value in made.items() if key != "token_code"}


def test_a_service_key_keeps_its_name_with_new_metadata(quay):
    made = quay.ask("POST", "/superuser/keys", {"service": "builder", "expiration": None, "name": "b"}).json
    one = f"/superuser/keys/{made['kid']}"
    assert [key["service"] for key in quay.get("/superuser/keys")["keys"]] == ["quay", "builder"]
    changed = quay.ask("PUT", one, {"metadata": {"a": 1}}).json
    assert (changed["name"], changed["metadata"]["a"]) == ("b", 1)
    assert "private_key" not in changed
    assert quay.ask("DELETE", one).status_code == 204


@pytest.mark.parametrize("on, status", [(True, 200), (False, 403)])
def test_the_configuration_is_shown_by_a_feature(quay, on, status):
    quay.control("settings", FEATURE_SUPERUSER_CONFIGDUMP=on)
    answer = quay.ask("GET", "/superuser/config")
    assert answer.status_code == status
    assert "release" not in answer.json.get("config", {})


def test_a_user_becomes_an_organization(quay):
    quay.control("user", username="dora", password=PASSWORD)
    quay.act_as("erin")
    wrong = {"adminUser": "erin", "adminPassword": PASSWORD}
    assert quay.ask("POST", "/user/convert", wrong).json["reason"] == "invaliduser"
    assert quay.ask("POST", "/user/convert", {"adminUser": "dora", "adminPassword": PASSWORD}).status_code == 200
    quay.token = quay.superuser
    assert quay.get("/organization/erin")["ordered_teams"] == ["owners"]
    assert [one["name"] for one in quay.get("/organization/erin/members")["members"]] == ["dora"]


def test_the_search_finds_what_the_caller_may_see(quay):
    quay.repository("lab/payments")
    assert [one["name"] for one in quay.get("/find/repositories", query="pay")["results"]] == ["payments"]
    quay.act_as("dora")
    assert quay.get("/find/repositories", query="pay")["results"] == []
    assert quay.get("/find/all", query="la")["results"][0]["name"] == "lab"
