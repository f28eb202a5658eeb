# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: who may do what with all repositories of an organization, by few reads.

Which teams, robots and people have a grant somewhere is in lists that are read anyway; roles are not. So a team is read
once for all repositories; people and robots by repository, or by robot if that takes fewer requests.
"""

from __future__ import annotations

import collections
import typing as t

from ..._client.client import address
from ..._client.views import GrantsView, HeldGrantsView
from ..._document.bulk_reads import Answers, Asking, Reading, Wanted, reading
from ..._document.item import Item
from ..._engine.resource import State
from ..organization.answers import declared
from . import grants_robots
from .grants import GRANTS_PATH

#: By repository, then by name of the team or account.
Rows = dict[str, dict[str, State]]
TEAM_GRANTS = "/organization/{organization}/team/{team}/permissions"


class GrantNeeds:
    """Which grants of an organization a document asks for.

    ``of_robots`` and ``of_people``: whether the lists of these must be read first, with their repositories.
    """

    def __init__(self, names: State, view: State, repositories: list[Item], wanted: Wanted) -> None:
        self.names, self.own = names, names["organization"] + "+"
        self.declared = [declared(item, len(self.own)) for item in repositories]
        self.whole = wanted.all_of("perms")
        exclusive = self.whole or any(item.exclusive for item in self.declared)
        named = {name for item in self.declared for name in item.grantees("team")}
        looked_up = [] if self.whole else [item for item in self.declared if not item.exclusive]
        grantees = {name for item in looked_up for name in item.grantees("user")}
        self.teams = [
            name for name, team in view["teams"].items() if team["repo_count"] and (exclusive or name in named)
        ]
        self.kinds = [kind for kind, some in (("team", named), ("user", grantees)) if exclusive or some]
        self.of_robots = bool(grantees)
        self.of_people = any("+" not in name for name in grantees)


def grants_of_teams(needs: GrantNeeds) -> Asking[Rows]:
    """Each team that has grants is read once."""
    rows: Rows = collections.defaultdict(dict)
    told = yield [reading(TEAM_GRANTS, {**needs.names, "team": team}, view=HeldGrantsView) for team in needs.teams]
    for team, answer in zip(needs.teams, told):
        for row in answer["permissions"]:
            rows[row["repository"]["name"]][team] = {"name": team, "role": row["role"]}
    return rows


def grants_of_users(needs: GrantNeeds, present: t.Collection[str], lists: State) -> Asking[Rows]:
    """Of those ``present``, since grants on deleted repositories stay in the lists for a while."""
    exclusive = {item.repository for item in needs.declared if item.exclusive}
    whole = [name for name in present if needs.whole or name in exclusive]
    held = _held(needs, present, exclusive, lists) if needs.of_robots else {}
    by_robot = {name for name, grantees in held.items() if all(one.startswith(needs.own) for one in grantees)}
    robots = sorted({robot for name in by_robot for robot in held[name]})
    if grants_robots.READS * len(robots) >= len(by_robot):
        robots, by_robot = [], set()
    by_repository = [*whole, *sorted(held.keys() - by_robot)]
    namespace = needs.names["organization"]
    readings = [grants_robots.readings(namespace, robot) for robot in robots]
    told = yield [*_of_repositories(namespace, by_repository), *(one for pair in readings for one in pair)]
    rows: Rows = collections.defaultdict(dict)
    doubtful: set[str] = set()
    of_robots = told[len(by_repository) :]
    for robot, places, roles in zip(robots, of_robots[::2], of_robots[1::2]):
        for repository, role in grants_robots.roles_of(places, roles).items():
            if role:
                rows[repository][robot] = {"name": robot, "role": role}
            else:
                doubtful.add(repository)
    asked_again = sorted(doubtful & by_robot)
    told_again = (yield _of_repositories(namespace, asked_again)) if asked_again else []
    for repository, answer in zip([*by_repository, *asked_again], [*told[: len(by_repository)], *told_again]):
        rows[repository] = answer["permissions"]
    return rows


def answers_of_grants(needs: GrantNeeds, present: t.Iterable[str], rows: t.Mapping[str, Rows]) -> Answers:
    """What GET …/permissions/<kind>/ would answer, as far as anybody will ask. Raises as ``address``."""
    answers: Answers = {}
    for kind in needs.kinds:
        for repository in present:
            names = {"namespace": needs.names["organization"], "repository": repository, "kind": kind}
            answers[address(GRANTS_PATH, names)] = {"permissions": rows[kind].get(repository, {})}
    return answers


def _held(needs: GrantNeeds, present: t.Container[str], exclusive: set[str], lists: State) -> dict[str, set[str]]:
    """The declared grantees that have some grant, by repository."""
    holders: dict[str, set[str]] = collections.defaultdict(set)
    for kind in ("robots", "members", "collaborators") if needs.of_people else ("robots",):
        for holder in lists[kind][kind]:
            for repository in holder["repositories"]:
                holders[repository].add(holder["name"])
    held = {}
    for item in needs.declared:
        if item.repository in present and item.repository not in exclusive:
            grantees = item.grantees("user")
            # A robot of another organization is in no list; what it holds came by a default permission.
            unlisted = {one for one in grantees if "+" in one and not one.startswith(needs.own)}
            held[item.repository] = unlisted | holders[item.repository] & grantees
    return {name: grantees for name, grantees in held.items() if grantees}


def _of_repositories(namespace: str, repositories: list[str]) -> list[Reading]:
    names = {"namespace": namespace, "kind": "user"}
    return [reading(GRANTS_PATH, {**names, "repository": name}, view=GrantsView) for name in repositories]
