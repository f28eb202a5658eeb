# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications and messages, where the recordings do not reach."""

from __future__ import annotations

import pytest

HOOK = {"event": "repo_push", "method": "webhook", "config": {"url": "https://example.org/hook"}, "eventConfig": {}}
QUOTA = {**HOOK, "event": "quota_warning"}


@pytest.fixture
def path(quay):
    return f"{quay.repository()}/notification/"


@pytest.mark.parametrize(
    "change, status",
    [
        ({}, 201),
        ({"event": "no_such"}, 500),
        ({"method": "no_such"}, 500),
        ({"config": {}}, 400),
        ({"config": {"url": "ftp://example.org"}}, 400),
        ({"config": {"url": "http://localhost/hook"}}, 400),
        ({"method": "email", "config": {"email": "ann@example.org"}}, 400),
        ({"method": "quay_notification", "config": {"target": {"kind": "user", "name": "quayadmin"}}}, 201),
        ({"method": "quay_notification", "config": {"target": {"kind": "team", "name": "none"}}}, 400),
    ],
)
def test_what_is_taken(quay, path, change, status):
    assert quay.ask("POST", path, {**HOOK, **change}).status_code == status


def test_mail_goes_to_those_who_agreed(quay, path):
    quay.control("authorize_email", repository="lab/app", email="ann@example.org")
    body = {**HOOK, "method": "email", "config": {"email": "ann@example.org"}}
    assert quay.ask("POST", path, body).status_code == 201


def test_only_reading_ignores_whose_it_is(quay, path):
    uuid = quay.ask("POST", path, HOOK).json["uuid"]
    quay.repository("lab/other")
    elsewhere = f"/repository/lab/other/notification/{uuid}"
    assert quay.get(elsewhere)["uuid"] == uuid
    assert quay.ask("DELETE", elsewhere).status_code == 400
    assert quay.ask("POST", elsewhere).status_code == 400
    assert quay.ask("POST", f"{path}{uuid}/test").json == {}
    assert quay.ask("DELETE", path + uuid).status_code == 204
    assert quay.ask("GET", path + uuid).status_code == 404


@pytest.mark.parametrize("place", ["/organization/lab/notifications", "/user/namespacenotifications"])
def test_notifications_about_a_quota(quay, path, place):
    assert quay.ask("GET", place).status_code in (308, 404)
    quay.control("settings", FEATURE_QUOTA_NOTIFICATIONS=True)
    assert quay.ask("POST", place, HOOK).status_code == 400
    made = quay.ask("POST", place, {**QUOTA, "title": "Nearly full"}).json
    assert quay.get(place) == {"notifications": [made]}
    assert quay.ask("POST", f"{place}/{made['uuid']}").status_code == 204
    assert quay.ask("DELETE", f"{place}/{made['uuid']}").status_code == 204
    quay.control("settings", release="3.17")
    assert quay.ask("GET", place).status_code in (308, 404)


def test_messages_are_for_everybody_and_from_superusers(quay):
    message = {"content": "Back at 10", "media_type": "text/plain", "severity": "warning"}
    assert quay.ask("POST", "/messages", {}).status_code == 500
    answer = quay.ask("POST", "/messages", {"message": message})
    assert (answer.status_code, answer.text) == (201, "")
    quay.act_as("dora")
    found = quay.get("/messages")["messages"][0]
    assert {key: found[key] for key in message} == message
    assert quay.ask("POST", "/messages", {"message": message}).status_code == 403
    quay.token = quay.superuser
    assert [quay.ask("DELETE", f"/message/{found['uuid']}").status_code for _dummy in range(2)] == [204, 204]
    assert quay.get("/messages") == {"messages": []}
