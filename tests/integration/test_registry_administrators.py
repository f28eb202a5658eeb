# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Somebody is left to administer an organization, whatever a document says and whatever of it fails."""

from __future__ import annotations

import pytest

from tests.integration.registries import DIRECTORY, apply, as_user, failure, members, payments, written
from tests.integration.server import API

NOBODY = "Nobody would be left to administer organization payments"
OWNERS = "/organization/payments/team/owners"
HEIRS = {"name": "heirs", "role": "admin", "members": ["bob"]}
NO_OWNERS = {"name": "owners", "members": [], "append": False}


def found(emulator, quay, email="payments@example.com", **declared):
    """Organization payments, of which alice is the only owner."""
    apply(as_user(emulator, quay, "alice"), payments(email=email, **declared))
    written(emulator)


def refuse(emulator, method, path, status=400):
    """Let Quay refuse one request."""
    fault = {"kind": "status", "status": status, "times": 1, "path": path, "method": method}
    emulator.switch("POST", "misbehave", fault)


def with_users(*users, **declared):
    return {"users": list(users), **payments(**declared)}


LOSSES = [{"state": "absent"}, {"enabled": False}]


@pytest.mark.parametrize("loss", LOSSES)
def test_the_only_owner_is_neither_removed_nor_disabled(emulator, quay, loss):
    found(emulator, quay)
    error = failure(quay, with_users({"username": "alice", **loss}))
    assert f"{NOBODY} (changes of user alice)" in str(error)
    assert written(emulator) == []
    assert apply(quay, with_users({"username": "bob", **loss}))["summary"]["failed"] == 0


@pytest.mark.parametrize("loss", LOSSES)
def test_an_owner_goes_where_another_comes(emulator, quay, loss):
    found(emulator, quay)
    document = with_users({"username": "alice", **loss}, {"username": "dave"}, teams=[{**HEIRS, "members": ["dave"]}])
    predicted = apply(quay, document, check=True)
    assert apply(quay, document)["plan"] == predicted["plan"]
    assert members(emulator, "heirs") == ["dave"]
    assert apply(quay, document)["plan"] == []


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("write", [("POST", "/superuser/users/$"), ("PUT", "/team/heirs/members/dave$")])
def test_an_owner_stays_where_no_other_came(emulator, quay, loss, write):
    found(emulator, quay)
    refuse(emulator, *write)
    document = with_users({"username": "alice", **loss}, {"username": "dave"}, teams=[{**HEIRS, "members": ["dave"]}])
    assert f"user alice: {NOBODY} (changes of user alice)" in str(failure(quay, document))
    assert members(emulator) == ["alice"]
    assert not [one for one in written(emulator) if one[1].endswith("/alice")]
    assert apply(quay, document)["summary"]["failed"] == 0


def test_an_organization_that_goes_needs_nobody(emulator, quay):
    found(emulator, quay)
    document = with_users({"username": "alice", "state": "absent"}, state="absent")
    refuse(emulator, "DELETE", "/organization/payments$")
    assert f"user alice: {NOBODY}" in str(failure(quay, document))
    assert apply(quay, document)["summary"]["delete"] == 2


def test_nobody_is_missed_who_was_not_there(emulator, quay):
    found(emulator, quay)
    apply(quay, {"users": [{"username": "alice", "state": "absent"}]})
    assert apply(quay, with_users({"username": "bob", "enabled": False}))["summary"]["failed"] == 0


def test_owners_stay_where_their_heirs_could_not_be_made(emulator, quay):
    found(emulator, quay)
    refuse(emulator, "PUT", "/team/heirs/members/bob$")
    document = payments(teams=[HEIRS, NO_OWNERS])
    assert f"team payments/owners: {NOBODY} (changes of team payments/owners)" in str(failure(quay, document))
    assert members(emulator) == ["alice"]
    assert apply(quay, document)["summary"]["failed"] == 0
    assert members(emulator) == []


def test_owners_keep_their_role_where_their_heirs_get_none(emulator, quay):
    found(emulator, quay, teams=[{**HEIRS, "role": "member"}])
    refuse(emulator, "PUT", "/team/heirs$")
    document = payments(teams=[{"name": "heirs", "role": "admin"}, {"name": "owners", "role": "member"}])
    assert f"team payments/owners: {NOBODY}" in str(failure(quay, document))
    assert [path for _method, path in written(emulator)] == [f"{API}/organization/payments/team/heirs"]


def test_a_look_that_is_refused_in_the_end_costs_no_result(emulator, quay):
    found(emulator, quay, teams=[{**HEIRS, "role": "member"}])
    # Looked at only where no other team is left.
    apply(quay, payments(teams=[{"name": "watch", "role": "admin", "members": ["carol"]}]))
    refuse(emulator, "PUT", "/team/heirs$")
    refuse(emulator, "GET", "/team/watch/members$", 403)
    document = payments(
        teams=[{"name": "heirs", "role": "admin"}, {"name": "owners", "role": "member"}, {"name": "devs"}]
    )
    error = failure(quay, document)
    assert "team payments/owners: No rights to read /organization/payments/team/watch/members" in str(error)
    assert (error.result["summary"]["failed"], error.result["changed"]) == (2, True)


def test_an_account_that_is_not_there_administers_nothing(emulator, quay):
    found(emulator, quay)
    assert NOBODY in str(failure(quay, payments(teams=[{**HEIRS, "members": ["bobb"]}, NO_OWNERS])))
    assert written(emulator) == []


def test_who_cannot_look_at_accounts_believes_in_them(emulator, quay):
    found(emulator, quay, teams=[HEIRS])
    bob = as_user(emulator, quay, "bob")
    assert apply(bob, payments(teams=[NO_OWNERS]))["summary"]["failed"] == 0


