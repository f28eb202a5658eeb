# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build triggers as such; what they start is in trigger_builds.py."""

from __future__ import annotations

from flask import request

from ...data.building import need_normal
from ...data.models import Namespace, Trigger
from ...data.store import random_text
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import invalid, not_found, unauthorized
from ...endpoints.routing import Area
from ...endpoints.schema import body, named, object_of, text

area = Area()
PATH = "/repository/<repository:repository>/trigger/"
ONE = f"{PATH}<trigger_uuid>"
UPDATE = named("UpdateTrigger", object_of(["enabled"], enabled={"type": "boolean"}))
ACTIVATE = named("BuildTriggerActivateRequest", object_of(["config"], config={"type": "object"}, pull_robot=text()))


def active(trigger: Trigger) -> bool:
    return "credentials" in trigger.config


def view(trigger: Trigger, admin: bool) -> dict:
    found = {
        "id": trigger.id,
        "service": trigger.service,
        "is_active": active(trigger),
        "build_source": trigger.config.get("build_source") if admin else None,
        "repository_url": None,
        "config": trigger.config if admin else {},
        "can_invoke": admin,
        "enabled": trigger.enabled,
        "disabled_reason": trigger.disabled_reason,
    }
    if admin and trigger.pull_robot is not None:
        found["pull_robot"] = {"name": trigger.pull_robot.name, "kind": "user", "is_robot": True}
    return found


def for_build(trigger: Trigger | None) -> dict | None:
    if trigger is None:
        return None
    repo = trigger.repository
    found = view(trigger, auth.may_repo(repo.namespace.name, repo.name, "admin"))
    found.pop("pull_robot", None)
    return found


def find(trigger_uuid: str) -> Trigger:
    """Whatever repository the path names."""
    found = auth.store().triggers.get(trigger_uuid)
    if found is None:
        raise not_found()
    return found


def log(kind: str, namespace: str, name: str, trigger: Trigger, more: dict | None = None) -> None:
    metadata = {"repo": name, "trigger_id": trigger.id, "service": trigger.service, **(more or {})}
    log_action(kind, namespace, metadata, auth.store().repository(namespace, name))


@area.route("GET", PATH)
def list_triggers(namespace: str, name: str):
    auth.need_repo(namespace, name, "admin", read=True)
    admin, repo = auth.may_repo(namespace, name, "admin"), auth.store().repository(namespace, name)
    found = [one for one in auth.store().triggers.values() if one.repository is repo]
    return {"triggers": [view(one, admin) for one in found]}


@area.route("GET", ONE)
def get(namespace: str, name: str, trigger_uuid: str):
    auth.need_repo(namespace, name, "admin", read=True)
    return view(find(trigger_uuid), auth.may_repo(namespace, name, "admin"))


@area.route("PUT", ONE, takes=UPDATE)
def update(namespace: str, name: str, trigger_uuid: str):
    """The answer hides what only administrators see."""
    auth.need_repo(namespace, name, "admin")
    need_normal(namespace, name)
    data = body(UPDATE)
    trigger = find(trigger_uuid)
    if not active(trigger):
        raise invalid("Cannot update an unactivated trigger")
    trigger.enabled, trigger.disabled_reason = data["enabled"], "user_toggled"
    log("toggle_repo_trigger", namespace, name, trigger, {"enabled": data["enabled"]})
    return view(trigger, admin=False)


@area.route("DELETE", ONE)
def delete(namespace: str, name: str, trigger_uuid: str):
    """Its builds stay, without it."""
    auth.need_repo(namespace, name, "admin")
    need_normal(namespace, name)
    trigger = find(trigger_uuid)
    for build in auth.store().builds.values():
        if build.trigger is trigger:
            build.trigger = None
    del auth.store().triggers[trigger_uuid]
    if active(trigger):
        log("delete_repo_trigger", namespace, name, trigger)
    return "", 204


def robot_of(namespace: str, name: str | None) -> Namespace | None:
    robot = auth.store().get(name, "robot") if name else None
    if name and robot is None:
        raise not_found()
    if robot is not None and robot.owner.name != namespace:
        raise unauthorized()
    return robot


def credentials(trigger: Trigger) -> list[dict]:
    """Look like those of the real server and open nothing."""
    hook = f"http://$token:{random_text(64)}@{request.host}/webhooks/push/trigger/{trigger.id}"
    return [
        {"name": "SSH Public Key", "value": f"ssh-rsa {random_text(372)}"},
        {"name": "Webhook Endpoint URL", "value": hook},
    ]


@area.route("POST", f"{ONE}/activate", takes=ACTIVATE)
def activate(namespace: str, name: str, trigger_uuid: str):
    """Any config will do; one that lacks something stumbles when it is to start a build."""
    auth.need_repo(namespace, name, "admin")
    need_normal(namespace, name)
    data = body(ACTIVATE)
    trigger = find(trigger_uuid)
    if active(trigger):
        raise invalid("Trigger config is not sufficient for activation.")
    if auth.user_role(trigger.connected_user.name) != "admin" and not auth.full_access():
        raise unauthorized()
    trigger.pull_robot = robot_of(namespace, data.get("pull_robot"))
    trigger.config = {**data["config"], "credentials": credentials(trigger)}
    robot = trigger.pull_robot.name if trigger.pull_robot else None
    log(
        "setup_repo_trigger",
        namespace,
        name,
        trigger,
        {"namespace": namespace, "pull_robot": robot, "config": trigger.config},
    )
    return view(trigger, admin=True)


@area.route("POST", f"{ONE}/analyze", internal=True)
def analyze(namespace: str, name: str, trigger_uuid: str):
    """Nothing is behind a trigger that could be analyzed."""
    auth.need_repo(namespace, name, "admin")
    body(object_of(["config"], config={"type": "object"}))
    find(trigger_uuid)
    return {"status": "notimplemented"}
