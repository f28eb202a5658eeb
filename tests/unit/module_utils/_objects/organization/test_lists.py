# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which lists of an organization are read, and that they answer no more than they know."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import address
from ansible_collections.dockhand.quay.plugins.module_utils._document.bulk_reads import Missing, Wanted
from ansible_collections.dockhand.quay.plugins.module_utils._document.reader import DocumentReader
from ansible_collections.dockhand.quay.plugins.module_utils._errors import CredentialsRefused, Forbidden, QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects.organization.lists import gather
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.sections import SECTIONS

READER = DocumentReader(SECTIONS)
NONE = {"is_admin": True, "teams": {}}


class Lists:
    """Answers readings by address, and notes them; an error is raised, for the generator to get as by the engine."""

    def __init__(self, **answers):
        self.answers, self.asked = answers, []

    def get(self, template, names, query=None, missing=(), patience=1.0, view=None):
        path = address(template, names)
        self.asked.append(path)
        key = path.rpartition("/")[2] if "/permissions" not in path else path.split("/")[-2 if path[-1] != "/" else -3]
        self.query = {**getattr(self, "query", {}), key: query}
        answer = self.answers.get(key, {"permissions": [], "repositories": []})
        if isinstance(answer, Exception):
            raise answer
        return answer

    def config(self):
        self.asked.append("config")
        return {"features": self.answers.get("features", {})}

    def pages(self, _template, _names, _key, query, view=None):
        self.asked.append("repositories")
        return iter(self.answers.get("repositories", []))

    def run(self, organization, whole=(), exclusive=False):
        document = READER.read({"organizations": [{"name": "ops", **organization}]})
        assert document.faults == []
        items = document.named("organizations")
        for item in document.named("repositories"):
            item.work.wish = dataclasses.replace(item.work.wish, append=not exclusive)
        ((_items, gathering),) = gather(items, Wanted(frozenset(whole)))
        wave = next(gathering)
        try:
            while True:
                wave = self.next_wave(gathering, wave)
        except StopIteration as end:
            return end.value

    def next_wave(self, gathering, wave):
        try:
            told = [reading(self) for reading in wave]
        except QuayError as error:
            return gathering.throw(error)
        return gathering.send(told)


def team(count, repositories=0, **more):
    return {"role": "member", "member_count": count, "repo_count": repositories, **more}


def human(name, *teams, repositories=()):
    return {"name": name, "teams": [{"name": one} for one in teams], "repositories": list(repositories)}


def names_of(answers, path):
    return [member["name"] for member in answers[f"/organization/ops/{path}"]["members"]]


def test_only_what_is_declared_is_read():
    lists = Lists(ops=NONE)
    lists.run({})
    assert lists.asked == ["/organization/ops", "/organization/ops/prototypes"]


def test_lists_come_before_a_read_that_refuses():
    lists = Lists(ops=NONE)
    lists.run({"repositories": [{"name": "api"}]})
    assert lists.asked == ["/organization/ops", "repositories", "/organization/ops/prototypes"]


def test_to_a_dead_token_a_missing_organization_is_no_proof():
    lists = Lists(ops=None, robots=CredentialsRefused("dead", 401, ""))
    with pytest.raises(CredentialsRefused):
        lists.run({})
    answers = Lists(ops=None, robots=Forbidden("not yours", 403, "")).run({})
    assert isinstance(answers["/organization/ops"], Missing)


def test_who_is_no_administrator_gets_no_lists():
    lists = Lists(ops={"is_admin": False})
    lists.run({"repositories": [{"name": "api"}], "robots": [{"name": "ci"}]})
    assert lists.asked == ["/organization/ops"]


def test_members_of_all_teams_come_from_two_lists():
    lists = Lists(
        ops={"is_admin": True, "teams": {"devs": team(2), "strange": team(2), "synced": team(1, is_synced=True)}},
        members={"members": [human("alice", "devs", "strange", "synced")]},
        robots={"robots": [human("ops+ci", "devs")]},
    )
    answers = lists.run({"teams": [{"name": name, "members": []} for name in ("devs", "strange", "synced")]})
    assert names_of(answers, "team/devs/members") == ["alice", "ops+ci"]
    # A robot of another organization is in no list, which the count shows; a synced team knows more of itself.
    assert "/organization/ops/team/strange/members" not in answers
    assert "/organization/ops/team/synced/members" not in answers


