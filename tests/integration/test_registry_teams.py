# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is in a team: what the account itself keeps, and what belongs to a directory."""

from __future__ import annotations

import pytest

from tests.integration.emulator import TOKEN
from tests.integration.registries import (
    DIRECTORY,
    SYNC,
    apply,
    as_user,
    export,
    failure,
    members,
    payments,
    written,
)
from tests.integration.server import API

NO_SYNC = {"state": "absent"}
OWNERS = "team payments/owners"
STAYS = (
    f"of {OWNERS} is kept, although it is not declared: "
    "a task does not remove the rights of its own account as an administrator."
)


@pytest.fixture
def ldap(emulator):
    emulator.fresh(DIRECTORY, ("alice", "bob", "carol"))
    return {"quay_host": emulator.url, "quay_token": TOKEN}


def teams(*declared, **options):
    return payments(teams=[*declared], **options)


def owners(*members, **options):
    return teams({"name": "owners", "members": [*members], **options})


def as_predicted(connection, document, **options):
    """The plan, which check mode told before, and after which nothing is left to do."""
    predicted = apply(connection, document, check=True, **options)
    assert apply(connection, document, **options)["plan"] == predicted["plan"]
    again = apply(connection, document, **options)
    assert not again["changed"] and {line["action"] for line in again["plan"]} <= {"keep"}
    return predicted["plan"]


# The account's own rights


def test_the_founder_of_an_organization_stays_an_owner(emulator, quay):
    plan = as_predicted(quay, owners("alice"), exclusive=["members"])
    assert plan[1]["fields"] == {"members": {"from": ["quayadmin"], "to": ["alice", "quayadmin"]}}
    assert members(emulator, "owners") == ["alice", "quayadmin"]


def test_an_administrator_does_not_go_and_the_plan_says_why(emulator, quay):
    alice = as_user(emulator, quay, "alice")
    apply(alice, owners("bob", "carol"))
    (line,) = as_predicted(alice, owners("bob"), exclusive=["members"])
    assert line["fields"] == {"members": {"from": ["alice", "bob", "carol"], "to": ["alice", "bob"]}}
    (line,) = apply(alice, owners("bob"), exclusive=["members"])["plan"]
    assert (line["action"], line["reason"]) == ("keep", f"Member alice {STAYS}")


def test_one_goes_from_a_team_that_administers_nothing(emulator, quay):
    alice = as_user(emulator, quay, "alice")
    apply(alice, teams({"name": "devs", "role": "admin", "members": ["alice"]}))
    as_predicted(alice, teams({"name": "devs", "role": "member", "members": []}), exclusive=["members"])
    as_predicted(alice, teams({"name": "devs", "members": ["alice"]}))
    as_predicted(alice, teams({"name": "devs", "role": "admin", "members": []}), exclusive=["members"])
    assert members(emulator, "devs") == ["alice"]


@pytest.mark.parametrize(("left", "times"), [(["alice", "bob"], 0), (["alice"], 1), ([], 1)])
def test_the_accounts_name_is_asked_for_once_and_only_where_people_would_leave(emulator, quay, left, times):
    def admins(*people):
        return [{"name": name, "role": "admin", "members": [*people]} for name in ("owners", "heirs")]

    robot = {"robots": [{"name": "ci"}]}
    apply(as_user(emulator, quay, "alice"), teams(*admins("alice", "bob", "payments+ci"), **robot))
    emulator.switch("DELETE", "requests")
    # A token that was not in use before.
    apply(as_user(emulator, quay, "alice"), teams(*admins(*left), **robot), exclusive=["members"])
    assert [one["path"] for one in emulator.switch("GET", "requests")].count(f"{API}/user/") == times


def test_a_token_that_cannot_tell_its_account(emulator, quay):
    apply(as_user(emulator, quay, "alice"), owners("bob"))
    limited = as_user(emulator, quay, "alice", "org:admin")
    written(emulator)
    error = failure(limited, owners("bob"), exclusive=["members"])
    why = "the token needs the scope user:read"
    told = f"Cannot determine which undeclared member of {OWNERS} is the account itself: {why}."
    assert f"{OWNERS}: {told}" in str(error)
    assert written(emulator) == []
    assert apply(limited, owners("alice", "bob"), exclusive=["members"])["plan"] == []


# What belongs to a directory


def test_from_the_group_to_people_by_hand(emulator, ldap):
    apply(ldap, teams({"name": "devs", "sync": SYNC}))
    emulator.switch("POST", "sync", {})
    plan = as_predicted(ldap, teams({"name": "devs", "members": ["carol"], "sync": NO_SYNC}))
    assert [line["kind"] for line in plan] == ["team", "team_sync"]
    assert members(emulator, "devs") == ["alice", "bob", "carol"]


