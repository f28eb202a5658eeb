# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Repositories that a user has starred."""

from __future__ import annotations

from ...endpoints import auth
from ...endpoints.routing import Area
from ...endpoints.schema import body, named, object_of, text

area = Area()
STAR = named("NewStarredRepository", object_of(["namespace", "repository"], namespace=text(), repository=text()))


@area.route("GET", "/user/starred")
def list_starred():
    one = auth.need_user_admin()
    found = [repo for repo in auth.store().repositories if one in repo.starred and not repo.namespace.deleted]
    return {
        "repositories": [
            {
                "namespace": repo.namespace.name,
                "name": repo.name,
                "description": repo.description,
                "is_public": repo.public,
            }
            for repo in found
        ]
    }


@area.route("POST", "/user/starred", takes=STAR)
def star():
    data = body(STAR)
    one = auth.need_user_admin()
    repo = auth.store().repository(data["namespace"], data["repository"])
    if repo is None:
        return None
    if one not in repo.starred:
        repo.starred.append(one)
    return {"namespace": data["namespace"], "repository": data["repository"]}, 201


@area.route("DELETE", "/user/starred/<repository:repository>")
def unstar(namespace: str, name: str):
    one = auth.need_user_admin()
    repo = auth.store().repository(namespace, name)
    if repo is None:
        return None
    if one in repo.starred:
        repo.starred.remove(one)
    return "", 204
