# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switches of builds and build triggers."""

from __future__ import annotations

import time

from flask import request

from .. import SUPERUSER
from ..data import building
from ..data.models import Repository, Trigger


def repository(emulator, path: str) -> Repository:
    namespace, _dummy, name = path.partition("/")
    found = emulator.store.repository(namespace, name)
    if found is None:
        raise ValueError(f"no repository {path}")
    return found


def builds(emulator):
    """Change a build, by its id or the newest one of a repository."""
    body, store = request.get_json(), emulator.store
    if "id" in body:
        build = store.builds.get(body["id"])
    else:
        repo = repository(emulator, body["repository"])
        build = next((one for one in reversed(store.builds.values()) if one.repository is repo), None)
    if build is None:
        raise ValueError("no such build")
    phase = body.get("phase", build.phase)
    since = build.phase_since if phase == build.phase else time.time()
    building.enter(build, phase, since, body.get("error"), body.get("log", []))
    build.archived = body.get("archived", build.archived)
    return {"id": build.id, "phase": build.phase, "error": build.error, "lines": len(build.log)}


def triggers(emulator):
    """A trigger, which the API itself can't make; with a config it is active at once."""
    body, store = request.get_json(), emulator.store
    trigger = Trigger(repository(emulator, body["repository"]), store.user(body.get("username", SUPERUSER)))
    trigger.id = body.get("id", trigger.id)
    trigger.service = body.get("service", trigger.service)
    if "config" in body:
        trigger.config = {**body["config"], "credentials": body["config"].get("credentials", [])}
    if body.get("pull_robot"):
        trigger.pull_robot = store.get(body["pull_robot"], "robot")
    trigger.enabled = body.get("enabled", trigger.enabled)
    trigger.disabled_reason = body.get("disabled_reason")
    if trigger.connected_user is None or (body.get("pull_robot") and trigger.pull_robot is None):
        raise ValueError("no such user or robot")
    store.triggers[trigger.id] = trigger
    return {"id": trigger.id}


SWITCHES = [("POST", "builds", builds), ("POST", "triggers", triggers)]
