# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads an organization by whole lists, and answers single reads from them.

What the lists tell is exact, also directly after a write. They come before a wave that refuses (robots and prototypes):
a dead token or an ended session gets a shorter list of repositories with 200, which must never pass for the registry.
"""

from __future__ import annotations

from ..._client.client import QuayClient, address
from ..._client.views import OrganizationView, PrototypesView, RepositoryView, RobotsView, listed
from ..._document.bulk_reads import Missing
from ..._document.section import (
    Answers,
    Gathering,
    Item,
    Reading,
    Wanted,
    reading,
)
from ..._engine.resource import State
from ..repository.grants_lists import GrantLists
from ..shared import prove_credentials
from ..team.lists import MemberLists
from .answers import (
    PATH,
    repository_answers,
    robot_answers,
)


def gather(items: list[Item], wanted: Wanted) -> list[tuple[list[Item], Gathering]]:
    """One for each organization."""
    return [([item], _gather(item, wanted)) for item in items]


def _gather(organization: Item, wanted: Wanted) -> Gathering:
    names = {"organization": organization.params["name"]}
    (view,) = yield [reading(PATH, names, missing=(404,), view=OrganizationView)]
    if view is None:
        # To a dead token every organization looks missing.
        yield [lambda client: prove_credentials(client, names["organization"])]
        return {address(PATH, names): Missing(), address(PATH + "/robots", names): {"robots": []}}
    if not view["is_admin"] or organization.removes:
        return {address(PATH, names): view}
    lists = _Lists(organization, wanted, names, view)
    grants, asked = lists.grants, lists.asked()
    of_repositories, *told = yield [lists.repositories_and_proof, *asked.values(), *grants.team_readings()]
    lists.told.update(of_repositories, **dict(zip(asked, told)))
    grants.learn_teams(told[len(asked) :])
    grants.learn_people(lists.repositories, lists.told)
    while asking := grants.user_readings():
        grants.learn_users((yield asking))
    return lists.answers()


class _Lists:
    """Which lists of one organization are needed, and what they told."""

    def __init__(self, organization: Item, wanted: Wanted, names: State, view: State) -> None:
        self._organization, self._wanted, self._names, self._view = organization, wanted, names, view
        self.grants = GrantLists(names, view, organization.inner("repositories"), wanted)
        self.members = MemberLists(names, view, organization.inner("teams"), wanted)
        self.told: State = {}

    @property
    def repositories(self) -> dict[str, State]:
        return {entry["name"]: entry for entry in self.told.get("repositories", ())}

    def asked(self) -> dict[str, Reading]:
        """Lists of people, which a dead token is refused, and what may have to be known of the server."""
        asked: dict[str, Reading] = {}
        if self.members.needed or self.grants.needs_people:
            asked["members"] = reading(PATH + "/members", self._names, view=listed("members"))
        if self.grants.needs_people:
            asked["collaborators"] = reading(PATH + "/collaborators", self._names, view=listed("collaborators"))
        if self.members.needs_config:
            asked["config"] = lambda client: client.config()
        return asked

    def repositories_and_proof(self, client: QuayClient) -> State:
        """One thread reads all pages of repositories, and then at least one list that a dead token is refused."""
        told: State = {}
        if self._organization.inner("repositories") or self._wanted.all_of("repositories"):
            # last_modified costs nothing, and tells whether a repository has tags.
            query = {"namespace": self._names["organization"], "last_modified": "true"}
            told["repositories"] = list(client.pages("/repository", {}, "repositories", query, RepositoryView))
        with_permissions = self.members.needed or self.grants.needs_robots
        if with_permissions or self._organization.inner("robots") or self._wanted.all_of("robots"):
            details = {"permissions": with_permissions, "token": self._wanted.all_of("tokens")}
            query = {name: str(value).lower() for name, value in details.items()}
            # Quay joins each robot's repositories with its teams, which takes long where it has many of both.
            patience = 6.0 if with_permissions else 1.0
            listed = client.get(PATH + "/robots", self._names, query, (), patience, RobotsView)["robots"]
            # The list matches by LIKE, so that a_b lists robots of axb, too.
            own = [robot for robot in listed if robot["name"].startswith(self._names["organization"] + "+")]
            told["robots"] = {"robots": own}
        if self._needs_prototypes({entry["name"] for entry in told.get("repositories", ())}) or "robots" not in told:
            told["prototypes"] = client.get(PATH + "/prototypes", self._names, missing=(), view=PrototypesView)
        return told

    def _needs_prototypes(self, present: set[str]) -> bool:
        born = any(one.params["perms"] is not None and one.repository not in present for one in self.grants.declared)
        return born or bool(self._organization.inner("default_perms")) or self._wanted.all_of("default_perms")

    def answers(self) -> Answers:
        answers: Answers = {address(PATH, self._names): self._view, **self.grants.answers()}
        if "repositories" in self.told:
            namespace = self._names["organization"]
            answers.update(repository_answers(namespace, self.repositories, self.grants.declared))
        if "robots" in self.told:
            robots = self.told["robots"]["robots"]
            answers.update(robot_answers(self._names, robots, self._organization.inner("robots"), self._wanted))
        if self.members.needed:
            answers.update(self.members.answers(self.told))
        if "config" in self.told:
            answers["/config"] = self.told["config"]
        if "prototypes" in self.told:
            answers[address(PATH + "/prototypes", self._names)] = self.told["prototypes"]
        return answers
