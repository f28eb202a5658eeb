# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switches of the emulator, in process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from werkzeug.test import Client

sys.path.insert(0, str(Path(__file__).parents[3] / "roles" / "emulator" / "files"))

from quay_emulator import PASSWORD, SUPERUSER, TOKEN
from quay_emulator.server import Emulator

AUTH = {"Authorization": f"Bearer {TOKEN}"}
ORGS = "/api/v1/organization/"
NEW = {"visibility": "private", "description": ""}


@pytest.fixture
def client():
    return Client(Emulator())


@pytest.fixture
def make_org(client):
    return lambda name: client.post(ORGS, json={"name": name}, headers=AUTH).status_code


def control(client, switch, **body):
    return client.post(f"/_emulator/{switch}", json=body)


def test_a_fresh_emulator_has_one_superuser(client):
    users = client.get("/api/v1/superuser/users/", headers=AUTH).json["users"]
    assert [user["username"] for user in users] == [SUPERUSER]


def test_an_empty_one_is_initialized(client):
    empty = Client(Emulator({"empty": True}))
    body = {"username": SUPERUSER, "password": PASSWORD, "email": "a@example.org", "access_token": True}
    token = empty.post("/api/v1/user/initialize", json=body).json["access_token"]
    assert empty.get("/api/v1/user/", headers={"Authorization": f"Bearer {token}"}).json["super_user"] is True
    assert empty.post("/api/v1/user/initialize", json=body).status_code == 400


def test_settings_switch_routes_on_and_off(client, make_org):
    make_org("lab")
    assert client.get(f"{ORGS}lab/quota", headers=AUTH).json == []
    assert control(client, "settings", FEATURE_QUOTA_MANAGEMENT=False).json["FEATURE_QUOTA_MANAGEMENT"] is False
    assert client.get(f"{ORGS}lab/quota", headers=AUTH).status_code == 308
    assert client.get(f"{ORGS}lab/quota/", headers=AUTH).status_code == 404
    assert client.post(f"{ORGS}lab/quota", json={}, headers=AUTH).status_code == 405
    assert f"{ORGS}{{orgname}}/quota" not in client.get("/api/v1/discovery").json["paths"]


def test_requests_are_listed_and_cleared(client, make_org):
    make_org("lab")
    client.get("/config")
    seen = client.get("/_emulator/requests").json
    assert seen == [
        {"number": 1, "method": "POST", "path": ORGS, "query": "", "status": 201, "auth": "token"},
        {"number": 2, "method": "GET", "path": "/config", "query": "", "status": 200, "auth": "none"},
    ]
    client.delete("/_emulator/requests")
    assert client.get("/_emulator/requests").json == []


def test_refused_writes_are_listed_and_do_nothing(client, make_org):
    control(client, "settings", refuse_writes=True)
    assert make_org("lab") == 599
    assert client.get(f"{ORGS}lab", headers=AUTH).status_code == 404
    assert [one["status"] for one in client.get("/_emulator/requests").json] == [599, 404]


def test_reset_forgets_everything(client, make_org):
    make_org("lab")
    control(client, "settings", refuse_writes=True)
    control(client, "misbehave", kind="status")
    control(client, "reset")
    assert client.get(f"{ORGS}lab", headers=AUTH).status_code == 404
    assert client.get("/_emulator/settings").json["refuse_writes"] is False


def test_tokens_have_scopes_and_an_end(client):
    control(client, "user", username="ann", password="password1", email="ann@example.org")
    narrow = control(client, "token", username="ann", scopes="user:read").json["token"]
    dead = control(client, "token", username="ann", expires_in=-1).json["token"]
    assert client.get("/api/v1/user/", headers={"Authorization": f"Bearer {narrow}"}).status_code == 200
    assert client.get("/api/v1/user/robots", headers={"Authorization": f"Bearer {narrow}"}).status_code == 403
    assert client.get("/api/v1/user/", headers={"Authorization": f"Bearer {dead}"}).status_code == 401
    assert control(client, "token", username="nobody").status_code == 400


def test_a_status_is_given_a_number_of_times(client):
    control(client, "misbehave", kind="status", status=429, times=2, path="organization", retry_after=1, after=1)
    answers = [client.get(f"{ORGS}lab", headers=AUTH) for _dummy in range(4)]
    assert [answer.status_code for answer in answers] == [404, 429, 429, 404]
    assert answers[1].headers["Retry-After"] == "1"


