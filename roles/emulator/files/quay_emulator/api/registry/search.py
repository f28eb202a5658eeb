# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search for repositories, organizations, users, teams and robots."""

from __future__ import annotations

from flask import request

from ...data.models import Namespace, Repository
from ...endpoints import auth
from ...endpoints.routing import Area
from ...endpoints.schema import flag, number
from ...endpoints.views import avatar_of

area = Area()
PAGE_SIZE, MOST_PAGES, FEW = 10, 10, 5
# The better of the real server's scores, which it weighs by how near a name is to the query.
OF_REPOSITORY, OF_ENTITY, OF_TEAM = 4, 1, 2


def entity_view(one: Namespace) -> dict:
    if one.is_robot:
        kind, title, face, href = (
            "robot",
            "robot",
            None,
            f"/organization/{one.owner.name}?tab=robots&showRobot={one.name}",
        )
    elif one.kind == "org":
        kind, title, face, href = "organization", "org", avatar_of(one), f"/organization/{one.name}"
    else:
        kind, title, face, href = "user", "user", avatar_of(one), f"/user/{one.name}"
    return {"title": title, "kind": kind, "avatar": face, "name": one.name, "score": OF_ENTITY, "href": href}


def repository_view(repo: Repository, usage: bool = False) -> dict:
    view = {
        "kind": "repository",
        "title": "repo",
        "namespace": entity_view(repo.namespace),
        "name": repo.name,
        "description": repo.description,
        "is_public": repo.public,
        "score": OF_REPOSITORY,
        "href": f"/repository/{repo.namespace.name}/{repo.name}",
    }
    if usage:
        view.update(last_modified=repo.images.last_modified, stars=len(repo.starred), popularity=0.0)
    return view


def repositories(query: str) -> list[Repository]:
    """Those that the caller may read, by a part of the name."""
    found = [repo for repo in auth.store().repositories if not repo.deleted and query in repo.name]
    return [repo for repo in found if repo.public or auth.may_repo(repo.namespace.name, repo.name, "read")]


def teams(query: str) -> list[dict]:
    """Those of the caller, and of organizations that they administer unless nobody is in them."""
    one, found = auth.user(), []
    for org in auth.store().all("org"):
        for team in org.teams.values():
            if team.name.startswith(query) and team.members and (one in team.members or auth.org_admin(org.name)):
                view = {"kind": "team", "name": team.name, "organization": entity_view(org)}
                href = f"/organization/{org.name}/teams/{team.name}"
                found.append({**view, "avatar": avatar_of(team), "score": OF_TEAM, "href": href})
    return found[:FEW]


@area.route("GET", "/find/all")
def everything():
    query = request.args.get("query", "")
    if not query:
        return {"results": []}
    store, results = auth.store(), []
    if auth.user() is not None:
        results += teams(query)
        robots = [(one, one.name.split("+", 1)[1]) for one in store.all("robot") if auth.org_member(one.owner.name)]
        found = [(one, short) for one, short in robots if short.startswith(query)]
        results += [{**entity_view(one), "short_name": short} for one, short in found[:FEW]]
    results += [repository_view(repo) for repo in repositories(query)[:FEW]]
    names = [one for kind in ("user", "org") for one in store.all(kind) if one.name.startswith(query)]
    results += [entity_view(one) for one in names[:FEW]]
    return {"results": sorted(results, key=lambda one: one["score"], reverse=True)}


@area.route("GET", "/find/repositories")
def find_repositories():
    query, page = request.args.get("query", ""), number("page", "The page.", 1)
    start = PAGE_SIZE * (min(max(1, page), MOST_PAGES) - 1)
    found = repositories(query)
    results = [repository_view(repo, flag("includeUsage")) for repo in found[start : start + PAGE_SIZE]]
    place = {"page": start // PAGE_SIZE + 1, "page_size": PAGE_SIZE, "start_index": start}
    return {"results": results, "has_additional": len(found) > start + PAGE_SIZE, **place}
