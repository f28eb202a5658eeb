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
    CredentialsRefused,
    Forbidden,
    ParentMissing,
    QuayError,
    Refused,
)
from ..repository.read import find_repository, refuse_state
from ..shared import has_full_access, is_superuser
from .build import ENDED, UNSTOPPABLE, same, shown
from .read import BUILDS, read_build, read_builds


def cancel(context: Context, names: Names) -> Params:
    """Cancel the build with the id, or every one that is the same, unless it has ended. Raises Forbidden, QuayError."""
    client, build_id = context.client, context.params["id"]
    builds = [read_build(client, names, build_id)] if build_id else _same_builds(context, names)
    going = [build for build in builds if build["phase"] not in ENDED]
    for build in going:
        if build["phase"] in UNSTOPPABLE:
            raise QuayError(f"Build {build['id']} is in phase {build['phase']}, in which Quay cannot cancel it.")
    if going:
        _check_rights(client, names)
    newest = builds[0] if builds else None
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


def _same_builds(context: Context, names: Names) -> list[State]:
    """The newest first. Raises Forbidden where Quay hides what builds are of."""
    try:
        builds = read_builds(context.client, names)
    except ParentMissing:
        return []
    if any(not build["is_writer"] and build["phase"] not in ENDED for build in builds):
        raise _forbidden(names)
    return [build for build in builds if same(build, context.params)]


def _check_rights(client: QuayClient, names: Names) -> None:
    """Raise QuayError if Quay cancels no builds of this repository, Forbidden if not for this account."""
    repository = find_repository(client, names)
    refuse_state(repository["state"], f"cancel builds of {names['repository']}")
    if repository["can_admin"]:
        return
    # Up to 3.15 Quay does not count the rights of superusers here.
    if has_full_access(client):
        try:
            if is_superuser(client):
                return
        except CredentialsRefused:
            # A token without user:read does not tell whose it is, so Quay's answer to the change decides.
            return
    raise _forbidden(names)


def _forbidden(names: Names) -> Forbidden:
    needed = "it takes administration of the repository, and a token with scope repo:admin"
    return Forbidden(f"No rights to cancel builds of repository {names['repository']}: {needed}.", 403, "")


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
