# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting a build, and how it goes on: on request, or by itself with the setting ``build_phases``.

``{"waiting": 1, "building": {"seconds": 2, "log": ["line"]}, "error": {"error": "text"}}``: the phases in order
and how long each lasts; without a last one of ``ENDS`` the build becomes complete.
"""

from __future__ import annotations

import re
import time

from ..endpoints import auth
from ..endpoints.actions import log_action, log_event
from ..endpoints.errors import MessageError, not_found, unauthorized
from .models import Build, Namespace, Repository

ENDS = ("complete", "error", "internalerror", "cancelled", "expired")
PHASES = (
    "waiting",
    "build-scheduled",
    "unpacking",
    "pulling",
    "building",
    "pushing",
    "cannot_load",
    *ENDS,
)
# What a build manager can still stop.
STOPPABLE = PHASES[: PHASES.index("pushing")]
STATES = {"READ_ONLY": 1, "MIRROR": 2}


def need_normal(namespace: str, name: str) -> None:
    """Builds and triggers of a mirror or a read-only repository can't be changed."""
    repo = auth.store().repository(namespace, name)
    if repo is not None and repo.state in STATES:
        raise MessageError(f"Repository is in read only or mirror mode: {STATES[repo.state]}", 503)
    if auth.user().name == namespace and auth.restricted():
        raise MessageError("Restricted users may not do this in their own namespace", 403)


def clean_tag(tag: str) -> str:
    tag = re.sub(r"[^\w.-]", "_", tag)[:127]
    return re.sub(r"^[.-]", "_", tag) or "latest"


def own_robot(name: str | None) -> Namespace | None:
    """The puller of a build: of any namespace that the caller manages."""
    if not name:
        return None
    if "+" not in name:
        raise unauthorized()
    robot = auth.store().get(name, "robot")
    if robot is None:
        raise not_found()
    if not auth.org_admin(robot.owner.name):
        raise unauthorized()
    return robot


def queue(build: Build) -> None:
    store, repo = auth.store(), build.repository
    most = store.settings["DEFAULT_NAMESPACE_MAXIMUM_BUILD_COUNT"]
    alive = [
        one for one in store.builds.values() if one.repository.namespace is repo.namespace and one.phase not in ENDS
    ]
    if most is not None and len(alive) >= most:
        raise MessageError("Maximum queued build rate exceeded.", 429)
    store.builds[build.id] = build
    metadata = {
        "build_id": build.id,
        "docker_tags": build.tags,
        "repo": repo.name,
        "namespace": repo.namespace.name,
        "is_manual": True,
        "manual_user": build.manual_user.name,
    }
    if build.trigger is None:
        log_event("build_dockerfile", repo.namespace, metadata, repo)
        return
    metadata.update(trigger_id=build.trigger.id, trigger_kind=build.trigger.service)
    metadata.update(trigger_metadata=build.trigger_metadata, trigger_manual=True)
    log_event("build_dockerfile", repo.namespace, metadata, repo, build.manual_user)


def cancel(build: Build) -> bool:
    """Only a build manager can stop what runs, and the recorded server had none."""
    managed = auth.store().settings["build_phases"] is not None
    if build.phase not in (STOPPABLE if managed else ("waiting",)):
        return False
    enter(build, "cancelled", time.time())
    log_action("cancel_build", build.repository.namespace, {"build_uuid": build.id}, build.repository)
    return True


def enter(build: Build, phase: str, moment: float, error: str | None = None, log: list = ()) -> None:
    if phase not in PHASES:
        raise ValueError(f"phase must be one of {', '.join(PHASES)}")
    build.phase, build.phase_since = phase, moment
    build.error = error if error is not None else build.error
    build.log += [line if isinstance(line, dict) else {"message": line} for line in log]


def advance() -> None:
    """Bring all builds to where they are by now."""
    plan = auth.store().settings["build_phases"]
    if plan is None:
        return
    steps = [(phase, step if isinstance(step, dict) else {"seconds": step}) for phase, step in plan.items()]
    if steps[-1][0] not in ENDS:
        steps.append(("complete", {}))
    names = [phase for phase, _dummy in steps]
    for build in auth.store().builds.values():
        while build.phase in names[:-1] or (build.phase == "waiting" and names[0] != "waiting"):
            here = names.index(build.phase) if build.phase in names else -1
            until = build.phase_since + (steps[here][1].get("seconds", 0) if here >= 0 else 0)
            if until > time.time():
                break
            phase, step = steps[here + 1]
            enter(build, phase, until, step.get("error"), step.get("log", ()))


def builds_of(repo: Repository | None) -> list[Build]:
    """The newest first."""
    return [one for one in reversed(auth.store().builds.values()) if one.repository is repo]
