# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole registries where things go wrong: dead tokens, lost answers, refusals, reserved names."""

from __future__ import annotations

import copy

import pytest

from tests.integration.registries import DOCUMENT, NAMED, apply, failure, payments, written


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("exists", [True, False])
def test_a_dead_token_never_passes_for_an_empty_registry(emulator, quay, exists, check):
    from tests.registries.properties import EXPORT_DOCUMENT, QuayError, run

    if exists:
        apply(quay)
    written(emulator)
    dead = {**quay, "quay_token": "dead"}
    assert "The token (quay_token) is invalid or expired" in str(failure(dead, check=check))
    with pytest.raises(QuayError, match="invalid or expired"):
        run(EXPORT_DOCUMENT, dead, organizations=["payments"], sections=["organizations", "repositories"])
    assert written(emulator) == []


def test_who_is_no_administrator_changes_nothing(emulator, quay):
    apply(quay)
    token = emulator.switch(
        "POST", "token", {"username": "bob", "scopes": "repo:admin repo:create org:admin user:read"}
    )
    written(emulator)
    error = failure({**quay, "quay_token": token["token"]}, exclusive=["repositories", "robots", "teams"])
    assert "organization payments: No rights to manage organization payments" in str(error)
    assert str(error).endswith("\n7 objects were not tried: organization payments failed")
    failures = {one["object"]: one["failure"] for one in error.result["failures"]}
    assert len(failures) == 8 and error.result["plan"] == []
    assert failures["organizations[payments].repositories[api]"] == "not tried: organization payments failed"
    assert written(emulator) == [] and not error.result["changed"]


@pytest.mark.parametrize("kind", ["lost_answer", "cut"])
def test_lost_answers_are_settled_by_looking(emulator, quay, kind):
    emulator.switch("POST", "misbehave", {"kind": kind, "times": 3, "after": 3, "method": "PUT"})
    assert apply(quay)["summary"]["failed"] == 0
    assert apply(quay)["plan"] == []


def test_the_one_costly_list_may_take_longer(emulator, quay):
    apply(quay)
    emulator.switch("POST", "misbehave", {"kind": "slow", "seconds": 1, "times": 1, "path": "/robots$"})
    assert apply({**quay, "timeout": 0.5})["plan"] == []
    emulator.switch("POST", "misbehave", {"kind": "slow", "seconds": 1, "times": 1, "path": "/robots$"})
    error = failure({**quay, "timeout": 0.5}, payments(robots=[{"name": "ci"}]))
    assert "did not answer within 0.5 seconds (option timeout)" in str(error)


def test_an_account_that_goes_while_all_are_listed(emulator, quay):
    from tests.registries.properties import EXPORT_DOCUMENT, run

    users = {"users": [{"username": "dave"}, {"username": "erin"}]}
    apply(quay, users)
    fault = {"kind": "status", "status": 500, "times": 1, "path": "/superuser/users/$"}
    emulator.switch("POST", "misbehave", fault)
    assert apply(quay, users)["plan"] == []
    emulator.switch("POST", "misbehave", fault)
    exported = run(EXPORT_DOCUMENT, quay, sections=["users"])["document"]["users"]
    assert {"dave", "erin"} <= {user["username"] for user in exported}


def test_a_limit_of_rate_only_slows_down(emulator, quay):
    emulator.switch("POST", "misbehave", {"kind": "status", "status": 429, "times": 8, "retry_after": 1})
    assert apply(quay)["summary"]["failed"] == 0
    assert apply(quay)["plan"] == []


def test_one_refusal_stops_nothing_else(emulator, quay):
    fault = {"kind": "status", "status": 400, "times": 1, "path": "/repository$", "method": "POST"}
    emulator.switch("POST", "misbehave", fault)
    error = failure(quay)
    assert error.result["summary"]["failed"] == 1 and error.result["changed"]
    assert "1 object is not as declared:" in str(error)
    assert [line["action"] for line in apply(quay)["plan"]] == ["create"]
    assert apply(quay)["plan"] == []


