# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: where a robot account lives, in an organization or with the caller."""

from __future__ import annotations

import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import OrganizationView, RobotView, UserView
from ..._engine.resource import State
from ..._errors import (
    Forbidden,
    ParentMissing,
    QuayError,
    Refused,
)

# Spares a look where Quay says so; in other words, the organization is looked at.
MISSING_ROBOT = "Could not find robot"
Robot = t.Optional[dict[str, t.Any]]


def locate(_client: QuayClient, params: State) -> Names:
    """The parts of the name, and the place that its form suggests."""
    namespace, _plus, short = params["name"].rpartition("+")
    place = f"organization/{namespace}" if namespace else "user"
    return {"name": params["name"], "namespace": namespace, "short": short, "place": place}


def find(client: QuayClient, names: Names, state: str) -> tuple[Names, Robot]:
    """Where it is, its full name, and the robot: the organization's, or the caller's own if there is no such one.

    Raises ParentMissing and QuayError.
    """
    exists, robot = False, None
    if names["namespace"] not in ("", client.auth.username):
        exists, robot = _of_organization(client, names)
    place = names["place"] if exists else "user"
    if not exists:
        robot = _of_caller(client, names)
    if robot is not None:
        return {"place": place, "name": robot["name"]}, robot
    # Only a robot that is going to be made needs the caller's name before any robot tells it.
    unnamed = not names["namespace"] and state == "present"
    return {"place": place, "name": f"{client.username()}+{names['short']}" if unnamed else names["name"]}, None


def _of_organization(client: QuayClient, names: Names) -> tuple[bool, Robot]:
    """Whether there is the organization, and its robot."""
    try:
        return True, client.get("/organization/{namespace}/robots/{short}", names, missing=(), view=RobotView)
    except Refused as error:
        # 400 means a missing robot or a missing organization; the latter is 403 to all but full-access superusers.
        if error.status not in (400, 403):
            raise
        refused = error
    if (
        refused.said.startswith(MISSING_ROBOT)
        or client.get("/organization/{namespace}", names, view=OrganizationView) is not None
    ):
        if refused.status == 403:
            raise refused
        return True, None
    return False, None


def _of_caller(client: QuayClient, names: Names) -> Robot:
    """The caller's own robot; ParentMissing where the namespace does not exist, QuayError where it is another's."""
    namespace = names["namespace"]
    is_own = namespace in ("", client.auth.username)
    robot: Robot = None
    try:
        robot = client.get("/user/robots/{short}", names, missing=(400,), view=RobotView)
    except Forbidden:
        if is_own:
            raise
    if is_own or (robot and robot["name"] == names["name"]):
        return robot
    user = client.get("/users/{namespace}", names, view=UserView)
    if user is None:
        raise ParentMissing(f"Organization {namespace} does not exist.")
    if not user.get("is_me"):
        reach = "only its own account can manage its robots, with the scope user:admin"
        raise QuayError(f"{namespace} is a personal namespace: {reach}.")
    return None
