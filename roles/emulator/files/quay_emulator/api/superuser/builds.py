# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any build, by its id alone; the superuser sees less of it than its repository shows."""

from __future__ import annotations

from ...data.building import advance
from ...data.models import Build
from ...endpoints import auth
from ...endpoints.errors import CrashError, ProblemError, not_found
from ...endpoints.routing import Area, feature
from ..repository import builds

area = Area()
on = feature("SUPER_USERS")
HIDDEN = {
    "subdirectory": "",
    "dockerfile_path": "",
    "context": "",
    "tags": [],
    "manual_user": None,
    "trigger": None,
    "trigger_metadata": None,
    "resource_key": None,
    "pull_robot": None,
}


def find(build_uuid: str, missing: Exception) -> Build:
    auth.need_superuser(read=True)
    advance()
    build = auth.store().builds.get(build_uuid)
    if build is None:
        raise missing
    return build


def unknown(build_uuid: str) -> ProblemError:
    return ProblemError("invalid_response", f"Unable to locate a build by id: {build_uuid}")


def view(build: Build) -> dict:
    found = {**builds.view(build), **HIDDEN}
    found.pop("archive_url", None)
    return found


@area.route("GET", "/superuser/<build_uuid>/build", when=on)
def get(build_uuid: str):
    """Before 3.17 Quay looks for the trigger that started it, also if none did."""
    build = find(build_uuid, not_found())
    if build.trigger is None and not auth.store().settings.since("3.17"):
        raise CrashError()
    return view(build)


@area.route("GET", "/superuser/<build_uuid>/status", when=on)
def status(build_uuid: str):
    return view(find(build_uuid, unknown(build_uuid)))


@area.route("GET", "/superuser/<build_uuid>/logs/archive", when=on)
def archive(build_uuid: str):
    build = find(build_uuid, unknown(build_uuid))
    if not build.archived:
        raise ProblemError("invalid_response", "Archived logs not available")
    return {"start": 0, "total": len(build.log), "logs": build.log}


@area.route("GET", "/superuser/<build_uuid>/logs", when=on)
def logs(build_uuid: str):
    return builds.log_view(find(build_uuid, unknown(build_uuid)))