def test_a_name_that_is_reserved_stops_all_below_it(emulator, quay):
    apply(quay)
    apply(quay, {"organizations": [{"name": "payments", "state": "absent"}]})
    written(emulator)
    error = failure(quay)
    assert "organization payments: Could not create organization payments: the name is reserved until" in str(error)
    assert str(error).splitlines()[2:] == ["7 objects were not tried: organization payments failed"]
    assert [line["failure"] for line in error.result["plan"] if line["object"] == "robot payments+ci"] == [
        "not tried: organization payments failed"
    ]
    assert written(emulator) == [("POST", "/api/v1/organization/")]
    emulator.switch("POST", "collect_garbage")
    assert apply(quay)["summary"]["failed"] == 0


def test_a_slash_at_the_end_is_no_other_repository(emulator, quay):
    apply(quay)
    same = payments(repositories=[{"name": f"{name}/"} for name in ("api", "web", "old")])
    assert apply(quay, same, exclusive=["repositories"])["plan"] == []


@pytest.mark.parametrize("name", ["", "/", "//"])
def test_a_repository_without_a_name_is_none_of_the_callers_own(emulator, quay, name):
    nameless = payments(repositories=[{"name": name, "state": "absent"}])
    assert "use the form namespace/repository or repository" in str(failure(quay, nameless))
    assert written(emulator) == []


def test_default_permissions_go_before_repositories_are_made(emulator, quay):
    apply(quay, payments(teams=[{"name": "devs"}], default_perms=[{"name": "devs", "type": "team", "role": "write"}]))
    document = payments(default_perms=[], repositories=[{"name": "new", "perms": []}])
    assert apply(quay, document, exclusive=["default_perms", "perms"])["summary"]["delete"] == 1
    assert apply(quay, document, exclusive=["default_perms", "perms"])["plan"] == []


def test_a_default_permission_that_fails_hides_no_missing_grant(emulator, quay):
    apply(quay, payments(teams=[{"name": "devs"}]))
    fault = {"kind": "status", "status": 400, "times": 1, "path": "/prototypes$", "method": "POST"}
    emulator.switch("POST", "misbehave", fault)
    developers = {"name": "devs", "type": "team", "role": "write"}
    document = payments(default_perms=[developers], repositories=[{"name": "api", "perms": [developers]}])
    assert "still missing: give team devs the role write in repository payments/api" in str(failure(quay, document))
    apply(quay, document)
    assert apply(quay, document)["plan"] == []


def test_a_server_with_another_time_machine_for_new_organizations(emulator, quay):
    emulator.switch("POST", "settings", {"DEFAULT_TAG_EXPIRATION": "4w"})
    document = payments(time_machine_expiration="2w")
    apply(quay, document)
    assert apply(quay, document)["plan"] == []


def test_a_server_that_went_away_is_not_asked_for_all_the_rest(emulator, quay, monkeypatch):
    from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Transport
    from ansible_collections.dockhand.quay.plugins.module_utils._errors import ServerAway

    apply(quay, payments())
    tried, send = [], Transport.send

    def fail_to_write(transport, method, *request, **options):
        if method == "GET":
            return send(transport, method, *request, **options)
        tried.append(method)
        raise ServerAway("It is down.")

    monkeypatch.setattr(Transport, "send", fail_to_write)
    document = payments(robots=[{"name": f"robot{number}"} for number in range(40)])
    error = failure(quay, document, workers=2)
    assert len(tried) <= 3
    counted = sum(int(line.split()[0]) for line in str(error).splitlines() if line.endswith("not tried: It is down"))
    assert str(error).count("\n") <= 4 and counted >= 37
    assert error.result["plan"][-1]["failure"] == "not tried: It is down"


