# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what the lists of an organization tell, as the answers of single reads. Pure."""

from __future__ import annotations

import typing as t

from ..._client.client import address
from ..._document.bulk_reads import Answers, Missing, Wanted
from ..._document.item import Item
from ..._engine.resource import State
from ..repository.read import REPOSITORIES, REPOSITORY_PATH
from ..robot.place import MISSING_ROBOT

PATH = "/organization/{organization}"
ROBOT = PATH + "/robots/{short}"


class Declared(t.NamedTuple):
    """What a document says of one repository."""

    repository: str
    params: State
    exclusive: bool

    def grantees(self, kind: str) -> set[str]:
        """The names of those who get a grant; ``kind``: user or team."""
        return {grant["name"] for grant in self.params["perms"] or () if grant["type"] == kind}


def declared(item: Item, prefix: int) -> Declared:
    """What an item says of its repository; ``prefix``: how long the namespace and its separator are."""
    has_perms = item.params["perms"] is not None
    return Declared(item.params["name"][prefix:], item.params, has_perms and not item.work.wish.append)


def repository_answers(namespace: str, present: t.Mapping[str, State], repositories: t.Iterable[Declared]) -> Answers:
    """What the list of repositories and the GET of each would answer. Raises as ``address``."""
    names = {*present, *(item.repository for item in repositories)}
    views = {name: {**present[name], "can_admin": True} if name in present else Missing() for name in names}
    answers: Answers = {
        address(REPOSITORY_PATH, {"namespace": namespace, "repository": name}): view for name, view in views.items()
    }
    return {address(REPOSITORIES, {"organization": namespace}): sorted(present), **answers}


def robot_answers(names: State, listed: list[State], declared: list[Item], wanted: Wanted) -> Answers:
    """All but metadata, which only a robot's own GET has. Raises as ``address``."""
    prefix = names["organization"] + "+"
    robots = {robot["name"][len(prefix) :]: robot for robot in listed}
    with_metadata = {item.params["name"] for item in declared if item.params["unstructured_metadata"] is not None}
    answers: Answers = {address(PATH + "/robots", names): {"robots": list(robots.values())}}
    for short in {*robots, *(item.params["name"][len(prefix) :] for item in declared)}:
        if short not in robots:
            answers[address(ROBOT, {**names, "short": short})] = Missing(f"{MISSING_ROBOT} {short}", 400)
        elif prefix + short not in with_metadata and not wanted.all_of("unstructured_metadata"):
            answers[address(ROBOT, {**names, "short": short})] = robots[short]
    return answers