def test_an_account_that_the_directory_has_is_linked_and_administers(emulator, quay):
    emulator.fresh(DIRECTORY, ("alice",))
    found(emulator, quay)
    heirs = {**HEIRS, "members": ["dave"]}
    assert NOBODY in str(failure(quay, payments(teams=[heirs, NO_OWNERS])))
    assert apply(quay, with_users({"username": "dave"}, teams=[heirs, NO_OWNERS]))["summary"]["failed"] == 0


def test_the_last_administrators_do_not_go_with_the_tie(emulator, quay):
    emulator.fresh(DIRECTORY, ("alice", "bob"))
    found(emulator, quay)
    apply(quay, payments(teams=[{"name": "owners", "sync": {"group_dn": "cn=devs,ou=groups"}}]))
    written(emulator)
    untied = {"name": "owners", "sync": {"state": "absent", "keep_users": False}}
    error = failure(quay, payments(teams=[untied]))
    assert f"{NOBODY} (changes of team sync payments/owners)" in str(error)
    assert written(emulator) == []
    refuse(emulator, "PUT", "/team/heirs/members/bob$")
    assert NOBODY in str(failure(quay, payments(teams=[HEIRS, untied])))
    assert apply(quay, payments(teams=[HEIRS, untied]))["summary"]["failed"] == 0
    assert (members(emulator), members(emulator, "heirs")) == ([], ["bob"])


def test_who_is_only_invited_administers_nothing(emulator, quay):
    emulator.fresh({"FEATURE_MAILING": True}, ("alice", "bob"))
    found(emulator, quay)
    document = payments(teams=[{"name": "owners", "members": ["bob"], "append": False}])
    for _with_an_open_invitation in range(2):
        assert NOBODY in str(failure(quay, document))
        assert written(emulator) == []
        apply(quay, payments(teams=[{"name": "owners", "members": ["bob"]}]))
        written(emulator)


def test_who_is_in_another_team_needs_no_invitation(emulator, quay):
    found(emulator, quay, teams=[{"name": "devs", "members": ["bob"]}])
    emulator.switch("POST", "settings", {"FEATURE_MAILING": True})
    apply(quay, payments(teams=[{"name": "owners", "members": ["bob"], "append": False}]))
    assert members(emulator) == ["bob"]


def test_the_team_of_the_owners_is_never_removed(emulator, quay):
    found(emulator, quay, teams=[HEIRS])
    error = failure(quay, payments(teams=[{"name": "owners", "state": "absent"}]))
    assert "organizations[payments].teams[owners].state: invalid value 'absent': Quay creates this team" in str(error)
    assert emulator.switch("GET", "requests") == []


def test_a_new_organization_has_its_founder_among_the_owners(emulator, quay):
    document = payments(teams=[{"name": "owners", "role": "admin", "members": ["alice", "quayadmin"]}])
    predicted = apply(quay, document, check=True)
    assert apply(quay, document)["plan"] == predicted["plan"]
    assert apply(quay, document, exclusive=["members"])["plan"] == []


def test_a_new_organization_keeps_an_owner(emulator, quay):
    document = payments(teams=[{"name": "owners", "role": "member"}])
    assert NOBODY in str(failure(quay, document))
    assert written(emulator) == []


@pytest.mark.parametrize(("left", "users"), [("dave", []), ("bob", [{"username": "bob", "enabled": False}])])
def test_who_may_not_sign_in_administers_nothing(emulator, quay, left, users):
    owners = {"name": "owners", "role": "admin", "members": ["alice", left]}
    disabled = [{"username": name, "enabled": False} for name in ("dave", "erin")]
    apply(quay, {"users": disabled})
    apply(as_user(emulator, quay, "alice"), payments(teams=[owners]))
    written(emulator)
    less = {"users": users, **payments(teams=[{**owners, "members": [left]}])}
    assert NOBODY in str(failure(quay, less, exclusive=["members"]))
    assert written(emulator) == []
    (organization,) = less["organizations"]
    organization["teams"].append({"name": "heirs", "role": "admin", "members": ["carol", "quayadmin"]})
    assert apply(quay, less, exclusive=["members"])["summary"]["failed"] == 0


OIDC = {"AUTHENTICATION_TYPE": "OIDC", "FEATURE_TEAM_SYNCING": True}
EMPTIED = {"name": "owners", "sync": {"group_name": "nobodys-group"}}


def test_a_group_of_oidc_takes_the_last_owner_from_no_team(emulator, quay):
    emulator.fresh(OIDC, ("alice", "bob", "carol"))
    found(emulator, quay)
    error = failure(quay, payments(teams=[EMPTIED]))
    assert f"{NOBODY} (changes of team sync payments/owners)" in str(error)
    assert written(emulator) == []
    document = payments(teams=[EMPTIED, HEIRS])
    assert apply(quay, document)["summary"]["failed"] == 0
    assert written(emulator)[-1][1].endswith(f"{OWNERS}/syncing")
    assert (members(emulator, "owners"), members(emulator, "heirs")) == ([], ["bob"])
    assert apply(quay, document)["plan"] == []


def test_a_group_of_oidc_takes_no_owner_where_no_other_came(emulator, quay):
    emulator.fresh(OIDC, ("alice", "bob", "carol"))
    found(emulator, quay)
    refuse(emulator, "PUT", "/team/heirs/members/bob$")
    assert NOBODY in str(failure(quay, payments(teams=[EMPTIED, HEIRS])))
    assert members(emulator, "owners") == ["alice"]


def test_a_group_of_oidc_takes_no_founder(emulator, quay):
    emulator.fresh(OIDC, ("alice", "bob", "carol"))
    assert NOBODY in str(failure(quay, payments(teams=[EMPTIED])))