def test_a_server_that_goes_away_while_it_is_read_is_told_of_once(emulator, quay, monkeypatch):
    from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Transport
    from ansible_collections.dockhand.quay.plugins.module_utils._errors import ServerAway

    def fail(transport, method, *request, **options):
        raise ServerAway("It is down.")

    monkeypatch.setattr(Transport, "send", fail)
    document = payments(robots=[{"name": f"robot{number}"} for number in range(40)])
    assert str(failure(quay, document, workers=2)) == "It is down."


def test_a_robot_made_anew_comes_back_to_the_teams_of_others(emulator, quay):
    def document(description):
        robot = {"name": "ci", "description": description, "recreate": True}
        return {"organizations": [{"name": "payments", "robots": [robot]}, NAMED]}

    apply(quay, document("old"))
    assert apply(quay, document("new"), check=True)["plan"] == apply(quay, document("new"))["plan"]
    assert apply(quay, document("new"))["plan"] == []


def test_a_robot_made_anew_gets_back_all_that_is_declared(emulator, quay):
    apply(quay)
    document = copy.deepcopy(DOCUMENT)
    (organization,) = document["organizations"]
    organization["robots"][0].update(description="new", recreate=True)
    # Of this team, the lists do not tell all: it is read by itself.
    organization["teams"][0]["members"].append("bob")
    apply(quay, document)
    assert apply(quay, document)["plan"] == []


def test_nothing_is_asked_of_what_is_below_a_new_organization(emulator, quay):
    emulator.switch("DELETE", "requests")
    apply(quay, check=True)
    api = "/api/v1/organization/payments"
    # The account's name, since who creates a repository gets a permission.
    asked = [one["path"] for one in emulator.switch("GET", "requests")]
    assert asked == [api, f"{api}/robots", "/api/v1/user/"]


def test_a_lost_answer_is_a_change(emulator, quay):
    apply(quay)
    emulator.switch("POST", "misbehave", {"kind": "lost_answer", "times": 1, "method": "PUT"})
    assert apply(quay, payments(repositories=[{"name": "api", "description": "new"}]))["changed"]


def test_a_generated_password_survives_what_nobody_expected(emulator, quay, monkeypatch):
    from ansible_collections.dockhand.quay.plugins.module_utils._engine.reconcile import Reconciliation

    monkeypatch.setattr(Reconciliation, "verify", lambda work, client: {}["missing"])
    assert failure(quay, {"users": [{"username": "dave"}]}).result["passwords"]["dave"]


def test_an_organization_with_the_name_of_the_users_file(emulator, quay, tmp_path):
    from tests.registries.properties import APPLY, EXPORT_DOCUMENT, run

    apply(quay, {"organizations": [{"name": "users"}]})
    run(
        EXPORT_DOCUMENT,
        quay,
        organizations=["users"],
        sections=["users", "organizations"],
        dest=str(tmp_path),
        split=True,
    )
    again = run(APPLY, quay, src=str(tmp_path))
    assert again["plan"] == [] and again["summary"]["unchanged"] == 5


def test_grants_of_robots_need_no_scope_for_users(emulator, quay):
    apply(quay)
    scopes = "org:admin repo:admin repo:create user:read"
    token = emulator.switch("POST", "token", {"username": "quayadmin", "scopes": scopes})
    assert apply({**quay, "quay_token": token["token"]})["plan"] == []


def test_a_scope_that_is_missing_for_grants_is_named(emulator, quay):
    apply(quay, payments())
    token = emulator.switch("POST", "token", {"username": "quayadmin", "scopes": "org:admin user:read"})
    limited = {**quay, "quay_token": token["token"]}
    error = failure(limited, payments(repositories=[{"name": "api", "perms": [{"name": "alice", "role": "write"}]}]))
    grant = "give user alice the role write in repository payments/api"
    assert f"No rights to {grant}: the account lacks the role or the token lacks the scope repo:admin" in str(error)