@pytest.mark.parametrize("name", ["devs", "owners"])
def test_from_the_group_to_these_people_and_nobody_else(emulator, ldap, name):
    apply(ldap, teams({"name": name, "sync": SYNC}))
    emulator.switch("POST", "sync", {})
    as_predicted(ldap, teams({"name": name, "members": ["carol"], "sync": NO_SYNC}), exclusive=["members"])
    assert members(emulator, name) == ["carol"]


def test_robots_stay_where_people_go_with_the_tie(emulator, ldap):
    declared = {"name": "devs", "role": "admin", "members": ["payments+ci"]}
    apply(ldap, teams({**declared, "sync": SYNC}, robots=[{"name": "ci"}]))
    emulator.switch("POST", "sync", {})
    gone = {"state": "absent", "keep_users": False}
    as_predicted(ldap, teams({**declared, "sync": gone}), exclusive=["members"])
    assert members(emulator, "devs") == ["payments+ci"]
    apply(ldap, teams({"name": "devs", "members": ["carol"]}))
    as_predicted(ldap, teams({**declared, "sync": gone}), exclusive=["members"])
    assert members(emulator, "devs") == ["payments+ci"]


@pytest.mark.parametrize("sync", [SYNC, {"state": "absent", "keep_users": False}])
def test_people_beside_a_group_are_a_fault_of_the_document(emulator, ldap, sync):
    emulator.switch("DELETE", "requests")
    document = teams({"name": "devs", "members": ["carol", "payments+ci", "eve+x@example.com"], "sync": sync})
    assert str(failure(ldap, document)) == (
        "The registry document is wrong in 1 place:\n  organizations[payments].teams[devs].members: "
        "invalid value ['carol', 'eve+x@example.com']: the team is synchronized; list robots only, or set state=absent "
        "and keep_users=true in sync."
    )
    assert emulator.switch("GET", "requests") == []


@pytest.mark.parametrize("declared", [{}, {"members": []}])
@pytest.mark.parametrize("exclusive", [[], ["members"]])
def test_the_owners_of_a_new_organization_are_a_group(emulator, ldap, declared, exclusive):
    document = teams({"name": "owners", "sync": SYNC, **declared})
    plan = as_predicted(ldap, document, exclusive=exclusive)
    assert [line["kind"] for line in plan] == ["organization", "team_sync"]
    emulator.switch("POST", "sync", {})
    assert members(emulator, "owners") == ["alice", "bob"]
    assert apply(ldap, document, exclusive=exclusive)["plan"] == []


def test_an_export_with_owners_of_a_group_is_applied_elsewhere(emulator, ldap):
    apply(ldap, teams({"name": "owners", "sync": SYNC}))
    emulator.switch("POST", "sync", {})
    exported = export(ldap, "payments")
    emulator.fresh(DIRECTORY, ("alice", "bob", "carol"))
    as_predicted(ldap, exported, exclusive=["members"])


@pytest.mark.parametrize("name", ["ops", "owners"])
def test_people_of_an_admin_team_go_with_the_directory(emulator, ldap, name):
    """The directory takes them out, and not before it has somebody to bring in."""
    apply(as_user(emulator, ldap, "alice"), teams({"name": "ops", "role": "admin"}))
    apply(ldap, teams({"name": name, "members": ["carol"]}))
    (line,) = as_predicted(ldap, teams({"name": name, "members": [], "sync": SYNC}), exclusive=["members"])
    assert line["kind"] == "team_sync" and "carol" in members(emulator, name)
    emulator.switch("POST", "sync", {})
    assert members(emulator, name) == ["alice", "bob"]


@pytest.mark.parametrize(
    ("settings", "sync", "why"),
    [
        ({"AUTHENTICATION_TYPE": "OIDC"}, SYNC, "group_dn is not for the directory of "),
        ({"AUTHENTICATION_TYPE": "OIDC"}, {"group_name": "müller"}, "group_name: invalid value 'müller': use ASCII"),
        ({"AUTHENTICATION_TYPE": "LDAP"}, {"group_name": "devs"}, "group_name is not for the directory of "),
        ({"AUTHENTICATION_TYPE": "Database"}, SYNC, "AUTHENTICATION_TYPE is Database and FEATURE_TEAM_SYNCING is on"),
        ({"FEATURE_TEAM_SYNCING": False}, SYNC, "AUTHENTICATION_TYPE is LDAP and FEATURE_TEAM_SYNCING is off"),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_a_new_team_is_not_tied_to_a_group_that_the_server_cannot_take(emulator, quay, settings, sync, why, check):
    """OIDC takes any group without a look at it, so a tie to one of another kind would be there and do nothing."""
    emulator.fresh({**DIRECTORY, **settings}, ("alice",))
    error = failure(quay, teams({"name": "devs", "sync": sync}), check=check)
    assert why in str(error)
    assert not [path for _method, path in written(emulator) if path.endswith("/syncing")]
