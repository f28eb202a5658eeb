# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import types

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine import action
from ansible_collections.dockhand.quay.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    AnswerLost,
    FeatureOff,
    Forbidden,
    QuayError,
    Refused,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team_sync import module as team_sync_run
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team_sync.resource import TEAM_SYNC

DEVS, OPS = {"group_dn": "cn=devs,ou=groups"}, {"group_dn": "cn=ops,ou=groups"}
ROBOT = "org+deployer"


def member(name):
    return {"name": name, "kind": "user", "is_robot": "+" in name}


class Team:
    """The one team of a server; ``lose`` are the writes whose answers are lost after the work."""

    def __init__(self, tied=None, humans=(), service="ldap", lose=(), allowed=True):
        self.tied, self.members, self.service = tied, [*humans, ROBOT], service
        self.lose, self.allowed = list(lose), allowed
        self.last_updated = None
        self.syncs_at_look = 0
        self.sent = []
        self.role, self.other_admins, self.caller = "member", [], "root"
        self.transport = types.SimpleNamespace(endpoint=types.SimpleNamespace(url="https://quay"))

    def authentication(self):
        return "LDAP" if self.service else "Database"

    def config(self):
        return {"config": {}, "features": {"TEAM_SYNCING": bool(self.service)}}

    def username(self):
        return self.caller

    def get(self, template, names, query=None, missing=(404,), view=None):
        if template == "/organization/{organization}":
            return {"teams": {"team": {"role": self.role}, "others": {"role": "admin"}}}
        assert template == "/organization/{organization}/team/{name}/members"
        if names["name"] == "others":
            return {"members": [member(name) for name in (*self.other_admins, ROBOT)]}
        self.syncs_at_look -= 1
        if self.tied and self.syncs_at_look == 0:
            self.last_updated = "today"
        view = {"members": [member(name) for name in self.members]}
        if self.service and self.allowed:
            view["can_sync"] = {"service": self.service, "base_dn": "dc=example,dc=com"}
        if self.tied:
            view["synced"] = {"service": self.service}
            if self.allowed:
                view["synced"].update(config=self.tied, last_updated=self.last_updated)
        return view

    def write(self, method, path, body, purpose):
        self.sent.append((method, body or path.rsplit("/", 1)[1]))
        if method == "POST" and body.get("group_dn", "").startswith("cn=empty"):
            raise Refused(f"Quay refused to {purpose}: Group does not exist or is empty.", 400, "")
        if method == "POST" and self.tied:
            raise AnswerLost("500")
        if method == "POST":
            self.tied, self.last_updated = body, None
        elif path.endswith("/syncing"):
            self.tied = None
        elif path.endswith("/admin"):
            raise Refused(f"Quay refused to {purpose}: User cannot remove themselves.", 400, "")
        else:
            assert not self.tied
            self.members.remove(path.rsplit("/", 1)[1])
        if self.lose and self.lose[0] == self.sent[-1]:
            self.lose.pop(0)
            raise AnswerLost("lost")


def run(team, check_mode=False, **params):
    given = {"organization": "org", "name": "team", "state": "present", **params}
    warnings = []
    result = reconcile(TEAM_SYNC, team, given, check_mode, True, warnings.append)
    return result, warnings


def leave(team, **params):
    return run(team, state="absent", keep_users=False, **params)[0]


def test_a_group_is_replaced():
    team = Team(DEVS)
    predicted = run(team, check_mode=True, **OPS)[0]
    assert team.sent == []
    assert run(team, **OPS)[0] == predicted
    assert team.sent == [("DELETE", "syncing"), ("POST", OPS)]
    assert run(team, **OPS)[0]["changed"] is False


def test_a_group_written_in_another_way_is_shown_as_quay_has_it():
    result = run(Team(DEVS), group_dn="CN=Devs, OU=Groups")[0]
    assert result["changed"] is False
    assert result["team_sync"]["group_dn"] == "cn=devs,ou=groups"
    assert result["diff"]["before"] == result["diff"]["after"]


def test_the_old_group_comes_back_where_the_new_one_is_refused():
    team = Team(DEVS)
    with pytest.raises(Refused, match=r"synchronize team org/team with group cn=empty,ou=groups: Group does not exist"):
        run(team, group_dn="cn=empty,ou=groups")
    assert team.tied == DEVS


@pytest.mark.parametrize("lost", [("DELETE", "syncing"), ("POST", OPS)])
def test_a_lost_answer_ends_in_the_new_group(lost):
    team = Team(DEVS, lose=[lost])
    assert run(team, **OPS)[0]["changed"] is True
    assert team.tied == OPS
    assert len(team.sent) == 2


@pytest.mark.parametrize("lost", [("DELETE", "syncing"), ("DELETE", "ann"), ("DELETE", "bob")])
def test_members_go_with_the_tie_whatever_answer_is_lost(lost):
    team = Team(DEVS, ["ann", "bob"], lose=[lost])
    result = leave(team)
    assert result["diff"]["before"] == {**DEVS, "members": ["ann", "bob"]}
    assert team.members == [ROBOT]
    assert len(team.sent) == 3
    assert leave(team)["changed"] is False


def test_members_stay_where_there_is_no_tie_or_where_they_are_kept():
    team = Team(None, ["ann"])
    assert leave(team)["changed"] is False
    team = Team(DEVS, ["ann"])
    assert run(team, state="absent", keep_users=True)[0]["changed"] is True
    assert leave(team)["changed"] is False
    assert team.members == ["ann", ROBOT]