def test_html_for_one_method(client, make_org):
    control(client, "misbehave", kind="html", status=502, method="POST")
    assert client.get(f"{ORGS}lab", headers=AUTH).status_code == 404
    answer = client.post(ORGS, json={"name": "lab"}, headers=AUTH)
    assert (answer.status_code, answer.content_type) == (502, "text/html")
    client.delete("/_emulator/misbehave")
    assert make_org("lab") == 201


def test_cut_does_nothing_and_lost_answer_does_it(client, make_org):
    for kind, there in (("cut", 404), ("lost_answer", 200)):
        control(client, "misbehave", kind=kind)
        with pytest.raises(ConnectionAbortedError):
            make_org("lab")
        assert client.get(f"{ORGS}lab", headers=AUTH).status_code == there


def test_crash_after_some_writes(client, make_org):
    control(client, "misbehave", kind="crash", after_writes=2)
    assert [make_org("one1"), make_org("two2")] == [201, 201]
    with pytest.raises(ConnectionAbortedError):
        client.get("/config")


def test_an_unknown_kind_is_refused(client):
    assert control(client, "misbehave", kind="sulk").status_code == 400


def test_names_are_reserved_until_the_garbage_is_collected(client, make_org):
    make_org("lab")
    client.delete(f"{ORGS}lab", headers=AUTH)
    assert make_org("lab") == 400
    control(client, "collect_garbage")
    assert make_org("lab") == 201


def test_the_directory_is_synced_on_demand():
    directory = {"users": {"ann": {"email": "ann@example.org"}}, "groups": {"cn=team": ["ann"]}}
    settings = {"AUTHENTICATION_TYPE": "LDAP", "FEATURE_TEAM_SYNCING": True, "directory": directory}
    client = Client(Emulator(settings))
    client.post(ORGS, json={"name": "lab"}, headers=AUTH)
    team = f"{ORGS}lab/team/dev"
    client.put(team, json={"role": "member"}, headers=AUTH)
    assert client.post(f"{team}/syncing", json={"group_dn": "cn=team"}, headers=AUTH).status_code == 200
    assert client.get(f"{team}/members", headers=AUTH).json["members"] == []
    assert control(client, "sync").json == {"teams": 1}
    assert [one["name"] for one in client.get(f"{team}/members", headers=AUTH).json["members"]] == ["ann"]


def test_an_unknown_path_below_a_repository_deletes_that_repository(client):
    control(client, "settings", FEATURE_IMMUTABLE_TAGS=False)
    body = {"repository": "r/immutabilitypolicy/x", "visibility": "private", "description": ""}
    client.post("/api/v1/repository", json=body, headers=AUTH)
    path = f"/api/v1/repository/{SUPERUSER}/r/immutabilitypolicy/x"
    assert client.delete(path, headers=AUTH).status_code == 204
    assert client.get(path, headers=AUTH).status_code == 404


def test_a_session_needs_fresh_login_after_a_while(client):
    token = client.get("/csrf_token").json["csrf_token"]
    body = {"username": SUPERUSER, "password": PASSWORD}
    answer = client.post("/api/v1/signin", json=body, headers={"X-CSRF-Token": token})
    token = answer.headers["X-Next-CSRF-Token"]
    assert client.get("/api/v1/superuser/users/").status_code == 200
    control(client, "settings", FRESH_LOGIN_TIMEOUT=-1)
    assert client.get("/api/v1/superuser/users/").json["error_type"] == "fresh_login_required"
    assert client.post("/api/v1/signout", headers={"X-CSRF-Token": token}).status_code == 200
    assert client.get("/api/v1/user/").status_code == 401


def test_images_leave_traces(client, make_org):
    make_org("lab")
    client.post("/api/v1/repository", json={"namespace": "lab", "repository": "api", **NEW}, headers=AUTH)
    control(client, "images", repository="lab/api", last_modified=1790000000, size=7)
    listed = client.get("/api/v1/repository?namespace=lab&last_modified=true", headers=AUTH).json["repositories"]
    assert [(one["last_modified"], one["quota_report"]["quota_bytes"]) for one in listed] == [(1790000000, 7)]


def test_an_application_with_a_chosen_id(client, make_org):
    make_org("lab")
    control(client, "application", organization="lab", name="readers", client_id="READERS")
    (one,) = client.get(f"{ORGS}lab/applications", headers=AUTH).json["applications"]
    assert (one["name"], one["client_id"], len(one["client_secret"])) == ("readers", "READERS", 40)
    assert control(client, "application", organization="nobody", name="readers", client_id="X").status_code == 400
