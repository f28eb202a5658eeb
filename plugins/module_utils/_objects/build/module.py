# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the operation of quay_build: attach to a build or start it, and wait for it."""

from __future__ import annotations

import typing as t

from ..._client.client import Names
from ..._engine.action import Action, act, poll
from ..._engine.operation import Context, Operation, Params
from ..._engine.reconcile import expected
from ..._engine.resource import State, Step
from ..._errors import BadInput, ParentMissing, QuayError
from .build import ENDED, FAILED, current, predicted, request_of, same, shown
from .cancel import cancel
from .log import end_of_log, read_log
from .read import place, read_build, read_builds
from .rules import check
from .start import plan_start, start

# Seconds between two looks at the build, at most.
LONGEST_PAUSE = 60.0
# A trigger brings these itself.
OF_ARCHIVES = ("archive_url", "dockerfile_path", "subdirectory", "context", "docker_tags", "pull_robot")


def converge(context: Context) -> Params:
    """Bring the build to its declared state. Raises QuayError."""
    params = context.params
    check(params)
    if params["id"] is not None and params["state"] != "cancelled":
        raise BadInput("id", params["id"], "set state to cancelled; a build that exists cannot be started")
    names = place(context.client, params)
    if params["state"] == "cancelled":
        return cancel(context, names)
    found, result = _attach_or_start(context, names)
    if params["wait"] or params["state"] == "complete":
        found = {**found, "phase": "complete"} if context.check_mode else _wait(context, names, found, result)
    return {**result, **_returned(context, names, found)}


def _attach_or_start(context: Context, names: Names) -> tuple[State, Params]:
    """The build, and a result that says whether it is a new one."""
    params, client = context.params, context.client
    found, declared = None, _declared(params)
    title = f"build of repository {names['repository']}"
    try:
        builds = read_builds(client, names)
        found = None if params["force"] else current([one for one in builds if same(one, params)])
        step = None if found else plan_start(client, names, params)
    except ParentMissing as missing:
        if not context.check_mode:
            raise
        context.warn(expected(missing))
    if found:
        diff = {"before_header": title, "after_header": title, "before": declared, "after": declared}
        return found, {"changed": False, **({"diff": diff} if context.diff else {})}

    def send() -> Params:
        return {"build": start(client, names, params, t.cast(Step, step), {one["id"] for one in builds})}

    result = act(context, Action(title, {}, declared, send, {"build": predicted(params)}))
    return result.pop("build"), result


def _declared(params: State) -> State:
    given = {name: params[name] for name in ("trigger", "branch_name", "commit_sha") if params[name]}
    return given or request_of(params)


def _wait(context: Context, names: Names, build: State, result: Params) -> State:
    """The complete build; looks less and less often. Raises QuayError where it fails or takes too long."""
    limit, pause = context.params["wait_timeout"], context.params["wait_interval"]
    title = f"Build {build['id']} of repository {names['repository']}"

    def look() -> State:
        return read_build(context.client, names, build["id"])

    build = poll(look, build, lambda one: one["phase"] in ENDED, limit, pause, LONGEST_PAUSE)
    if build["phase"] not in ENDED:
        late = f"{title} is in phase {build['phase']} after {limit:g} seconds (wait_timeout) and continues."
        raise QuayError(late, {**result, **_returned(context, names, build)})
    if build["phase"] in FAILED:
        cause = f": {build['error']}" if build["error"] else ""
        sentence = f"{title} ended in phase {build['phase']}{cause}."
        sentence += end_of_log(context.client, names, build["id"])
        raise QuayError(sentence, {**result, **_returned(context, names, build)})
    return build


def _returned(context: Context, names: Names, build: State) -> Params:
    found: Params = {"build": {"repository": names["repository"], **shown(build)}}
    if context.params["logs"]:
        # Of a build that check mode only foretells there is none.
        found["logs"] = read_log(context.client, names, build["id"], context.warn) if build["id"] else None
    return found


BUILD = Operation(
    {
        "repository": {"type": "str", "required": True},
        "id": {"type": "str"},
        **{name: {"type": "str"} for name in ("archive_url", "dockerfile_path", "subdirectory", "context")},
        "docker_tags": {"type": "list", "elements": "str"},
        **{name: {"type": "str"} for name in ("pull_robot", "trigger", "branch_name", "commit_sha")},
        "state": {"type": "str", "choices": ["present", "complete", "cancelled"], "default": "present"},
        **{name: {"type": "bool", "default": False} for name in ("force", "wait", "logs")},
        "wait_timeout": {"type": "float", "default": 1800.0},
        "wait_interval": {"type": "float", "default": 2.0},
    },
    converge,
    {
        "required_one_of": [("archive_url", "trigger", "id")],
        "mutually_exclusive": [
            ("dockerfile_path", "subdirectory"),
            ("branch_name", "commit_sha"),
            *(("trigger", name) for name in OF_ARCHIVES),
            *(("id", name) for name in (*OF_ARCHIVES, "trigger")),
        ],
        "required_by": {"branch_name": ["trigger"], "commit_sha": ["trigger"]},
    },
)
