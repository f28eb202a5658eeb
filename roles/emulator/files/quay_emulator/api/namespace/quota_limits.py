# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits of storage quotas: at which share to warn and to reject."""

from __future__ import annotations

from ...data.models import Namespace, Quota, QuotaLimit
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import MessageError, invalid, not_found
from ...endpoints.routing import Area
from ...endpoints.schema import body, named, object_of, text
from ...endpoints.views import quota_item
from .quotas import ORG, USER, need_quota, on, org, view

area = Area()
LIMIT = named(
    "NewOrgQuotaLimit", object_of(["type", "threshold_percent"], type=text(), threshold_percent={"type": "integer"})
)
LIMIT_UPDATE = named("UpdateOrgQuotaLimit", {**LIMIT, "required": []})


def any_kind(namespace: str) -> Namespace | None:
    """The real server does not look whether it is an organization."""
    org(namespace, write=True)
    return auth.store().get(namespace, "user", "org")


def limits(quota: Quota) -> list[dict]:
    return quota_item(quota)["limits"]


def log(kind: str, namespace: str, **metadata) -> None:
    log_action(kind, namespace, {"namespace": namespace, **metadata})


def find_limit(quota: Quota, limit_id: str) -> QuotaLimit:
    found = next((one for one in quota.limits if str(one.id) == limit_id), None)
    if found is None:
        raise not_found()
    return found


def limit_view(limit: QuotaLimit) -> dict:
    return {"id": limit.id, "type": limit.kind, "limit_percent": limit.percent}


def check_limit(kind: str, percent: int) -> None:
    if kind.capitalize() not in ("Warning", "Reject"):
        raise MessageError("Quota type must be one of [Warning, Reject]")
    if not 1 <= percent <= 100:
        raise MessageError("Quota limit threshold must be between 1 and 100")


@area.route("GET", f"{ORG}/<quota_id>/limit", when=on)
def list_limits(namespace: str, quota_id: str):
    return limits(need_quota(org(namespace), quota_id))


@area.route("POST", f"{ORG}/<quota_id>/limit", when=on, takes=LIMIT)
def create_limit(namespace: str, quota_id: str):
    data = body(LIMIT)
    quota = need_quota(any_kind(namespace), quota_id)
    kind, percent = data["type"].capitalize(), data["threshold_percent"]
    if any((one.kind, one.percent) == (kind, percent) for one in quota.limits):
        raise invalid("Quota limit already exists")
    check_limit(kind, percent)
    quota.limits.append(QuotaLimit(kind, percent))
    log("org_create_quota_limit", namespace, type=kind, threshold_percent=percent)
    return "Created", 201


@area.route("GET", f"{ORG}/<quota_id>/limit/<limit_id>", when=on)
def get_limit(namespace: str, quota_id: str, limit_id: str):
    return limit_view(find_limit(need_quota(org(namespace), quota_id), limit_id))


@area.route("PUT", f"{ORG}/<quota_id>/limit/<limit_id>", when=on, takes=LIMIT_UPDATE)
def update_limit(namespace: str, quota_id: str, limit_id: str):
    """Answers with the whole quota."""
    data = body(LIMIT_UPDATE)
    quota = need_quota(any_kind(namespace), quota_id)
    limit = find_limit(quota, limit_id)
    kind, percent = data.get("type", limit.kind).capitalize(), data.get("threshold_percent", limit.percent)
    check_limit(kind, percent)
    old = {"previous_type": limit.kind, "previous_threshold_percent": limit.percent}
    limit.kind, limit.percent = kind, percent
    log("org_change_quota_limit", namespace, type=kind, threshold_percent=percent, **old)
    return view(quota)


@area.route("DELETE", f"{ORG}/<quota_id>/limit/<limit_id>", when=on)
def delete_limit(namespace: str, quota_id: str, limit_id: str):
    quota = need_quota(any_kind(namespace), quota_id)
    limit = find_limit(quota, limit_id)
    quota.limits.remove(limit)
    log("org_delete_quota_limit", namespace, limit_id=limit.id, type=limit.kind, threshold_percent=limit.percent)
    return "", 204


@area.route("GET", f"{USER}/<quota_id>/limit", when=on)
def own_limits(quota_id: str):
    return limits(need_quota(auth.need_user_admin(), quota_id))


@area.route("GET", f"{USER}/<quota_id>/limit/<limit_id>", when=on)
def own_limit(quota_id: str, limit_id: str):
    return limit_view(find_limit(need_quota(auth.need_user_admin(), quota_id), limit_id))
