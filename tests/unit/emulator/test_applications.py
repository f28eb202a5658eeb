# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OAuth applications, where the recordings do not reach."""

from __future__ import annotations

import pytest

PATH = "/organization/lab/applications"


@pytest.fixture
def application(quay):
    quay.ask("POST", "/organization/", {"name": "lab"})
    return quay.ask("POST", PATH, {"name": "ci", "description": "builds", "avatar_email": "ci@example.org"}).json


def test_a_name_may_be_taken_twice(quay, application):
    other = quay.ask("POST", PATH, {"name": "ci"}).json
    assert (len(application["client_id"]), len(application["client_secret"])) == (20, 40)
    assert [one["client_id"] for one in quay.get(PATH)["applications"]] == [
        application["client_id"],
        other["client_id"],
    ]
    assert (other["description"], other["avatar_email"], other["redirect_uri"]) == ("", None, "")


def test_an_update_empties_what_it_leaves_out(quay, application):
    one = f"{PATH}/{application['client_id']}"
    assert quay.ask("PUT", one, {"name": "cd"}).status_code == 400
    body = {"name": "cd", "redirect_uri": "https://example.org/back", "application_uri": ""}
    changed = quay.ask("PUT", one, body).json
    assert changed == {**application, **body, "description": "", "avatar_email": None}
    assert quay.get(one) == changed


def test_a_new_secret(quay, application):
    one = f"{PATH}/{application['client_id']}"
    fresh = quay.ask("POST", f"{one}/resetclientsecret").json
    assert fresh["client_secret"] != application["client_secret"]
    assert {**fresh, "client_secret": 0} == {**application, "client_secret": 0}
    kinds = [entry["kind"] for entry in quay.get("/organization/lab/logs")["logs"]]
    assert kinds == ["reset_application_client_secret", "create_application", "org_create"]


def test_a_deleted_one_is_gone_and_another_organization_has_none_of_it(quay, application):
    quay.ask("POST", "/organization/", {"name": "other"})
    client_id = application["client_id"]
    assert quay.ask("GET", f"/organization/other/applications/{client_id}").status_code == 404
    assert quay.ask("DELETE", f"{PATH}/{client_id}").status_code == 204
    assert quay.ask("DELETE", f"{PATH}/{client_id}").status_code == 404
    assert quay.ask("GET", f"/app/{client_id}").status_code == 404


def test_what_others_see(quay, application):
    quay.act_as("dora")
    assert quay.ask("GET", PATH).status_code == 403
    public = quay.get(f"/app/{application['client_id']}")
    assert (public["name"], public["organization"]["name"]) == ("ci", "lab")


def test_up_to_3_15_superusers_from_outside_see_no_secrets(quay):
    quay.act_as("dora")
    quay.ask("POST", "/organization/", {"name": "hers"})
    quay.ask("POST", "/organization/hers/applications", {"name": "ci"})
    quay.token = quay.superuser
    assert quay.get("/organization/hers/applications")["applications"][0]["client_secret"] is not None
    quay.control("settings", release="3.15")
    shown = quay.get("/organization/hers/applications")["applications"][0]
    assert (shown["client_secret"], shown["redirect_uri"]) == (None, None)


@pytest.mark.parametrize("release, status", [("3.17", 200), ("newest", 400)])
def test_the_name_that_new_servers_keep_for_themselves(quay, application, release, status):
    quay.control("settings", release=release)
    assert quay.ask("POST", PATH, {"name": "__quay_bootstrap_app"}).status_code == status
