# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images in a repository, which only a registry with storage could get by a push."""

from __future__ import annotations

from flask import request

from ..api.repository.manifests import labels
from ..data.images import Images, Manifest
from ..data.models import Repository
from .builds import repository
from .logs import moment

SCANNED = ("scanned", "queued", "failed", "unsupported", "manifest_layer_too_large")


def images(emulator):
    """Tags with their images: ``{"tags": {name: {size, content, platforms, start, end, labels, pulls, last_pull,
    immutable, scan}}}``, all optional; ``content`` decides about the digest, ``scan`` is ``{status, features}``.

    In place of tags, ``last_modified`` and ``size`` say what one tag ``latest`` leaves behind; without
    ``last_modified`` only the time machine still holds it.
    """
    body = request.get_json()
    repo = repository(emulator, body["repository"])
    if "tags" in body:
        for name, tag in body["tags"].items():
            push(repo, name, **tag)
    else:
        repo.images, last_modified = Images(), body.get("last_modified")
        if last_modified or body.get("size"):
            dead = {} if last_modified else {"end": 1}
            push(repo, "latest", size=body.get("size", 0), start=last_modified or 0, **dead)
    digests = {tag.name: tag.manifest.digest for tag in repo.images.alive()}
    return {"last_modified": repo.images.last_modified, "size": repo.images.size, "digests": digests}


def push(repo: Repository, name: str, size: int = 0, content: str | None = None, platforms: list[str] = (), **more):
    """As a push that happened at ``start``; seconds since the epoch or a text in ISO 8601."""
    start = moment(more.pop("start", None), None)
    manifest = repo.images.add(content or f"{name} {size}", size, platforms, start)
    describe(manifest, more.pop("labels", {}), more.pop("scan", None))
    times = {key: moment(more.pop(key), None) for key in ("end", "last_pull") if key in more}
    tag = repo.images.point(name, manifest, start, **times, **more)
    manifest.pulls, manifest.last_pull = manifest.pulls + tag.pulls, tag.last_pull or manifest.last_pull


def describe(manifest: Manifest, found: dict, scan: dict | None) -> None:
    manifest.entries["labels"] += [labels.label(key, value, "manifest") for key, value in found.items()]
    if scan is not None:
        if scan.get("status", "scanned") not in SCANNED:
            raise ValueError(f"status must be one of {', '.join(SCANNED)}")
        manifest.scan = {"status": scan.get("status", "scanned"), "features": scan.get("features", [])}


SWITCHES = [("POST", "images", images)]
