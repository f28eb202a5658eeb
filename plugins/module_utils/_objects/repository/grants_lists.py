# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: who may do what with all repositories of an organization, by few reads.

Which teams, robots and people have a grant somewhere is in lists that are read anyway; roles are not. So a team is read
once for all repositories; people and robots by repository, or by robot where that takes fewer requests.
"""

from __future__ import annotations

import collections
import typing as t

from ..._client.client import address
from ..._client.views import GrantsView, HeldGrantsView
from ..._document.section import Answers, Item, Reading, Wanted, reading
from ..._engine.resource import State
from ..organization.answers import declared
from . import grants_robots
from .grants import GRANTS_PATH

Rows = dict[str, dict[str, State]]
TEAM_GRANTS = "/organization/{organization}/team/{team}/permissions"


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
        looked_up = [] if self._whole else [item for item in self.declared if not item.exclusive]
        grantees = {name for item in looked_up for name in item.grantees("user")}
        self._own = names["organization"] + "+"
        self._of_users = exclusive or bool(grantees)
        self.needs_robots = bool(grantees)
        self.needs_people = any("+" not in name for name in grantees)
        self._rows: dict[str, Rows] = {kind: collections.defaultdict(dict) for kind in ("team", "user")}
        self._present: t.Iterable[str] = ()
        self._by_repository: list[str] = []
        self._by_robot: list[str] = []
        self._only_robots: set[str] = set()

    def team_readings(self) -> list[Reading]:
        return [reading(TEAM_GRANTS, {**self._names, "team": team}, view=HeldGrantsView) for team in self._teams]

    def learn_teams(self, told: list[State]) -> None:
        for team, answer in zip(self._teams, told):
            for row in answer["permissions"]:
                self._rows["team"][row["repository"]["name"]][team] = {"name": team, "role": row["role"]}

    def learn_people(self, present: t.Mapping[str, State], lists: State) -> None:
        """Decide what to read of those ``present``: grants on deleted repositories stay in the lists for a while."""
        self._present = present
        exclusive = {item.repository for item in self.declared if item.exclusive}
        self._by_repository = [name for name in present if self._whole or name in exclusive]
        if not self.needs_robots:
            return
        holders: dict[str, set[str]] = collections.defaultdict(set)
        for kind in ("robots", "members", "collaborators") if self.needs_people else ("robots",):
            for holder in lists[kind][kind]:
                for repository in holder["repositories"]:
                    holders[repository].add(holder["name"])
        pairs = {
            item.repository: {one for one in item.grantees("user") if self._unlisted(one)}
            | holders[item.repository] & item.grantees("user")
            for item in self.declared
            if item.repository in present and item.repository not in exclusive
        }
        held = {name for name, grantees in pairs.items() if grantees}
        self._only_robots = {name for name in held if all(one.startswith(self._own) for one in pairs[name])}
        robots = {robot for name in self._only_robots for robot in pairs[name]}
        if grants_robots.READS * len(robots) < len(self._only_robots):
            self._by_robot = sorted(robots)
            held -= self._only_robots
        self._by_repository += sorted(held)

    def _unlisted(self, grantee: str) -> bool:
        """A robot of another organization is in no list; what it holds came by a default permission."""
        return "+" in grantee and not grantee.startswith(self._own)

    def user_readings(self) -> list[Reading]:
        """None where all is known."""
        namespace = self._names["organization"]
        by_repository = [
            reading(GRANTS_PATH, {"namespace": namespace, "repository": name, "kind": "user"}, view=GrantsView)
            for name in self._by_repository
        ]
        by_robot = [grants_robots.readings(namespace, robot) for robot in self._by_robot]
        return by_repository + [one for readings in by_robot for one in readings]

    def learn_users(self, told: list[State]) -> None:
        of_robots = told[len(self._by_repository) :]
        doubtful: set[str] = set()
        for robot, places, roles in zip(self._by_robot, of_robots[::2], of_robots[1::2]):
            for repository, role in grants_robots.roles_of(places, roles).items():
                if role:
                    self._rows["user"][repository][robot] = {"name": robot, "role": role}
                else:
                    doubtful.add(repository)
        for repository, answer in zip(self._by_repository, told):
            self._rows["user"][repository] = answer["permissions"]
        self._by_repository = sorted(doubtful & self._only_robots)
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
