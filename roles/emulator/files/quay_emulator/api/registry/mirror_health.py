# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the mirrors of repositories are doing, for everybody or for superusers."""

from __future__ import annotations

from datetime import datetime, timezone

from flask import request

from ...data.models import Repository
from ...endpoints import auth
from ...endpoints.errors import not_found, unauthorized
from ...endpoints.routing import Area, feature
from ...endpoints.schema import flag, number

area = Area()
COUNTED = {"syncing": "SYNCING", "completed": "SUCCESS", "failed": "FAIL", "never_run": "NEVER_RUN"}
MOST_FAILED = 0.2
MOST, NAMED = 1000, 5
FRESH = {"Cache-Control": "no-cache, no-store, must-revalidate"}


def mirrors(namespace: str | None) -> list[Repository]:
    """Only those that are on count."""
    found = [repo for repo in auth.store().repositories if not repo.deleted and repo.state == "MIRROR" and repo.mirror]
    found = [repo for repo in found if repo.mirror["is_enabled"] and namespace in (None, repo.namespace.name)]
    return sorted(found, key=lambda repo: (repo.namespace.id, repo.name))


def health(namespace: str | None, names: bool) -> tuple[dict, bool]:
    found = mirrors(namespace)
    states = [repo.mirror["sync_status"] for repo in found]
    counts = {name: states.count(state) for name, state in COUNTED.items()}
    now = datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
    issues = []
    ran = len(found) - counts["never_run"]
    healthy = not ran or counts["failed"] / ran <= MOST_FAILED
    if not healthy:
        text = f"{counts['failed'] / ran:.1%} of repositories are failing (threshold: {MOST_FAILED:.1%})"
        issues.append({"severity": "critical", "message": text, "timestamp": now})
    for repo in [repo for repo in found if repo.mirror["sync_status"] == "NEVER_RUN"][: NAMED if names else 0]:
        text = f"Repository {repo.namespace.name}/{repo.name} has never been synced"
        issues.append({"severity": "warning", "message": text, "timestamp": now})
    status = "healthy" if healthy else "degraded"
    view = {"healthy": healthy, "workers": {"active": 0, "configured": 0, "status": status}}
    view.update(repositories={"total": len(found), **counts}, tags_pending=0, last_check=now, issues=issues)
    return view, healthy


def detail(repo: Repository) -> dict:
    mirror = repo.mirror
    return {
        "namespace": repo.namespace.name,
        "repository": repo.name,
        "sync_status": mirror["sync_status"],
        "is_enabled": mirror["is_enabled"],
        "last_sync": None,
        "retries_remaining": mirror["sync_retries_remaining"],
    }


def need_sight(namespace: str | None) -> None:
    auth.need_user()
    if namespace is not None and auth.store().get(namespace, "user", "org") is None:
        raise not_found()
    if auth.full_access() or auth.readonly_superuser():
        return
    if namespace is None or not auth.org_member(namespace):
        raise unauthorized()


@area.route("GET", "/repository/mirror/health", when=feature("REPO_MIRROR"))
def of_repositories():
    """503 with the same body where too many fail."""
    auth.need_fresh_login()
    namespace = request.args.get("namespace")
    limit, offset = number("limit", "Maximum repositories", MOST // 10), number("offset", "Offset", 0)
    need_sight(namespace)
    view, healthy = health(namespace, names=True)
    if flag("detailed"):
        limit, offset, found = max(1, min(limit, MOST)), max(0, offset), mirrors(namespace)
        view["repositories"]["details"] = [detail(repo) for repo in found[offset : offset + limit]]
        more = len(found) > offset + limit
        view["repositories"]["pagination"] = {"limit": limit, "offset": offset, "has_more": more}
    return view, 200 if healthy else 503, FRESH


@area.route("GET", "/superuser/mirror/health", when=feature("REPO_MIRROR", "SUPER_USERS"))
def of_everything():
    """Without a name of any repository."""
    auth.need_fresh_login()
    auth.need_superuser(read=True)
    view, healthy = health(None, names=False)
    return view, 200 if healthy else 503, FRESH
