# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: who is in all teams of an organization, by few reads. Pure.

Two lists name the teams of people and of robots. A team is asked itself where they know less than it does.
"""

from __future__ import annotations

import collections

from ..._client.client import address
from ..._document.bulk_reads import Answers, Wanted
from ..._document.item import Item
from ..._engine.resource import State
from .members import MEMBERS


class MemberLists:
    """Tells whether the lists are needed, and turns them into the answers to single reads."""

    def __init__(self, names: State, view: State, teams: list[Item], wanted: Wanted) -> None:
        self._names, self._present = names, view["teams"]
        self._declared = [team for team in teams if team.params["members"] is not None]
        self._synced = {team.params["name"] for team in teams if team.below.get("sync")}
        whole = wanted.all_of("members")
        self._exclusive = {team.params["name"] for team in self._declared if not team.work.wish.append}
        if whole:
            self._exclusive = {*self._present}
        self.needed = whole or bool(self._declared)

    @property
    def needs_config(self) -> bool:
        """Whether it matters that the server invites people by mail."""
        return bool(self._exclusive)

    def answers(self, lists: State) -> Answers:
        """What GET …/members would tell of each team of which the lists know all. Raises as ``address``."""
        found: dict[str, list[State]] = collections.defaultdict(list)
        for kind in ("members", "robots"):
            for member in lists[kind][kind]:
                for team in member["teams"]:
                    found[team["name"]].append({"name": member["name"], "kind": "user", "is_robot": kind == "robots"})
        alone = self._synced | self._incomplete(found) | self._doubtful(found, lists)
        return {
            address(MEMBERS, {**self._names, "team": name}): {"name": name, "members": found[name]}
            for name, team in self._present.items()
            if len(found[name]) == team["member_count"] and not team.get("is_synced") and name not in alone
        }

    def _incomplete(self, found: dict[str, list[State]]) -> set[str]:
        """Who is missing may be a robot of another organization or an open invitation, which are in no list."""
        return {
            team.params["name"]
            for team in self._declared
            if set(team.params["members"]) - {entry["name"] for entry in found[team.params["name"]]}
        }

    def _doubtful(self, found: dict[str, list[State]], lists: State) -> set[str]:
        """Where nobody else may be in it.

        A robot's list names teams of other organizations too, without saying whose; where a robot of another one is
        in the team instead, the count agrees. To ask each team with a robot also where members are only added would
        cost one request for each, for what is as rare as that.
        """
        mails = self.needs_config and lists["config"].get("features", {}).get("MAILING")
        return {name for name in self._exclusive if mails or any(entry["is_robot"] for entry in found[name])}
