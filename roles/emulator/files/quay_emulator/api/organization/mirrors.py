# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mirror that an organization is of a namespace of another registry."""

from __future__ import annotations

from flask import request

from ...data.mirroring import CONFIG, FRESH, STATUSES, cancel, is_date, now, sync_now
from ...data.models import Namespace
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.crud import ORGANIZATION
from ...endpoints.errors import invalid, not_found
from ...endpoints.hosts import check_host
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, named, object_of, text

area = Area()
on = feature("ORG_MIRROR")
PATH = "/organization/<orgname>/mirror"
KEYS = {
    "is_enabled": {"type": "boolean"},
    "external_registry_url": text(),
    "external_namespace": text(maxLength=255),
    "robot_username": text(),
    "visibility": text(enum=["public", "private"]),
    "sync_interval": {"type": "integer", "minimum": 60},
    "sync_start_date": text(),
    "external_registry_username": {"type": ["string", "null"]},
    "external_registry_password": {"type": ["string", "null"]},
    "external_registry_config": object_of(**CONFIG),
    "repository_filters": {"type": "array", "items": text()},
    "skopeo_timeout": {"type": "integer", "minimum": 30, "maximum": 3600},
}
REQUIRED = ["external_registry_type", "external_registry_url", "external_namespace", "robot_username", "visibility"]
REQUIRED += ["sync_interval", "sync_start_date"]
NEW = named("CreateOrgMirrorConfig", object_of(REQUIRED, **KEYS, external_registry_type=text(enum=["harbor", "quay"])))
UPDATE = named("UpdateOrgMirrorConfig", object_of(**KEYS))
SECRET = "external_registry_password"
DEFAULTS = {
    "is_enabled": True,
    "external_registry_username": None,
    SECRET: None,
    "external_registry_config": {},
    "repository_filters": [],
    "skopeo_timeout": 300,
}
UNFINISHED = ("SYNCING", "SYNC_NOW", "NEVER_RUN")
MOST, USUAL = 500, 100


def found(mirror: dict) -> list[dict]:
    """The repositories that the worker has found."""
    blank = {"sync_status": "NEVER_RUN", "last_sync_date": None, "status_message": None, "quay_repository": None}
    each = [{**blank, "discovery_date": mirror["creation_date"], **one} for one in mirror.get("repositories", ())]
    return sorted(each, key=lambda one: one["name"])


def view(mirror: dict) -> dict:
    shown = {key: value for key, value in mirror.items() if key not in (SECRET, "repositories")}
    shown["has_external_registry_password"] = mirror[SECRET] is not None
    shown["robot_username"] = mirror["robot_username"].name
    states = [one["sync_status"] for one in found(mirror)]
    return {**shown, "repo_sync_status_counts": {name: states.count(name) for name in (*STATUSES, "SKIP")}}


def reference(mirror: dict) -> str:
    return f"{mirror['external_registry_url']}/{mirror['external_namespace']}"


def checked(org: Namespace, data: dict) -> dict:
    """The values to keep; what is wrong is refused."""
    values = {key: data[key] for key in (*KEYS, "external_registry_type") if key in data}
    if "robot_username" in data:
        robot = auth.store().get(data["robot_username"], "robot")
        if robot is None:
            raise invalid(f"Invalid robot account: {data['robot_username']}")
        if robot.owner is not org:
            raise invalid("Robot account must belong to the organization")
        values["robot_username"] = robot
    if "sync_start_date" in data and not is_date(data["sync_start_date"]):
        raise invalid("Invalid sync_start_date format. Use ISO 8601: YYYY-MM-DDTHH:MM:SSZ")
    if "external_registry_url" in data:
        scheme, colon, rest = data["external_registry_url"].partition("://")
        if not colon or scheme not in ("http", "https"):
            raise invalid("URL scheme must be http or https")
        check_host(rest)
    for key in ("external_registry_username", SECRET):
        if key in data:
            values[key] = data[key] or None
    return values


def need(orgname: str, read: bool = False) -> tuple[Namespace, dict]:
    org = ORGANIZATION.find(orgname, read)
    if org.mirror is None:
        raise not_found()
    return org, org.mirror


@area.route("GET", PATH, when=on)
def get(orgname: str):
    return view(need(orgname, read=True)[1])


