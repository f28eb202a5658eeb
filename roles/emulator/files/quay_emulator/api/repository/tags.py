# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags of a repository: list, move, delete, restore."""

from __future__ import annotations

import re
import time

from flask import request

from ... import releases
from ...data.building import need_normal
from ...data.images import Images, Manifest, Tag, end_within_limits, immutable_by
from ...data.models import Repository
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import MessageError, ProblemError, generic_bad_request, invalid, not_found, unauthorized
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, flag, named, number, object_of, text
from ...endpoints.views import date
from .repositories import PATH, need

area = Area()
ONE = f"{PATH}/tag/<tag>"
CHANGE = named(
    "ChangeTag",
    object_of(
        manifest_digest={"type": ["string", "null"]},
        expiration={"type": ["number", "null"]},
        immutable={"type": "boolean"},
    ),
)
RESTORE = named("RestoreTag", object_of(manifest_digest=text()))
EXPIRE = named(
    "ExpireTag",
    object_of(manifest_digest=text(), include_submanifests={"type": "boolean"}, is_alive={"type": "boolean"}),
)
NAME = re.compile(r"[\w][\w.-]{0,127}", re.ASCII)
NAME_RULE = 'Invalid tag: must match [A-Za-z0-9_.-], NOT start with "." or "-", and can contain 1-128 characters'


def immutability() -> bool:
    settings = auth.store().settings
    return settings.feature("IMMUTABLE_TAGS") and settings.since("3.17")


def may_end() -> bool:
    """Whether an immutable tag may have an expiration."""
    return auth.store().settings.feature("IMMUTABLE_TAGS_CAN_EXPIRE")


def view(repo: Repository, tag: Tag) -> dict:
    found = {"name": tag.name, "reversion": tag.reversion}
    if immutability():
        found["immutable"] = tag.immutable
    if tag.start > 0:
        found["start_ts"] = int(tag.start)
    if tag.end is not None:
        found["end_ts"] = int(tag.end)
    manifest = tag.manifest
    found.update(manifest_digest=manifest.digest, is_manifest_list=bool(manifest.children))
    # Of a list of images Quay tells no size.
    found["size"] = None if manifest.children else manifest.size
    if tag.start > 0:
        found["last_modified"] = date(tag.start)
    if tag.end is not None:
        found["expiration"] = date(tag.end)
    if manifest.children and auth.store().settings.since("3.17"):
        presence = {digest: digest in repo.images.manifests for digest in manifest.children}
        found.update(is_sparse=not all(presence.values()), child_manifest_count=len(presence))
        found.update(present_child_count=sum(presence.values()), child_manifests_presence=presence)
    return found


def chosen(images: Images) -> list[Tag]:
    tags = images.history(request.args.get("specificTag"))
    if flag("onlyActiveTags"):
        tags = [tag for tag in tags if tag.alive]
    if wanted := request.args.get("filter_tag_name"):
        operation, colon, value = wanted.partition(":")
        if not colon:
            rule = "Expected <operation>:<tag_name> where <operation>can be 'like' or 'eq'."
            raise MessageError(f"Unsupported syntax for filter_tag_name. {rule}")
        if operation == "like":
            tags = [tag for tag in tags if value.lower() in tag.name.lower()]
        elif operation == "eq":
            tags = [tag for tag in tags if tag.name == value]
    return tags


@area.route("GET", f"{PATH}/tag/")
def list_tags(namespace: str, name: str):
    """The dead ones, too; an operation that nobody knows filters nothing."""
    auth.need_repo(namespace, name, "read")
    limit = number("limit", "Limit to the number of results to return per page. Max 100.", 50)
    page = max(1, number("page", "Page index for the results. Default 1.", 1))
    repo, limit = need(namespace, name), min(100, max(1, limit))
    found = chosen(repo.images)
    here = found[limit * (page - 1) : limit * page]
    tags = [view(repo, tag) for tag in here]
    return {"tags": tags, "page": page, "has_additional": len(found) > limit * page}


def writable(namespace: str, name: str, takes: dict | None = None) -> tuple[Repository, dict]:
    auth.need_repo(namespace, name, "write")
    need_normal(namespace, name)
    data = body(takes) if takes is not None else {}
    return need(namespace, name), data


def log(kind: str, repo: Repository, tag: str, **more) -> None:
    metadata = {"username": auth.user().name, "repo": repo.name, "tag": tag, "namespace": repo.namespace.name}
    log_action(kind, repo.namespace, {**metadata, **more}, repo)


def alive(repo: Repository, name: str) -> Tag:
    tag = repo.images.tag(name)
    if tag is None:
        raise not_found()
    return tag


def point(repo: Repository, name: str, manifest: Manifest, reversion: bool = False) -> None:
    """Also where it is already: that makes one more entry in its history."""
    before = repo.images.tag(name)
    if before is not None and before.immutable and immutability():
        raise ProblemError("tag_immutable", f"Cannot overwrite immutable tag '{name}'")
    policies = repo.entries["immutability"] + repo.namespace.entries["immutability"]
    immutable = immutability() and immutable_by(policies, name)
    repo.images.point(name, manifest, reversion=reversion, immutable=immutable)


