# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: cancels builds that wait or run (quay data/model/build.py, cancel_repository_build)."""

from __future__ import annotations

from ..._client.client import Names, QuayClient, address
from ..._engine.action import Action, act
from ..._engine.operation import Context, Params
from ..._engine.resource import State
from ..._engine.settle import LOOKS
from ..._errors import (
    AnswerLost,
    Forbidden,
    ParentMissing,
    QuayError,
    Refused,
)
from .build import ENDED, UNSTOPPABLE, same, shown
from .read import BUILDS, read_build, read_builds


def cancel(context: Context, names: Names) -> Params:
    """Cancel every build that is the same and has not ended. Raises Forbidden and QuayError."""
    client = context.client
    try:
        builds = read_builds(client, names)
    except ParentMissing:
        builds = []
    going = [build for build in builds if build["phase"] not in ENDED]
    if any(not build["is_writer"] for build in going):
        needed = "it takes administration of the repository, and a token with scope repo:admin"
        raise Forbidden(f"No rights to cancel builds of repository {names['repository']}: {needed}.", 403, "")
    going = [build for build in going if same(build, context.params)]
    for build in going:
        if build["phase"] in UNSTOPPABLE:
            raise QuayError(f"Build {build['id']} is in phase {build['phase']}, in which Quay cannot cancel it.")
    newest = next((build for build in builds if same(build, context.params)), None)
    result = _shown(names, {**newest, "phase": "cancelled"} if newest in going else newest) if newest else {}
    if not going:
        return {"changed": False, **result}

    def send() -> Params:
        for build in going:
            _cancel_one(client, names, build)
        return result

    before = {build["id"]: build["phase"] for build in going}
    title = f"builds of repository {names['repository']}"
    return act(context, Action(title, before, dict.fromkeys(before, "cancelled"), send, result))


def _shown(names: Names, build: State) -> Params:
    return {"build": {"repository": names["repository"], **shown(build)}}


def _cancel_one(client: QuayClient, names: Names, build: State, attempts: int = LOOKS) -> None:
    path = address(BUILDS + "{build_id}", {**names, "build_id": build["id"]})
    purpose = f"cancel build {build['id']} of repository {names['repository']}"
    try:
        client.write("DELETE", path, None, purpose)
    except Forbidden:
        raise
    except (AnswerLost, Refused) as error:
        # It may have ended in the meantime, by itself or by what this request did.
        if read_build(client, names, build["id"])["phase"] in ENDED:
            return
        if isinstance(error, Refused) or attempts == 1:
            raise
        _cancel_one(client, names, build, attempts - 1)
