# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads an organization by whole lists, and answers single reads from them.

What the lists tell is exact, also directly after a write. They come before a wave that refuses (robots and prototypes):
a dead token or an ended session gets a shorter list of repositories with 200, which must never pass for the registry.
"""

from __future__ import annotations

import collections
import typing as t

from ansible_collections.dockhand.quay.plugins.module_utils._client import QuayClient, address
from ansible_collections.dockhand.quay.plugins.module_utils._objects._grants_lists import GrantLists
from ansible_collections.dockhand.quay.plugins.module_utils._objects._repository_read import REPOSITORY_PATH
from ansible_collections.dockhand.quay.plugins.module_utils._objects._robot_place import MISSING_ROBOT
from ansible_collections.dockhand.quay.plugins.module_utils._resource import State
from ansible_collections.dockhand.quay.plugins.module_utils._section import (
    Answers,
    Gathering,
    Item,
    Reading,
    Wanted,
    reading,
)
from ansible_collections.dockhand.quay.plugins.module_utils._shared_reads import Missing

PATH = "/organization/{organization}"
ROBOT = PATH + "/robots/{short}"
#: The names of all repositories: no single read, but known under its address.
REPOSITORIES = "/repository?namespace={organization}"
MEMBERS = PATH + "/team/{team}/members"


def gather(items: list[Item], wanted: Wanted) -> list[tuple[list[Item], Gathering]]:
    """One for each organization."""
    return [([item], _gather(item, wanted)) for item in items]


def _gather(organization: Item, wanted: Wanted) -> Gathering:
    names = {"organization": organization.params["name"]}
    (view,) = yield [reading(PATH, names, missing=(404,))]
    answers: Answers = {address(PATH, names): view or Missing()}
    if view is None or not view["is_admin"] or organization.removes:
        return answers
    repositories, robots, teams = (organization.inner(name) for name in ("repositories", "robots", "teams"))
    grants = GrantLists(names, view, repositories, wanted)
    with_members = wanted.all_of("members") or any(team.params["members"] is not None for team in teams)
    asked: dict[str, Reading] = {}
    if repositories or wanted.all_of("repositories"):
        asked["repositories"] = _all_repositories(names["organization"])
    if with_members or grants.needs_people:
        asked["members"] = reading(PATH + "/members", names)
    if grants.needs_people:
        asked["collaborators"] = reading(PATH + "/collaborators", names)
    told = yield [*asked.values(), *grants.team_readings()]
    lists = dict(zip(asked, told))
    grants.learn_teams(told[len(asked) :])
    present = {entry["name"]: entry for entry in lists.get("repositories", ())}
    asked = {}
    if robots or with_members or grants.needs_people or wanted.all_of("robots"):
        details = {"permissions": str(with_members or grants.needs_people).lower()}
        details["token"] = str(wanted.all_of("tokens")).lower()
        asked["robots"] = reading(PATH + "/robots", names, details)
    born = any(item.params["perms"] is not None and item.repository not in present for item in grants.declared)
    if born or organization.inner("default_perms") or wanted.all_of("default_perms") or not asked:
        asked["prototypes"] = reading(PATH + "/prototypes", names)
    lists.update(zip(asked, (yield list(asked.values()))))
    grants.learn_people(present, lists)
    grants.learn_users((yield grants.user_readings()))
    answers.update(grants.answers())
    if "repositories" in lists:
        answers.update(_repository_answers(names["organization"], present, grants.declared))
    if "robots" in lists:
        answers.update(_robot_answers(names, lists["robots"]["robots"], robots, wanted))
    if with_members:
        answers.update(_member_answers(names, view["teams"], lists, teams))
    if "prototypes" in lists:
        answers[address(PATH + "/prototypes", names)] = lists["prototypes"]
    return answers


def _all_repositories(namespace: str) -> Reading:
    """``last_modified`` costs nothing, and tells whether a repository has tags."""
    query = {"namespace": namespace, "last_modified": "true"}

    def read(client: QuayClient) -> list[State]:
        return list(client.pages("/repository", {}, "repositories", query))

    return read


def _repository_answers(namespace: str, present: t.Mapping[str, State], declared: t.Iterable[t.Any]) -> Answers:
    names = {*present, *(item.repository for item in declared)}
    views = {name: {**present[name], "can_admin": True} if name in present else Missing() for name in names}
    answers: Answers = {
        address(REPOSITORY_PATH, {"namespace": namespace, "repository": name}): view for name, view in views.items()
    }
    return {address(REPOSITORIES, {"organization": namespace}): sorted(present), **answers}


def _robot_answers(names: State, listed: list[State], declared: list[Item], wanted: Wanted) -> Answers:
    """The list matches by LIKE, so that a_b lists robots of axb too; metadata only a robot's own GET has."""
    prefix = names["organization"] + "+"
    robots = {robot["name"][len(prefix) :]: robot for robot in listed if robot["name"].startswith(prefix)}
    with_metadata = {item.params["name"] for item in declared if item.params["unstructured_metadata"] is not None}
    answers: Answers = {address(PATH + "/robots", names): {"robots": list(robots.values())}}
    for short in {*robots, *(item.params["name"][len(prefix) :] for item in declared)}:
        if short not in robots:
            answers[address(ROBOT, {**names, "short": short})] = Missing(f"{MISSING_ROBOT} {short}", 400)
        elif prefix + short not in with_metadata and not wanted.all_of("unstructured_metadata"):
            answers[address(ROBOT, {**names, "short": short})] = robots[short]
    return answers


def _member_answers(names: State, teams: State, lists: State, declared: list[Item]) -> Answers:
    """No answer where the lists know less than the team itself: foreign robots, invitations, a group that is synced."""
    found: dict[str, list[State]] = collections.defaultdict(list)
    for human in lists["members"]["members"]:
        for team in human["teams"]:
            found[team["name"]].append({"name": human["name"], "kind": "user", "is_robot": False})
    for robot in lists["robots"]["robots"]:
        # A robot's list names teams of other organizations too, without saying whose: the count shows it.
        for team in robot["teams"]:
            found[team["name"]].append({"name": robot["name"], "kind": "user", "is_robot": True})
    missing = {
        item.params["name"]
        for item in declared
        if set(item.params["members"] or ()) - {entry["name"] for entry in found[item.params["name"]]}
    }
    synced = {item.params["name"] for item in declared if item.below.get("sync")}
    return {
        address(MEMBERS, {**names, "team": name}): {"name": name, "members": found[name]}
        for name, team in teams.items()
        if len(found[name]) == team["member_count"] and not team.get("is_synced") and name not in missing | synced
    }
