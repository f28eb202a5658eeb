# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: lists of builds and of build triggers."""

from __future__ import annotations

import dataclasses

from ..._engine.operation import Context, Params, inform
from ..._engine.resource import State
from ..._errors import BadInput, QuayError, ReadFailed
from ..repository.read import find_repository
from .build import shown
from .log import read_any_log, read_log
from .read import (
    ANY_BUILD,
    AnyBuildView,
    place,
    read_build,
    read_builds,
    read_triggers,
)
from .rules import check
from .trigger import public, without_secrets


def list_builds(context: Context) -> Params:
    """The newest builds, or the one with this id; raises ParentMissing without the repository."""
    params, client = context.params, context.client
    check(params)
    if params["limit"] < 1:
        raise BadInput("limit", params["limit"], "use 1 or more")
    if params["repository"] is None:
        return {"builds": [_any_build(context)]}
    names = place(client, params)
    builds = [read_build(client, names, params["id"])] if params["id"] else read_builds(client, names, params["limit"])
    if not builds:
        find_repository(client, names)
    found = [{"repository": names["repository"], **shown(build)} for build in builds]
    if params["logs"]:
        for build in found:
            build["logs"] = read_log(client, names, build["id"], context.warn)
    return {"builds": found}


def _any_build(context: Context) -> State:
    """The build with this id in any repository, as a superuser sees it. Raises QuayError."""
    client, build_id = context.client, context.params["id"]
    try:
        view = client.get(ANY_BUILD, {"build_id": build_id}, view=AnyBuildView)
    except ReadFailed as error:
        # quay endpoints/api/superuser_models_pre_oci.py, up to 3.16
        cause = "Quay before 3.17 cannot show builds without a trigger by their id alone. Specify repository."
        raise ReadFailed(f"{error} {cause}") from None
    if view is None:
        raise QuayError(f"There is no build {build_id}.")
    found = {"repository": "{namespace}/{name}".format(**view["repository"]), **shown(view)}
    if context.params["logs"]:
        found["logs"] = read_any_log(client, build_id, context.warn)
    return found


def list_triggers(context: Context) -> Params:
    """All triggers, also those that are not active yet; raises ParentMissing without the repository."""
    params, client = context.params, context.client
    check(params)
    names = place(client, params)
    triggers = read_triggers(client, names)
    if not triggers:
        find_repository(client, names)
    return {"triggers": [_trigger(names["repository"], trigger) for trigger in triggers]}


def _trigger(repository: str, trigger: State) -> State:
    copied = ("id", "service", "enabled", "disabled_reason", "build_source", "repository_url")
    return {
        "repository": repository,
        **without_secrets({key: trigger[key] for key in copied}),
        "active": trigger["is_active"],
        "config": without_secrets(public(trigger["config"])),
        "pull_robot": (trigger.get("pull_robot") or {}).get("name"),
    }


_BUILDS = inform(
    {
        "repository": {"type": "str"},
        "id": {"type": "str"},
        "limit": {"type": "int", "default": 20},
        "logs": {"type": "bool", "default": False},
    },
    list_builds,
    {"builds": []},
)
BUILD_INFO = dataclasses.replace(_BUILDS, constraints={"required_one_of": [("repository", "id")]})
TRIGGER_INFO = inform({"repository": {"type": "str", "required": True}}, list_triggers, {"triggers": []})
