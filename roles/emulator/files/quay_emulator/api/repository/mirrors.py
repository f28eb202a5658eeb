# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mirror that a repository is of another one."""

from __future__ import annotations

import copy
import re

from flask import request

from ...data.mirroring import ARCHITECTURES, CONFIG, FRESH, cancel, is_date, sync_now
from ...data.models import Namespace, Repository
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.crud import repository, repository_admin
from ...endpoints.errors import CrashError, DetailError, MessageError, invalid, not_found
from ...endpoints.hosts import check_host
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, named, object_of, text, unknown_keys

area = Area()
on = feature("REPO_MIRROR")
PATH = "/repository/<repository:repository>/mirror"
RULE = object_of(
    ["rule_kind", "rule_value"],
    rule_kind=text(enum=["tag_glob_csv"]),
    rule_value={"type": "array", "items": text()},
)
KEYS = {
    "is_enabled": {"type": "boolean"},
    "external_reference": text(),
    "external_registry_username": {"type": ["string", "null"]},
    "external_registry_password": {"type": ["string", "null"]},
    "sync_start_date": text(),
    "sync_interval": {"type": "integer", "minimum": 0},
    "robot_username": text(),
    "root_rule": RULE,
    "external_registry_config": object_of(**CONFIG, unsigned_images={"type": "boolean"}),
    "skopeo_timeout_interval": {"type": "integer", "minimum": 300},
    "architecture_filter": {"type": ["array", "null"], "items": text()},
}
REQUIRED = ["external_reference", "sync_interval", "sync_start_date", "root_rule", "skopeo_timeout_interval"]
NEW = named("CreateMirrorConfig", object_of(REQUIRED, **KEYS))
UPDATE = named("UpdateMirrorConfig", object_of(**KEYS))
SECRET, HIDDEN = "external_registry_password", "********"


def view(mirror: dict) -> dict:
    late = unknown_keys(NEW)
    shown = {key: value for key, value in mirror.items() if key not in late and key != SECRET}
    return {**shown, "mirror_type": "PULL", "robot_username": mirror["robot_username"].name}


def log(repo: Repository, changed: str, to) -> None:
    metadata = {"repo": repo.name, "namespace": repo.namespace.name, "user-agent": request.user_agent.string}
    metadata.update(changed=changed, to=to, username=auth.user().name, resolved_ip={"provider": "internet"})
    log_action("repo_mirror_config_changed", repo.namespace, metadata, repo)


def check(data: dict) -> None:
    """Everything that can be said without looking at the repository."""
    if "external_reference" in data:
        if re.search(r"\s", data["external_reference"]):
            raise invalid("External registry reference must not include whitespace")
        if "://" in data["external_reference"]:
            raise invalid("External registry reference must not include a URL scheme")
        if not all(data["external_reference"].partition("/")):
            raise invalid("External registry reference must include a repository path")
        check_host(data["external_reference"], "registry location")
    if wanted := data.get("architecture_filter"):
        if not auth.store().settings.feature("SPARSE_INDEX"):
            raise DetailError("Architecture filtering requires FEATURE_SPARSE_INDEX to be enabled.")
        if strange := set(wanted) - set(ARCHITECTURES):
            raise DetailError(f"Invalid architectures: {', '.join(sorted(strange))}")
    if "sync_start_date" in data and not is_date(data["sync_start_date"]):
        raise DetailError("Incorrect DateTime format for sync_start_date.")
    if "root_rule" in data and not data["root_rule"]["rule_value"]:
        raise invalid("validation failed: rule_value for TAG_GLOB_CSV must be a list with at least one rule")


def robot_of(repo: Repository, name: str) -> Namespace:
    """Gets the right to write if it has none."""
    robot = auth.store().get(name, "robot")
    if robot is None:
        raise MessageError("Could not find robot with specified username")
    if robot.owner is not repo.namespace:
        raise MessageError("Invalid robot")
    if repo.user_roles.get(robot) not in ("write", "admin"):
        repo.user_roles[robot] = "write"
    return robot


def refuse_mirrored(namespace: Namespace) -> None:
    if namespace.mirror is not None:
        why = "cannot be managed when organization-level mirroring is configured"
        raise invalid(f"Repository mirror configuration {why}")


def reach(namespace: str, name: str, takes: dict | None = None, read: bool = False) -> tuple[Repository, dict]:
    repository_admin(namespace, name, read)
    data = body(takes) if takes is not None else {}
    return repository(namespace, name), data