@area.route("PUT", ONE, takes=CHANGE)
def change(namespace: str, name: str, tag: str):
    """One step after the other: what comes before a refused one is kept."""
    auth.need_repo(namespace, name, "write")
    need_normal(namespace, name)
    data = body(CHANGE)
    if not NAME.fullmatch(tag):
        raise MessageError(NAME_RULE)
    repo = need(namespace, name)
    if "expiration" in data:
        change_end(repo, alive(repo, tag), data["expiration"])
    if "immutable" in data and immutability():
        change_immutability(repo, alive(repo, tag), data["immutable"])
    if "manifest_digest" in data:
        before = repo.images.tag(tag)
        manifest = repo.images.manifest(data["manifest_digest"])
        if manifest is None:
            raise not_found()
        old = before.manifest.digest if before else None
        point(repo, tag, manifest)
        digests = {"manifest_digest": manifest.digest, "original_manifest_digest": old}
        log("move_tag" if before else "create_tag", repo, tag, **digests)
    return "Updated", 201


def change_end(repo: Repository, tag: Tag, end: float | None) -> None:
    if end is not None and end <= time.time():
        raise generic_bad_request()
    if end is not None and tag.immutable and immutability() and not may_end():
        raise MessageError(f"Cannot set expiration on immutable tag '{tag.name}'")
    old, tag.end = tag.end, None if end is None else end_within_limits(tag, end)
    if old is not None or end is not None:
        log("change_tag_expiration", repo, tag.name, expiration_date=date(end), old_expiration_date=old)


def change_immutability(repo: Repository, tag: Tag, immutable: bool) -> None:
    """Anybody who may write may set it, but only administrators may take it away."""
    if tag.immutable and not immutable and not auth.may_repo(repo.namespace.name, repo.name, "admin"):
        raise unauthorized()
    if immutable and tag.end is not None and not may_end():
        cure = "Clear expiration first or enable FEATURE_IMMUTABLE_TAGS_CAN_EXPIRE."
        raise MessageError(f"Cannot make tag '{tag.name}' immutable: tag has expiration set. {cure}")
    old, tag.immutable = tag.immutable, immutable
    log("change_tag_immutability", repo, tag.name, immutable=immutable, previous_immutable=old)


@area.route("DELETE", ONE)
def delete(namespace: str, name: str, tag: str):
    """It can be restored as long as the time machine of the namespace goes back."""
    repo, _dummy = writable(namespace, name)
    found = alive(repo, tag)
    if found.immutable and immutability():
        raise ProblemError("tag_immutable", f"Cannot delete immutable tag '{tag}'")
    repo.images.delete(found, signatures=auth.store().settings.since(releases.NEWEST))
    log("delete_tag", repo, tag)
    return "", 204


@area.route("POST", f"{ONE}/restore", takes=RESTORE)
def restore(namespace: str, name: str, tag: str):
    repo, data = writable(namespace, name, RESTORE)
    if data.get("manifest_digest") is None:
        raise invalid("Missing manifest_digest")
    manifest = repo.images.manifest(data["manifest_digest"], dead=True)
    if manifest is None:
        raise not_found()
    point(repo, tag, manifest, reversion=True)
    metadata = {"username": auth.user().name, "repo": name, "tag": tag, "manifest_digest": manifest.digest}
    log_action("revert_tag", repo.namespace, metadata, repo)
    return {}


@area.route("POST", f"{ONE}/expire", when=lambda settings: settings["PERMANENTLY_DELETE_TAGS"], takes=EXPIRE)
def expire(namespace: str, name: str, tag: str):
    """Out of the time machine, for good; immutable ones are left as they are."""
    auth.need_repo(namespace, name, "write")
    data = body(EXPIRE)
    repo, lives = need(namespace, name), data.get("is_alive", False)
    if not lives and "manifest_digest" not in data:
        raise invalid("manifest_digest required when is_alive set to false")
    window = repo.namespace.tag_expiration_s
    if lives:
        tags = [alive(repo, tag)]
    else:
        since = time.time() - window
        dead = [one for one in repo.images.tags if one.name == tag and not one.alive and one.end > since]
        tags = [one for one in dead if one.manifest.digest == data["manifest_digest"]]
    tags = [one for one in tags if not (one.immutable and immutability())]
    if not tags:
        raise not_found()
    for one in tags:
        one.end = time.time() - window - 1
    log("permanently_delete_tag", repo, tag, manifest_digest=tags[0].manifest.digest)
    return ""


@area.route("GET", f"{ONE}/pull_statistics", when=feature("IMAGE_PULL_STATS"))
def pulls(namespace: str, name: str, tag: str):
    auth.need_repo(namespace, name, "read")
    found = alive(need(namespace, name), tag)
    return {
        "tag_name": tag,
        "tag_pull_count": found.pulls,
        "last_tag_pull_date": date(found.last_pull),
        "current_manifest_digest": found.manifest.digest,
        "manifest_pull_count": found.manifest.pulls,
        "last_manifest_pull_date": date(found.manifest.last_pull),
    }
