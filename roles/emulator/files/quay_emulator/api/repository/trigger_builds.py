# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a build trigger started, and starting it by hand."""

from __future__ import annotations

import hashlib
import re

from ...data.building import advance, clean_tag, need_normal, queue
from ...data.models import Build, Trigger
from ...endpoints import auth
from ...endpoints.errors import CrashError, invalid
from ...endpoints.routing import Area
from ...endpoints.schema import body, named, object_of, text
from .builds import listing, started
from .triggers import ONE, active, find

area = Area()
START = named(
    "RunParameters",
    {
        **object_of(
            branch_name=text(),
            commit_sha=text(),
            refs={"type": ["object", "null"], "properties": {"kind": text(enum=["branch", "tag"]), "name": text()}},
        ),
        "additionalProperties": False,
    },
)
SHA = "^([A-Fa-f0-9]{7,})$"


@area.route("GET", f"{ONE}/builds")
def list_trigger_builds(namespace: str, name: str, trigger_uuid: str):
    """Of a missing trigger: none."""
    auth.need_repo(namespace, name, "admin", read=True)
    trigger = auth.store().triggers.get(trigger_uuid)
    found = [one for one in reversed(auth.store().builds.values()) if trigger and one.trigger is trigger]
    return listing(found)


def wanted(trigger: Trigger, data: dict) -> tuple[str, str | None]:
    """Commit and branch or tag: a plain Git trigger takes nothing but the commit; of others no branch moves on."""
    if trigger.service == "custom-git":
        if not data.get("commit_sha"):
            raise invalid("missing required parameter")
        if not {"build_source", "dockerfile_path", "context"} <= trigger.config.keys():
            raise CrashError()
        if not re.match(SHA, data["commit_sha"]):
            raise invalid(f"{data['commit_sha']!r} does not match {SHA!r}")
        return data["commit_sha"], None
    refs = data.get("refs") or {}
    kind, name = ("heads", data["branch_name"]) if data.get("branch_name") else ("heads", refs.get("name", "main"))
    if refs.get("kind") == "tag":
        kind = "tags"
    ref = f"refs/{kind}/{name}"
    head = hashlib.sha1(f"{trigger.config.get('build_source')} {ref}".encode()).hexdigest()
    return data.get("commit_sha") or head, ref


def tags(trigger: Trigger, commit: str, ref: str | None) -> list[str]:
    """Templates that need what the commit does not tell are left out."""
    found = [tag for tag in trigger.config.get("tag_templates", []) if "${" not in tag]
    if ref is not None and trigger.config.get("default_tag_from_ref", True):
        found.append(ref.split("/", 2)[2])
    return [clean_tag(tag) for tag in found] or [commit[:7]]


@area.route("POST", f"{ONE}/start", takes=START)
def start(namespace: str, name: str, trigger_uuid: str):
    auth.need_repo(namespace, name, "admin")
    need_normal(namespace, name)
    data = body(START)
    trigger = find(trigger_uuid)
    if not trigger.enabled:
        raise invalid("Trigger is not enabled.")
    if not active(trigger):
        raise invalid("Trigger is not active.")
    commit, ref = wanted(trigger, data)
    config = trigger.config
    metadata = {"commit": commit, "git_url": config.get("build_source")}
    if ref is not None:
        metadata.update(ref=ref, default_branch="main")
    advance()
    build = Build(
        trigger.repository,
        commit[:7],
        config.get("dockerfile_path", "/Dockerfile"),
        config.get("context", "/"),
        tags(trigger, commit, ref),
        auth.need_user(),
        pull_robot=trigger.pull_robot,
        trigger=trigger,
        trigger_metadata=metadata,
    )
    queue(build)
    return started(build)