@area.route("POST", PATH, when=on, takes=NEW)
def create(orgname: str):
    """Only where there is nothing yet that a mirror would overwrite."""
    data = body(NEW)
    org = ORGANIZATION.find(orgname)
    values = checked(org, data)
    if org.mirror is not None:
        raise invalid("Mirror configuration already exists for this organization")
    if any(repo.namespace is org and not repo.deleted for repo in auth.store().repositories):
        raise invalid("Cannot create organization mirror: organization has repositories")
    if org.entries["immutability"] or org.proxy_cache is not None:
        raise invalid("Cannot create organization mirror: immutability policies or a proxy cache are configured")
    org.mirror = {**FRESH, **DEFAULTS, **values, "creation_date": now()}
    names = ("external_registry_type", "external_registry_url", "external_namespace", "sync_interval", "robot_username")
    log_action("org_mirror_enabled", org, {name: data[name] for name in names})
    return "", 201


@area.route("PUT", PATH, when=on, takes=UPDATE)
def update(orgname: str):
    data = body(UPDATE)
    org, mirror = need(orgname)
    before = reference(mirror)
    mirror.update(checked(org, {key: value for key, value in data.items() if key in KEYS}))
    change = {"old_external_reference": before, "external_reference": reference(mirror)}
    log_action("org_mirror_config_changed", org, {"updated_fields": list(data), **change})
    return "", 200


@area.route("DELETE", PATH, when=on)
def delete(orgname: str):
    org, mirror = need(orgname)
    org.mirror = None
    log_action("org_mirror_disabled", org, {"external_reference": reference(mirror)})
    return "", 204


@area.route("POST", f"{PATH}/sync-now", when=on)
def start_sync(orgname: str):
    org, mirror = need(orgname)
    if any(one["sync_status"] in UNFINISHED for one in found(mirror)):
        cure = "Cancel the current sync and wait for all repositories to reach a terminal state"
        raise invalid(f"Cannot trigger sync: repositories are still syncing. {cure} before triggering a new sync.")
    if not sync_now(mirror):
        raise invalid("Cannot trigger sync: discovery is currently in progress.")
    mirror["sync_start_date"] = now()
    log_action("org_mirror_sync_now_requested", org, {"external_reference": reference(mirror)})
    return "", 204


@area.route("POST", f"{PATH}/sync-cancel", when=on)
def cancel_sync(orgname: str):
    """Whatever it does, unless it is cancelled already."""
    org, mirror = need(orgname)
    if mirror["sync_status"] == "CANCEL":
        raise invalid("Cannot cancel: mirror is already cancelled")
    cancel(mirror, now())
    log_action("org_mirror_sync_cancelled", org, {"external_reference": reference(mirror)})
    return "", 204


@area.route("POST", f"{PATH}/verify", when=on)
def verify(orgname: str):
    """Who may sign in where is the setting upstream_accounts; a registry that it does not name takes everybody."""
    _dummy, mirror = need(orgname)
    host = mirror["external_registry_url"].partition("://")[2].split("/", 1)[0]
    accounts = auth.store().settings["upstream_accounts"].get(host)
    if accounts is None or accounts.get(mirror["external_registry_username"]) == mirror[SECRET]:
        return {"success": True, "message": "Connection successful"}
    return {"success": False, "message": "Authentication failed: invalid username or password"}


@area.route("GET", f"{PATH}/repositories", when=on)
def list_repositories(orgname: str):
    """Only what the switch ``mirrors`` has put there, as no other registry is asked."""
    _dummy, mirror = need(orgname, read=True)
    status = request.args.get("status")
    if status is not None and status.upper() not in (*STATUSES, "SKIP"):
        raise invalid(f"Invalid status filter '{status}'. Valid values: {', '.join((*STATUSES, 'SKIP'))}")
    page = max(1, request.args.get("page", 1, type=int))
    limit = min(request.args.get("limit", USUAL, type=int), MOST)
    limit = limit if limit >= 1 else USUAL
    listed = [one for one in found(mirror) if status is None or one["sync_status"] == status.upper()]
    part, more = listed[(page - 1) * limit : page * limit], page * limit < len(listed)
    return {"repositories": part, "page": page, "limit": limit, "total": len(listed), "has_next": more}
