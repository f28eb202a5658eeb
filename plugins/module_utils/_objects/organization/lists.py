# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads an organization by whole lists, and answers single reads from them.

What the lists tell is exact, also directly after a write. They come before a wave that refuses (robots and prototypes):
a dead token or an ended session gets a shorter list of repositories with 200, which must never pass for the registry.
"""

from __future__ import annotations

import typing as t

from ..._client.client import QuayClient, address
from ..._client.views import HolderView, Named, OrganizationView, PrototypesView, RepositoryView, RobotView, listed
from ..._document.bulk_reads import (
    Answers,
    Asking,
    Gathering,
    Missing,
    Reading,
    Wanted,
    reading,
    together,
)
from ..._document.item import Item
from ..._engine.resource import State
from ..._errors import Forbidden
from ..repository.grants_lists import GrantNeeds, answers_of_grants, grants_of_teams, grants_of_users
from ..repository.read import REPOSITORIES
from ..shared import prove_credentials
from ..team.lists import MemberLists
from .answers import (
    PATH,
    repository_answers,
    robot_answers,
)


class _Holder(t.TypedDict):
    teams: list[Named]
    repositories: list[str]


class MemberView(Named, _Holder):
    """A member of an organization (quay endpoints/api/organization.py)."""


class RobotHolderView(RobotView, _Holder):
    """A robot with ``permissions=true`` (quay endpoints/api/robot_models_interface.py, RobotWithPermissions)."""


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
        return {address(PATH, names): view, address(REPOSITORIES, names): _partial(names["organization"])}
    needs = GrantNeeds(names, view, organization.inner("repositories"), wanted)
    lists = _Lists(organization, wanted, names, view, needs)
    told, of_teams = yield from together(lists.asking(), grants_of_teams(needs))
    present = {entry["name"]: entry for entry in told.get("repositories", ())}
    of_users = yield from grants_of_users(needs, present, told)
    grants = answers_of_grants(needs, present, {"team": of_teams, "user": of_users})
    return {**grants, **lists.answers(told, present)}


def _partial(organization: str) -> Forbidden:
    """Quay lists what the account may see, with 200: without rights on all, that proves nothing."""
    cause = "the account does not administer the organization, so Quay may not show all of them"
    return Forbidden(f"Could not list the repositories of {organization}: {cause}.", 403, "")


class _Lists:
    """Which lists of one organization are needed, and what they answer."""

    def __init__(self, organization: Item, wanted: Wanted, names: State, view: State, grants: GrantNeeds) -> None:
        self._organization, self._wanted, self._names, self._view = organization, wanted, names, view
        self._grants = grants
        self._members = MemberLists(names, view, organization.inner("teams"), wanted)

    def asking(self) -> Asking[State]:
        """All lists, in one wave, by name."""
        of_people = self._of_people()
        of_repositories, *told = yield [self._repositories_and_proof, *of_people.values()]
        return {**of_repositories, **dict(zip(of_people, told))}

    def _of_people(self) -> dict[str, Reading]:
        """Lists of people, which a dead token is refused, and what may have to be known of the server."""
        asked: dict[str, Reading] = {}
        if self._members.needed or self._grants.of_people:
            asked["members"] = self._people("members", MemberView)
        if self._grants.of_people:
            asked["collaborators"] = self._people("collaborators", HolderView)
        if self._members.needs_config:
            asked["config"] = lambda client: client.config()
        return asked

    def _people(self, kind: str, view: t.Any) -> Reading:
        return reading(f"{PATH}/{kind}", self._names, view=listed(kind, view))

    def _repositories_and_proof(self, client: QuayClient) -> State:
        """One thread reads all pages of repositories, and then at least one list that a dead token is refused."""
        told: State = {}
        if self._organization.inner("repositories") or self._wanted.all_of("repositories"):
            # last_modified costs nothing, and shows whether a repository has tags.
            query = {"namespace": self._names["organization"], "last_modified": "true"}
            told["repositories"] = list(client.pages("/repository", {}, "repositories", query, RepositoryView))
        with_permissions = self._members.needed or self._grants.of_robots
        if with_permissions or self._organization.inner("robots") or self._wanted.all_of("robots"):
            details = {"permissions": with_permissions, "token": self._wanted.all_of("tokens")}
            query = {name: str(value).lower() for name, value in details.items()}
            # Quay joins each robot's repositories with its teams, which takes long if it has many of both.
            patience = 6.0 if with_permissions else 1.0
            view = listed("robots", RobotHolderView if with_permissions else RobotView)
            robots = client.get(PATH + "/robots", self._names, query, (), patience, view)["robots"]
            # The list matches by LIKE, so that a_b lists robots of axb, too.
            own = [robot for robot in robots if robot["name"].startswith(self._names["organization"] + "+")]
            told["robots"] = {"robots": own}
        if self._needs_prototypes({entry["name"] for entry in told.get("repositories", ())}) or "robots" not in told:
            told["prototypes"] = client.get(PATH + "/prototypes", self._names, missing=(), view=PrototypesView)
        return told

    def _needs_prototypes(self, present: set[str]) -> bool:
        born = any(one.params["perms"] is not None and one.repository not in present for one in self._grants.declared)
        return born or bool(self._organization.inner("default_perms")) or self._wanted.all_of("default_perms")

    def answers(self, told: State, present: dict[str, State]) -> Answers:
        """What single reads would be answered; ``present``: the repositories by name."""
        answers: Answers = {address(PATH, self._names): self._view}
        if "repositories" in told:
            answers.update(repository_answers(self._names["organization"], present, self._grants.declared))
        if "robots" in told:
            robots = told["robots"]["robots"]
            answers.update(robot_answers(self._names, robots, self._organization.inner("robots"), self._wanted))
        if self._members.needed:
            answers.update(self._members.answers(told))
        if "config" in told:
            answers["/config"] = told["config"]
        if "prototypes" in told:
            answers[address(PATH + "/prototypes", self._names)] = told["prototypes"]
        return answers
