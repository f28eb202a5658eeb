# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what a build is, and when two are the same (quay endpoints/api/build.py). Pure."""

from __future__ import annotations

import posixpath
import re
import typing as t

from ..._engine.resource import State
from ..._text.shown import public_address
from ..._text.times import iso, parsed

FAILED = ("error", "cancelled", "expired")
# All other phases pass: an internal error is tried again, and becomes "expired" with the last try.
ENDED = (*FAILED, "complete")
# Neither the queue nor a build manager stops a build there (quay data/model/build.py).
UNSTOPPABLE = ("pushing", "internalerror")


def clean_tag(tag: str) -> str:
    """The tag that Quay makes of it (quay util/names.py, escape_tag)."""
    return re.sub(r"[^\w.-]", "_", re.sub(r"^\W", "_", tag))[:127] or "latest"


def request_of(params: State) -> State:
    """The body that asks for a build from an archive; with a subdirectory Quay would ignore the context."""
    folder = params["subdirectory"] or params["context"] or "/"
    path = params["dockerfile_path"] or posixpath.join(folder, "Dockerfile")
    tags = dict.fromkeys(clean_tag(tag.strip()) for tag in params["docker_tags"] or ("latest",))
    body = {
        "archive_url": params["archive_url"],
        "dockerfile_path": path,
        "context": params["context"] or posixpath.dirname(path) or "/",
        "docker_tags": list(tags),
        "pull_robot": params["pull_robot"],
    }
    return {key: value for key, value in body.items() if value}


def same(build: State, params: State) -> bool:
    """Whether a build of Quay is what the task asks for, whatever has become of it."""
    if params["trigger"]:
        return _same_commit(build, params)
    known = {**shown(build), "archive_url": build.get("archive_url")}
    return build["trigger"] is None and _identity(known) == _identity(request_of(params))


def _identity(build: State) -> t.Any:
    places = [posixpath.normpath("/" + build[key].lstrip("/")) for key in ("dockerfile_path", "context")]
    return build["archive_url"], places, set(build["docker_tags"]), build.get("pull_robot")


def _same_commit(build: State, params: State) -> bool:
    trigger, built = build["trigger"] or {}, build["trigger_metadata"] or {}
    if params["trigger"] not in (trigger.get("id"), trigger.get("build_source")):
        return False
    if params["commit_sha"]:
        return str(built.get("commit", "")).lower().startswith(params["commit_sha"].lower())
    return built.get("ref") == f"refs/heads/{params['branch_name'] or built.get('default_branch') or 'master'}"


def current(builds: t.Sequence[State]) -> State | None:
    """The build to attach to, of the same ones with the newest first: one that goes on, or the newest if it is good."""
    going = [build for build in builds if build["phase"] not in ENDED]
    newest = [build for build in builds[:1] if build["phase"] == "complete"]
    return next(iter(going or newest), None)


def predicted(params: State) -> State:
    """The new build as Quay will show it; null where only Quay knows."""
    unknown = ("id", "error", "started", "display_name", "manual_user", "archive_url", "dockerfile_path", "context")
    asked = {} if params["trigger"] else request_of(params)
    return {
        **dict.fromkeys((*unknown, "trigger")),
        **asked,
        "phase": "waiting",
        "tags": asked.get("docker_tags"),
        "pull_robot": {"name": params["pull_robot"]},
        "trigger_metadata": {"commit": params["commit_sha"]},
    }


def shown(build: State) -> State:
    """A build as the modules return it, without the secrets of its address."""
    trigger, metadata, puller = build["trigger"] or {}, build["trigger_metadata"] or {}, build["pull_robot"] or {}
    return {
        "id": build["id"],
        "phase": build["phase"],
        "error": build["error"],
        "started": build["started"] and iso(parsed(build["started"])),
        "display_name": build["display_name"],
        "manual_user": build["manual_user"],
        "archive_url": public_address(build.get("archive_url") or "") or None,
        "dockerfile_path": build["dockerfile_path"],
        "context": build["context"],
        "docker_tags": build["tags"],
        "pull_robot": puller.get("name"),
        "trigger": trigger.get("id"),
        "commit": metadata.get("commit"),
        "ref": metadata.get("ref"),
    }
