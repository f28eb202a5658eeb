# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of a repository's tags, deleted ones included: at most the one that a test has put there."""

from __future__ import annotations

from ...endpoints import auth
from ...endpoints.routing import Area
from .repositories import PATH, need

area = Area()
DIGEST = "sha256:" + 64 * "0"


@area.route("GET", f"{PATH}/tag/")
def list_tags(namespace: str, name: str):
    auth.need_repo(namespace, name, "read")
    repo = need(namespace, name)
    tag = {
        "name": "latest",
        "reversion": False,
        "manifest_digest": DIGEST,
        "is_manifest_list": False,
        "size": repo.size,
    }
    dead = {} if repo.last_modified else {"end_ts": 1}
    tags = [{**tag, "start_ts": repo.last_modified or 0, **dead}] if repo.last_modified or repo.size else []
    return {"tags": tags, "page": 1, "has_additional": False}