@pytest.mark.parametrize(
    ("people", "features", "known"),
    [(["alice", "bob"], {}, True), (["alice", "bob"], {"MAILING": True}, False), (["alice"], {}, False)],
)
@pytest.mark.parametrize("whole", [(), ("members",)])
def test_where_nobody_else_may_be_in_a_team_robots_and_invitations_count(people, features, known, whole):
    lists = Lists(
        ops={"is_admin": True, "teams": {"devs": team(2)}},
        members={"members": [human(name, "devs") for name in people]},
        robots={"robots": [human("ops+ci", "devs")] if len(people) == 1 else []},
        features=features,
    )
    teams = [] if whole else [{"name": "devs", "members": [], "append": False}]
    assert ("/organization/ops/team/devs/members" in lists.run({"teams": teams}, whole)) == known
    assert lists.asked.count("config") == 1


def test_a_team_that_is_to_get_a_member_is_asked_itself_for_open_invitations():
    lists = Lists(
        ops={"is_admin": True, "teams": {"devs": team(1)}},
        members={"members": [human("alice", "devs")]},
        robots={"robots": []},
    )
    assert "/organization/ops/team/devs/members" not in lists.run({"teams": [{"name": "devs", "members": ["bob"]}]})


def test_robots_of_a_name_that_only_looks_alike_are_left_out():
    lists = Lists(ops=NONE, robots={"robots": [{"name": "ops+ci"}, {"name": "xps+cd"}]})
    answers = lists.run({"robots": [{"name": "ci"}, {"name": "cd"}]})
    assert answers["/organization/ops/robots"] == {"robots": [{"name": "ops+ci"}]}
    assert answers["/organization/ops/robots/ci"] == {"name": "ops+ci"}
    assert answers["/organization/ops/robots/cd"].status == 400
    assert lists.query["robots"] == {"permissions": "false", "token": "false"}


def test_a_robots_own_answer_is_needed_for_its_metadata():
    lists = Lists(ops=NONE, robots={"robots": [{"name": "ops+ci"}]})
    answers = lists.run({"robots": [{"name": "ci", "unstructured_metadata": {"a": "b"}}]})
    assert "/organization/ops/robots/ci" not in answers


REPOSITORIES = [{"name": name, "state": "NORMAL"} for name in ("api", "web")]


def perms(*grants):
    return [{"name": name, "type": kind} for name, kind in grants]


def test_a_team_is_read_once_for_all_repositories_and_only_where_it_has_some():
    row = {"repository": {"name": "api"}, "role": "write"}
    deleted = {"repository": {"name": "0b3b6d3c-7a5e-4d6c-9a51-6a3f1c1f9e11"}, "role": "read"}
    lists = Lists(
        ops={"is_admin": True, "teams": {"devs": team(0, 2), "idle": team(0), "other": team(0, 9)}},
        repositories=REPOSITORIES,
        devs={"permissions": [row, deleted]},
    )
    grants = perms(("devs", "team"), ("idle", "team"))
    answers = lists.run({"repositories": [{"name": "api", "perms": grants}, {"name": "web", "perms": grants}]})
    assert [path for path in lists.asked if "permissions" in path] == ["/organization/ops/team/devs/permissions"]
    assert answers["/repository/ops/api/permissions/team/"] == {
        "permissions": {"devs": {"name": "devs", "role": "write"}}
    }
    assert answers["/repository/ops/web/permissions/team/"] == {"permissions": {}}
    assert not [path for path in answers if "0b3b6d3c" in path]


@pytest.mark.parametrize(
    ("robots", "asked"),
    [
        ({"ci": ["api", "web", "doc"]}, ["/organization/ops/robots/ci/permissions"]),
        ({"ci": ["api", "web"]}, ["/repository/ops/api/permissions/user/", "/repository/ops/web/permissions/user/"]),
        ({"ci": ["api"], "cd": ["api"]}, ["/repository/ops/api/permissions/user/"]),
        ({"ci": [], "cd": []}, []),
    ],
)
def test_grants_of_robots_are_read_from_the_side_that_is_smaller(robots, asked):
    listed = [human(f"ops+{name}", repositories=where) for name, where in robots.items()]
    lists = Lists(
        ops=NONE,
        repositories=[*REPOSITORIES, {"name": "doc", "state": "NORMAL"}],
        robots={"robots": listed},
    )
    grants = perms(*((f"ops+{name}", "user") for name in robots))
    lists.run({"repositories": [{"name": name, "perms": grants} for name in ("api", "web", "doc")]})
    assert [path for path in lists.asked if "permissions" in path] == asked
    assert not {"/organization/ops/members", "/organization/ops/collaborators"}.intersection(lists.asked)


def test_where_undeclared_grants_go_every_repository_is_asked():
    lists = Lists(ops=NONE, repositories=REPOSITORIES)
    lists.run({"repositories": [{"name": "api", "perms": []}, {"name": "web"}]}, exclusive=True)
    assert [path for path in lists.asked if "permissions" in path] == ["/repository/ops/api/permissions/user/"]
