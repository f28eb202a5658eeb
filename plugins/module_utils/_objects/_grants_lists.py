# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: who may do what with all repositories of an organization, by few reads.

Which teams, robots and people have a grant somewhere is in lists that are read anyway; roles are not. So a team is read
once for all repositories; people and robots by repository, or by robot where those are fewer.
"""

from __future__ import annotations

import collections
import typing as t

from ansible_collections.dockhand.quay.plugins.module_utils._client import address
from ansible_collections.dockhand.quay.plugins.module_utils._objects._grants import GRANTS_PATH
from ansible_collections.dockhand.quay.plugins.module_utils._objects._organization_answers import declared
from ansible_collections.dockhand.quay.plugins.module_utils._resource import State
from ansible_collections.dockhand.quay.plugins.module_utils._section import Answers, Item, Reading, Wanted, reading

Rows = dict[str, dict[str, State]]
TEAM_GRANTS = "/organization/{organization}/team/{team}/permissions"
ROBOT_GRANTS = "/organization/{organization}/robots/{short}/permissions"


class GrantLists:
    """Asks in turn for readings, learns what they told, and gives the answers to single reads."""

    def __init__(self, names: State, view: State, repositories: list[Item], wanted: Wanted) -> None:
        self._names = names
        self._whole = wanted.all_of("perms")
        self.declared = [declared(item, len(names["organization"]) + 1) for item in repositories]
        exclusive = self._whole or any(item.exclusive for item in self.declared)
        named = {name for item in self.declared for name in item.grantees("team")}
        self._teams = [
            name for name, team in view["teams"].items() if team["repo_count"] and (exclusive or name in named)
        ]
        self._of_teams = exclusive or bool(named)
        self.needs_people = not self._whole and any(
            item.grantees("user") and not item.exclusive for item in self.declared
        )
        self._of_users = exclusive or self.needs_people
        self._rows: dict[str, Rows] = {kind: collections.defaultdict(dict) for kind in ("team", "user")}
        self._present: t.Iterable[str] = ()
        self._by_repository: list[str] = []
        self._by_robot: list[str] = []
        self._instead_of_robots: list[str] = []

    def team_readings(self) -> list[Reading]:
        return [reading(TEAM_GRANTS, {**self._names, "team": team}) for team in self._teams]

    def learn_teams(self, told: list[State]) -> None:
        for team, answer in zip(self._teams, told):
            for row in answer["permissions"]:
                self._rows["team"][row["repository"]["name"]][team] = {"name": team, "role": row["role"]}

    def learn_people(self, present: t.Mapping[str, State], lists: State) -> None:
        """Decide what to read of those ``present``: grants on deleted repositories stay in the lists for a while."""
        self._present = present
        exclusive = {item.repository for item in self.declared if item.exclusive}
        self._by_repository = [name for name in present if self._whole or name in exclusive]
        if not self.needs_people:
            return
        listed = [*lists["members"]["members"], *lists["collaborators"]["collaborators"], *lists["robots"]["robots"]]
        holders: dict[str, set[str]] = collections.defaultdict(set)
        for holder in listed:
            for repository in holder["repositories"]:
                holders[repository].add(holder["name"])
        pairs = {
            item.repository: holders[item.repository] & item.grantees("user")
            for item in self.declared
            if item.repository in present and item.repository not in exclusive
        }
        own = self._names["organization"] + "+"
        with_people = {name for name, grantees in pairs.items() if any(not one.startswith(own) for one in grantees)}
        only_robots = {name: grantees for name, grantees in pairs.items() if grantees and name not in with_people}
        robots = {robot for grantees in only_robots.values() for robot in grantees}
        fewer_robots = len(robots) < len(only_robots)
        self._by_repository += sorted(with_people if fewer_robots else {*with_people, *only_robots})
        self._by_robot = sorted(robots) if fewer_robots else []
        self._instead_of_robots = sorted(only_robots)

    def user_readings(self) -> list[Reading]:
        """None where all is known; by robot, Quay tells nothing to a token without scope user:admin."""
        namespace, short = self._names["organization"], len(self._names["organization"]) + 1
        by_repository = [
            reading(GRANTS_PATH, {"namespace": namespace, "repository": name, "kind": "user"})
            for name in self._by_repository
        ]
        return by_repository + [
            reading(ROBOT_GRANTS, {**self._names, "short": robot[short:]}, missing=(403,)) for robot in self._by_robot
        ]

    def learn_users(self, told: list[State]) -> None:
        of_robots = told[len(self._by_repository) :]
        for robot, answer in zip(self._by_robot, of_robots):
            for row in answer["permissions"] if answer else ():
                self._rows["user"][row["repository"]["name"]][robot] = {"name": robot, "role": row["role"]}
        for repository, answer in zip(self._by_repository, told):
            self._rows["user"][repository] = answer["permissions"]
        self._by_repository = self._instead_of_robots if None in of_robots else []
        self._by_robot = []

    def answers(self) -> Answers:
        """What GET …/permissions/<kind>/ would tell, as far as anybody will ask."""
        answers: Answers = {}
        kinds = (["team"] if self._of_teams else []) + (["user"] if self._of_users else [])
        for kind in kinds:
            for repository in self._present:
                names = {"namespace": self._names["organization"], "repository": repository, "kind": kind}
                answers[address(GRANTS_PATH, names)] = {"permissions": self._rows[kind][repository]}
        return answers