def test_a_member_who_cannot_go_keeps_the_tie():
    team = Team(DEVS, ["admin"])
    with pytest.raises(Refused, match="remove member admin from team org/team"):
        leave(team)
    assert team.tied == DEVS


def test_what_a_server_cannot_do():
    with pytest.raises(FeatureOff, match="AUTHENTICATION_TYPE is Database and FEATURE_TEAM_SYNCING is off"):
        run(Team(service=None), **DEVS)
    with pytest.raises(QuayError, match="which is OIDC: use group_name for its groups"):
        run(Team(service="oidc"), **DEVS)
    with pytest.raises(QuayError, match="which is jwtauthn: Quay cannot synchronize teams with it"):
        run(Team(service="jwtauthn"), **DEVS)
    with pytest.raises(QuayError, match="relative to the base DN of the directory: leave off dc=example,dc=com"):
        run(Team(), group_dn="cn=devs,DC=example, DC=com")


@pytest.mark.parametrize("tied", [None, DEVS])
def test_an_account_that_may_not_see_the_group(tied):
    with pytest.raises(Forbidden, match="No rights to see or set the group of team org/team"):
        run(Team(tied, allowed=False), **DEVS)


def test_an_account_that_may_not_untie():
    assert leave(Team(None, allowed=False))["changed"] is False
    with pytest.raises(Forbidden, match="No rights"):
        leave(Team(DEVS, allowed=False))


def test_oidc_tells_whom_quay_removes():
    warnings = run(Team(None, ["ann", "bob"], "oidc"), check_mode=True, group_name="devs")[1]
    assert len(warnings) == 1
    assert "removes the members of team org/team (ann, bob)" in warnings[0]
    assert run(Team(None, [], "oidc"), check_mode=True, group_name="devs")[1] == []


@pytest.fixture
def clock(monkeypatch):
    pauses = []
    fake = types.SimpleNamespace(monotonic=lambda: sum(pauses), sleep=pauses.append)
    monkeypatch.setattr(action, "time", fake)
    return pauses


def converge(team, check_mode=False, **params):
    given = dict.fromkeys(("group_dn", "group_name", "group_id"))
    given.update(organization="org", name="team", state="present", keep_users=True, wait=True, wait_timeout=60.0)
    context = types.SimpleNamespace(
        params={**given, **params}, client=team, check_mode=check_mode, diff=False, warn=lambda sentence: None
    )
    return team_sync_run.converge(context)


def test_waiting_for_the_first_synchronization(clock):
    team = Team(DEVS)
    team.last_updated = "yesterday"
    team.syncs_at_look = 5
    assert converge(team, **OPS)["team_sync"]["last_updated"] == "today"
    assert clock == [1, 1.5, 2.25, 3.375]


def test_nothing_to_wait_for(clock):
    team = Team(DEVS)
    team.last_updated = "yesterday"
    assert converge(team, **DEVS)["team_sync"]["last_updated"] == "yesterday"
    assert converge(team, check_mode=True, **OPS)["team_sync"]["last_updated"] is None
    assert converge(team, state="absent")["changed"] is True
    assert clock == []


def test_waiting_in_vain_keeps_the_tie_and_says_so(clock):
    team = Team()
    with pytest.raises(QuayError, match=r"did not bring in the members within 60 seconds \(wait_timeout\)") as caught:
        converge(team, **DEVS)
    assert caught.value.result["changed"] is True
    assert sum(clock) == 60
    assert max(clock) == 15
    assert team.tied == DEVS


def test_the_words_of_the_older_modules():
    team = Team(DEVS)
    sync = types.SimpleNamespace(client=team, check_mode=False, diff=False, warn=lambda sentence: None)
    sync.params = {"organization": "org", "name": "team", "sync": True, "group_dn": "CN=devs,ou=groups"}
    assert team_sync_run.converge(sync)["changed"] is False
    sync.params = {**sync.params, "sync": False, "keep_users": True}
    assert team_sync_run.converge(sync)["changed"] is True
    assert team_sync_run.converge(sync)["changed"] is False


@pytest.mark.parametrize(
    ("role", "other_admins", "caller", "why"),
    [
        ("member", [], "ann", ""),
        ("admin", [], "root", "nobody else administers organization org"),
        ("admin", ["carol"], "ann", "ann, whose credentials the task has, would no longer administer organization org"),
        ("admin", ["ann"], "ann", ""),
        ("admin", ["carol"], "root", ""),
    ],
)
def test_a_group_of_oidc_takes_no_last_administrator_unless_forced(role, other_admins, caller, why):
    def team():
        one = Team(humans=["ann", "bob"], service="oidc")
        one.role, one.other_admins, one.caller = role, other_admins, caller
        return one

    sent = [("POST", {"group_name": "nobodys"})]
    for options in ({"force": True}, {}, *([] if why else [{"force": False}])):
        tied = team()
        assert run(tied, group_name="nobodys", **options)[0]["changed"] is True
        assert tied.sent == sent
    for check_mode in (True, False) if why else ():
        kept = team()
        with pytest.raises(QuayError) as caught:
            run(kept, check_mode, group_name="nobodys", force=False)
        assert str(caught.value) == (
            "Could not synchronize team org/team: Quay would remove all its human members (ann, bob), and "
            f"{why}. Add people to another team with the role admin, or set force: true."
        )
        assert kept.sent == []


def test_a_group_that_stays_takes_nobody():
    team = Team(tied={"group_name": "owners"}, humans=["ann"], service="oidc")
    team.role = "admin"
    assert run(team, group_name="owners", force=False)[0]["changed"] is False
