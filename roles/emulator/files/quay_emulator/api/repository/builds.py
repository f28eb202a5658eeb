# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds of a repository."""

from __future__ import annotations

import hashlib
import os
from urllib.parse import urlsplit

from flask import request

from ...data.building import advance, builds_of, cancel, clean_tag, need_normal, own_robot, queue
from ...data.models import Build
from ...endpoints import auth
from ...endpoints.errors import CrashError, MessageError, invalid, not_found
from ...endpoints.routing import Area
from ...endpoints.schema import body, named, number, object_of, text
from ...endpoints.views import date
from .triggers import for_build

area = Area()
PATH = "/repository/<repository:repository>/build/"
ONE = f"{PATH}<build_uuid>"
NEW = named(
    "RepositoryBuildRequest",
    object_of(
        file_id=text(),
        archive_url=text(),
        subdirectory=text(),
        dockerfile_path=text(),
        context=text(),
        pull_robot=text(),
        docker_tags={"type": "array", "items": text(), "minItems": 1, "uniqueItems": True},
    ),
)


def view(build: Build) -> dict:
    repo = build.repository
    namespace, name = repo.namespace.name, repo.name
    writer = auth.may_repo(namespace, name, "write")
    found = {
        "id": build.id,
        "phase": build.phase,
        "started": date(build.started),
        "display_name": build.display_name,
        "status": {},
        "subdirectory": build.dockerfile_path,
        "dockerfile_path": build.dockerfile_path,
        "context": build.context,
        "tags": build.tags,
        "manual_user": build.manual_user.name,
        "is_writer": writer,
        "trigger": for_build(build.trigger),
        "trigger_metadata": build.trigger_metadata,
        "resource_key": build.file_id,
        "pull_robot": None,
        "repository": {"namespace": namespace, "name": name},
        "error": build.error,
    }
    if build.pull_robot is not None:
        found["pull_robot"] = {"name": build.pull_robot.name, "kind": "user", "is_robot": True}
    if (writer or auth.store().settings.feature("READER_BUILD_LOGS")) and build.trigger is None:
        url = file_url(build.file_id) if build.file_id else build.archive_url
        found.update({"archive_url": url} if url else {})
    return found


def file_url(file_id: str) -> str:
    return f"{request.host_url}userfiles/{file_id}"


def started(build: Build):
    repo = build.repository
    location = f"/api/v1/repository/{repo.namespace.name}/{repo.name}/build/{build.id}/status"
    return view(build), 201, {"Location": location}


def listing(builds: list[Build]) -> dict:
    advance()
    limit = number("limit", "The maximum number of builds to return", 5)
    if limit < 0:
        raise CrashError()
    return {"builds": [view(build) for build in (builds[:limit] if limit else builds)]}


@area.route("GET", PATH)
def list_builds(namespace: str, name: str):
    """Of a missing repository: none."""
    auth.need_repo(namespace, name, "read")
    since = number("since", "Returns all builds since the given unix timecode", 0)
    found = builds_of(auth.store().repository(namespace, name))
    return listing([build for build in found if build.started >= since])


def places(data: dict) -> tuple[str, str]:
    """Dockerfile and context; one that is not given follows from the other."""
    if "dockerfile_path" in data:
        path = data["dockerfile_path"]
        return path, data.get("context", os.path.dirname(path))
    if "subdirectory" in data:
        return f"{data['subdirectory'].removesuffix('/')}/Dockerfile", data["subdirectory"]
    context = data.get("context", "/")
    return f"{context.removesuffix('/')}/Dockerfile", context


def check_source(data: dict) -> str:
    """The name of the build: the first figures of a digest of its file or address."""
    file_id, url = data.get("file_id"), data.get("archive_url")
    if file_id:
        content = auth.store().files.get(file_id)
        if content is None:
            raise invalid(f"File {file_id} could not be found or is invalid")
        return hashlib.sha256(content).hexdigest()[:7]
    if not url:
        raise invalid("file_id or archive_url required")
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        raise invalid("Invalid Archive URL: Must be a valid URI") from None
    if scheme not in ("http", "https"):
        raise invalid("Invalid Archive URL: Must be http or https")
    if not url.isascii():
        raise CrashError()
    return hashlib.sha224(url.encode()).hexdigest()[:7]


@area.route("POST", PATH, takes=NEW)
def create(namespace: str, name: str):
    """Each call is one more build."""
    auth.need_repo(namespace, name, "write")
    need_normal(namespace, name)
    data = body(NEW)
    display_name = check_source(data)
    robot = own_robot(data.get("pull_robot"))
    repo = auth.store().repository(namespace, name)
    if repo is None:
        raise not_found()
    tags = [clean_tag(tag) for tag in data.get("docker_tags", ["latest"])]
    advance()
    build = Build(repo, display_name, *places(data), tags, auth.need_user(), pull_robot=robot)
    build.file_id = data.get("file_id") or None
    build.archive_url = data.get("archive_url")
    queue(build)
    return started(build)


def find(namespace: str, name: str, build_uuid: str, missing: Exception | None = None) -> Build:
    """A build of another repository is not found; what no build has for an id may be another error."""
    advance()
    build = auth.store().builds.get(build_uuid)
    if build is None or build.repository.deleted:
        raise missing or not_found()
    if build.repository is not auth.store().repository(namespace, name):
        raise not_found()
    return build


def unknown(build_uuid: str) -> MessageError:
    return MessageError(f"Unable to locate a build by id: {build_uuid}")


@area.route("GET", ONE)
def get(namespace: str, name: str, build_uuid: str):
    auth.need_repo(namespace, name, "read")
    return view(find(namespace, name, build_uuid))


@area.route("DELETE", ONE)
def delete(namespace: str, name: str, build_uuid: str):
    auth.need_repo(namespace, name, "admin")
    need_normal(namespace, name)
    if not cancel(find(namespace, name, build_uuid)):
        raise invalid("Build is currently running or has finished")
    return "Okay", 201


@area.route("GET", f"{ONE}/status")
def status(namespace: str, name: str, build_uuid: str):
    auth.need_repo(namespace, name, "read")
    return view(find(namespace, name, build_uuid, unknown(build_uuid)))


@area.route("GET", f"{ONE}/logs")
def logs(namespace: str, name: str, build_uuid: str):
    if not auth.store().settings.feature("READER_BUILD_LOGS"):
        auth.need_repo(namespace, name, "write", read=True)
    auth.need_repo(namespace, name, "read")
    return log_view(find(namespace, name, build_uuid, unknown(build_uuid)))


def log_view(build: Build) -> dict:
    if build.archived:
        return {"logs_url": f"{request.host_url}logarchive/{build.id}"}
    try:
        start = int(request.args.get("start", 0))
    except ValueError:
        raise CrashError() from None
    return {"start": start, "total": len(build.log), "logs": build.log[start:]}
