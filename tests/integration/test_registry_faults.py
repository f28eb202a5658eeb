# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole registries where things go wrong: dead tokens, lost answers, refusals, reserved names."""

from __future__ import annotations

import pytest

from tests.integration.emulator import TOKEN

ORGANIZATION = {
    "name": "payments",
    "robots": [{"name": "ci"}, {"name": "cd"}],
    "teams": [{"name": "devs", "members": ["alice", "payments+ci"]}],
    "default_perms": [{"name": "payments+cd", "role": "read"}],
    "repositories": [
        {"name": name, "perms": [{"name": "payments+ci", "role": "write"}, {"name": "devs", "type": "team"}]}
        for name in ("api", "web", "old")
    ],
}
DOCUMENT = {"organizations": [ORGANIZATION]}
WRITES = ("POST", "PUT", "DELETE")


@pytest.fixture
def quay(emulator):
    """The connection to an emulator that knows nothing but three accounts."""
    emulator.fresh({}, ("alice", "bob", "carol"))
    return {"quay_host": emulator.url, "quay_token": TOKEN}


def apply(connection, document=None, **options):
    from tests.registries.properties import APPLY, run

    return run(APPLY, connection, document=document or DOCUMENT, **options)


def failure(connection, document=None, **options):
    """The error of a run that fails."""
    from tests.registries.properties import QuayError

    with pytest.raises(QuayError) as caught:
        apply(connection, document, **options)
    return caught.value


def written(emulator):
    """The writes since the last call."""
    requests = [(one["method"], one["path"]) for one in emulator.switch("GET", "requests")]
    emulator.switch("DELETE", "requests")
    return [one for one in requests if one[0] in WRITES]


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("exists", [True, False])
def test_a_dead_token_never_passes_for_an_empty_registry(emulator, quay, exists, check):
    from tests.registries.properties import EXPORT, QuayError, run

    if exists:
        apply(quay)
    written(emulator)
    dead = {**quay, "quay_token": "dead"}
    assert "The token (quay_token) is invalid or expired" in str(failure(dead, check=check))
    with pytest.raises(QuayError, match="invalid or expired"):
        run(EXPORT, dead, organizations=["payments"], sections=["organizations", "repositories"])
    assert written(emulator) == []


def test_who_is_no_administrator_changes_nothing(emulator, quay):
    apply(quay)
    token = emulator.switch(
        "POST", "token", {"username": "bob", "scopes": "repo:admin repo:create org:admin user:read"}
    )
    written(emulator)
    error = failure({**quay, "quay_token": token["token"]}, exclusive=["repositories", "robots", "teams"])
    assert "organization payments: No rights to manage organization payments" in str(error)
    assert "organizations[payments].repositories[api]: not tried, since organization payments failed" in str(error)
    assert written(emulator) == [] and not error.result["changed"]


@pytest.mark.parametrize("kind", ["lost_answer", "cut"])
def test_lost_answers_are_settled_by_looking(emulator, quay, kind):
    emulator.switch("POST", "misbehave", {"kind": kind, "times": 3, "after": 3, "method": "PUT"})
    assert apply(quay)["summary"]["failed"] == 0
    assert apply(quay)["plan"] == []


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


def test_what_goes_with_its_owner_is_not_removed_one_by_one(emulator, quay):
    apply(quay)
    written(emulator)
    less = {**ORGANIZATION, "robots": [{"name": "cd"}], "teams": [], "repositories": [{"name": "api", "perms": []}]}
    options = {"exclusive": ["robots", "teams", "perms"], "max_deletions": 4}
    assert apply(quay, {"organizations": [less]}, **options)["summary"]["delete"] == 2
    api = "/api/v1/organization/payments"
    assert sorted(written(emulator)) == [
        ("DELETE", f"{api}/robots/ci"),
        ("DELETE", f"{api}/team/devs"),
        ("DELETE", "/api/v1/repository/payments/api/permissions/user/payments+cd"),
        ("DELETE", "/api/v1/repository/payments/api/permissions/user/quayadmin"),
    ]
    assert apply(quay, {"organizations": [less]}, **options)["plan"] == []


def test_what_quay_still_needs_is_kept_and_named(emulator, quay):
    apply(quay)
    fault = {"kind": "status", "status": 400, "times": 1, "path": "/robots/ci$", "method": "DELETE"}
    emulator.switch("POST", "misbehave", fault)
    less = {"organizations": [{"name": "payments", "robots": [{"name": "cd"}]}]}
    result = apply(quay, less, exclusive=["robots"])
    (line,) = result["plan"]
    assert (line["object"], line["organization"], line["action"]) == ("robot payments+ci", "payments", "keep")
    assert "Emulated fault" in line["reason"]
    assert not result["changed"]
    assert apply(quay, less, exclusive=["robots"])["summary"]["delete"] == 1


def test_a_name_that_is_reserved_stops_all_below_it(emulator, quay):
    apply(quay)
    apply(quay, {"organizations": [{"name": "payments", "state": "absent"}]})
    written(emulator)
    error = failure(quay)
    assert "organization payments: Could not create organization payments: the name is reserved until" in str(error)
    assert "robot payments+ci: not tried, since organization payments failed" in str(error)
    assert written(emulator) == [("POST", "/api/v1/organization/")]
    emulator.switch("POST", "collect_garbage")
    assert apply(quay)["summary"]["failed"] == 0


def test_too_many_removals_change_nothing(emulator, quay):
    apply(quay)
    written(emulator)
    none = {"organizations": [{"name": "payments", "email": "new@example.com", "repositories": [], "robots": []}]}
    options = {"exclusive": ["repositories", "robots"]}
    error = failure(quay, none, **options, max_deletions=4)
    assert str(error).startswith("Nothing was changed: max_deletions allows 4, but this would remove 5: ")
    assert written(emulator) == []
    assert apply(quay, none, **options, max_deletions=5)["summary"]["delete"] == 5
