# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what a build needs before it can start, and the request that starts it."""

from __future__ import annotations

import typing as t

from ..._client.capabilities import require
from ..._client.client import Names, QuayClient, address
from ..._engine.resource import State, Step
from ..._errors import (
    AnswerLost,
    Forbidden,
    ParentMissing,
    QuayError,
    Refused,
)
from ..repository.read import find_repository
from ..robot import place as robot_place
from .build import request_of, same
from .read import (
    BUILDS,
    TRIGGERS,
    need_trigger,
    read_builds,
)

PLAIN_GIT = "custom-git"
# A server that is late may start a build after the look, and nothing takes back a second one.
SENT = 2


def plan_start(client: QuayClient, names: Names, params: State) -> Step:
    """The request that starts the build, after every look that could tell why it cannot start.

    Raises ParentMissing where the repository or the robot is not there yet.
    """
    purpose = f"start a build of repository {names['repository']}"
    require(client, "builds")
    repository = find_repository(client, names)
    if repository["state"] != "NORMAL":
        kind = "a mirror" if repository["state"] == "MIRROR" else "read-only"
        raise QuayError(f"Could not {purpose}: the repository is {kind}.")
    if not repository["can_write"]:
        raise Forbidden(
            f"No rights to {purpose}: this requires write access and a token with the scope repo:write.", 403, ""
        )
    if params["trigger"]:
        return _by_trigger(client, names, params, purpose)
    if params["pull_robot"]:
        check_robot(client, params["pull_robot"])
    return Step("POST", address(BUILDS, names), request_of(params), purpose)


def _by_trigger(client: QuayClient, names: Names, params: State, purpose: str) -> Step:
    trigger = need_trigger(client, names, params["trigger"])
    title = f"build trigger {trigger['id']}"
    if not trigger["is_active"] or not trigger["enabled"]:
        cure = "switched off" if trigger["is_active"] else "not active yet"
        raise QuayError(f"Could not {purpose}: {title} is {cure} (see quay_build_trigger).")
    if (trigger["service"] == PLAIN_GIT) != bool(params["commit_sha"]):
        needs = "commit_sha" if trigger["service"] == PLAIN_GIT else "branch_name or nothing, not commit_sha"
        raise QuayError(f"Could not {purpose}: {title} is of type {trigger['service']} and takes {needs}.")
    body = {name: params[name] for name in ("branch_name", "commit_sha") if params[name]}
    return Step("POST", address(TRIGGERS + "{trigger}/start", {**names, "trigger": trigger["id"]}), body, purpose)


def check_robot(client: QuayClient, name: str) -> None:
    """Quay lets only those pull with a robot who manage its namespace.

    Raises Forbidden, and ParentMissing without the robot.
    """
    try:
        _facts, robot = robot_place.find(client, robot_place.locate(client, {"name": name}), "present")
    except Forbidden as error:
        why = "only administrators of its namespace can start builds that pull with it, with the scope org:admin"
        raise Forbidden(f"No rights to robot account {name}: {why}.", 403, error.said) from error
    if robot is None:
        raise ParentMissing(f"Robot account {name} does not exist.")


def start(
    client: QuayClient, names: Names, params: State, step: Step, known: t.Container[str], attempts: int = SENT
) -> State:
    """The new build; where the answer was lost, the one that came of it. ``known``: ids of the builds before.

    Raises AnswerLost if none came of ``attempts`` requests, and QuayError.
    """
    try:
        return _send(client, names, step)
    except AnswerLost:
        born = [one for one in read_builds(client, names) if one["id"] not in known and same(one, params)]
        if born:
            return born[0]
        if attempts == 1:
            raise
    return start(client, names, params, step, known, attempts - 1)


def _send(client: QuayClient, names: Names, step: Step) -> State:
    try:
        return t.cast("State", client.write(step.method, step.path, step.body, step.purpose))
    except Refused as error:
        if error.status != 429:
            raise
        full = f"namespace {names['namespace']} has reached the server's limit of waiting and running builds"
        raise Refused(f"Could not {step.purpose}: {full}.", 429, error.said) from error