def need_mirror(repo: Repository) -> dict:
    if repo.mirror is None:
        raise not_found()
    return repo.mirror


@area.route("GET", PATH, when=on)
def get(namespace: str, name: str):
    """Without the password; it is still there when the repository is none of a mirror any more."""
    repo, _dummy = reach(namespace, name, read=True)
    return view(need_mirror(repo))


@area.route("POST", PATH, when=on, takes=NEW)
def create(namespace: str, name: str):
    """The repository takes no pushes from now on, and the robot may write to it."""
    repo, data = reach(namespace, name, NEW)
    refuse_mirrored(repo.namespace)
    if repo.mirror is not None:
        raise DetailError(f"Mirror configuration already exits for repository {namespace}/{name}", 409)
    check(data)
    # Before 3.15 its code does not know the timeout.
    if "robot_username" not in data or {"skopeo_timeout_interval"} & unknown_keys(NEW) & request.get_json().keys():
        raise CrashError()
    # Before the robot is looked for, so that this is left of a mirror that is refused.
    repo.rules.append(copy.deepcopy(data["root_rule"]))
    robot = robot_of(repo, data["robot_username"])
    defaults = {
        "is_enabled": True,
        "external_registry_username": None,
        SECRET: None,
        "external_registry_config": {},
        "skopeo_timeout_interval": 300,
    }
    repo.mirror = {**FRESH, **defaults, **{key: data[key] for key in KEYS if key in data}, "robot_username": robot}
    repo.mirror["root_rule"] = repo.rules[-1]
    repo.mirror["architecture_filter"] = data.get("architecture_filter") or []
    repo.state = "MIRROR"
    log(repo, "external_reference", data["external_reference"])
    return "", 201


@area.route("PUT", PATH, when=on, takes=UPDATE)
def update(namespace: str, name: str):
    """Each key that is given is written and logged, also where nothing changes."""
    repo, data = reach(namespace, name, UPDATE)
    refuse_mirrored(repo.namespace)
    mirror = need_mirror(repo)
    check(data)
    if SECRET in data and "external_registry_username" not in data:
        raise DetailError("Unable to set a new password without also specifying a username.")
    if data.get("external_registry_username", "") is None and data.get(SECRET) is not None:
        raise DetailError("Unable to delete username while setting a password.")
    changes = {key: data[key] for key in KEYS if key in data}
    if "robot_username" in data:
        changes["robot_username"] = robot_of(repo, data["robot_username"])
    if "architecture_filter" in data:
        changes["architecture_filter"] = data["architecture_filter"] or []
    config = changes.pop("external_registry_config", {})
    mirror.update({key: value for key, value in changes.items() if key != "root_rule"})
    # A fault of Quay: data/model/repo_mirror.py, get_root_rule.
    repo.rules[0].update(changes.get("root_rule", {}))
    for key in changes:
        log(repo, {"root_rule": "mirror_rule"}.get(key, key), data[key] if key != SECRET else HIDDEN)
    for key, value in merge(mirror, config):
        log(repo, key, value)
    return "", 201


def merge(mirror: dict, changes: dict) -> list[tuple]:
    """Take over some of the settings; the first one of a proxy is lost where there was no proxy yet, as in Quay."""
    config = mirror["external_registry_config"] = copy.deepcopy(mirror["external_registry_config"])
    changed = [(key, changes[key]) for key in ("verify_tls", "unsigned_images") if key in changes]
    config.update(changed)
    for key in ("http_proxy", "https_proxy", "no_proxy"):
        if key in changes.get("proxy", {}):
            value = changes["proxy"][key]
            if "proxy" in config:
                config["proxy"][key] = value
            else:
                config["proxy"] = {}
            changed.append((key, value))
    return changed


@area.route("POST", f"{PATH}/sync-now", when=on)
def start_sync(namespace: str, name: str):
    repo, _dummy = reach(namespace, name)
    if not sync_now(need_mirror(repo)):
        raise not_found()
    log(repo, "sync_status", "SYNC_NOW")
    return "", 204


@area.route("POST", f"{PATH}/sync-cancel", when=on)
def cancel_sync(namespace: str, name: str):
    repo, _dummy = reach(namespace, name)
    mirror = need_mirror(repo)
    if mirror["sync_status"] not in ("SYNCING", "SYNC_NOW"):
        raise not_found()
    cancel(mirror)
    log(repo, "sync_status", "SYNC_CANCEL")
    return "", 204
