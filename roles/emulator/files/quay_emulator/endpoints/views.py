# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that several areas share: avatars, dates, users, quotas, pages."""

from __future__ import annotations

import functools
import hashlib
import time
from email.utils import formatdate

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer

from ..data.models import Namespace, Quota, Team
from . import auth
from .errors import invalid
from .schema import number

COLORS = ("#969696", "#aec7e8", "#ff7f0e", "#ffbb78", "#2ca02c", "#98df8a", "#d62728", "#ff9896", "#9467bd", "#c5b0d5")


@functools.lru_cache(maxsize=10000)
def face(key: str) -> tuple[str, str]:
    digest = hashlib.sha256(key.lower().encode()).hexdigest()
    return digest, COLORS[int(digest, 16) % len(COLORS)]


def avatar(name: str, kind: str, key: str | None = None) -> dict:
    digest, color = face(key or name)
    return {"name": name, "hash": digest, "color": color, "kind": kind}


def avatar_of(one: Namespace | Team) -> dict:
    if isinstance(one, Team):
        return avatar(one.name, "team", f"team:{one.name}:{one.id}")
    return avatar(one.name, one.kind, one.email)


def date(moment: float | None) -> str | None:
    return None if moment is None else formatdate(moment)


def quota_items(one: Namespace) -> list[dict]:
    return [quota_item(one.quota)] if one.quota else []


def quota_item(quota: Quota) -> dict:
    limits = [{"id": x.id, "type": x.kind, "limit_percent": x.percent} for x in quota.limits]
    return {"id": quota.id, "limit_bytes": quota.limit_bytes, "limits": limits}


def stored_bytes(one: Namespace) -> int:
    """Of the images in all its repositories."""
    return sum(repo.images.size for repo in auth.store().repositories if repo.namespace is one and not repo.deleted)


def quota_keys(one: Namespace) -> dict:
    """The two keys that exist only while quotas are on."""
    if not auth.store().settings.quota():
        return {}
    default = auth.store().settings["DEFAULT_SYSTEM_REJECT_QUOTA_BYTES"] or None
    report = {
        "quota_bytes": stored_bytes(one),
        "configured_quota": one.quota.limit_bytes if one.quota else default,
        "running_backfill": "waiting",
        "backfill_status": "waiting",
    }
    return {"quotas": quota_items(one), "quota_report": report}


def superuser_view(one: Namespace) -> dict:
    settings, readonly = auth.store().settings, {}
    if settings.since("3.16"):
        readonly["global_readonly_super_user"] = one.name in settings["GLOBAL_READONLY_SUPER_USERS"]
    return {
        "kind": "user",
        "name": one.name,
        "username": one.name,
        "email": one.email,
        "verified": one.verified,
        "avatar": avatar_of(one),
        "super_user": auth.is_superuser(one),
        **readonly,
        "enabled": one.enabled,
        **quota_keys(one),
    }


def member_view(one: Namespace, invited: bool = False) -> dict:
    return {
        "name": one.name,
        "kind": "user",
        "is_robot": one.is_robot,
        "avatar": avatar_of(one),
        "invited": invited,
    }


tokens = URLSafeSerializer("not a secret: a test double", "page")


def new_page_token(**position) -> str:
    return tokens.dumps({**position, "made": time.time()})


def page_token() -> dict:
    """A bad or expired page token silently means the first page."""
    try:
        token = tokens.loads(request.args.get("next_page", ""))
    except BadSignature:
        return {}
    return token if time.time() - token["made"] < auth.store().settings["page_token_lifetime"] else {}


def page_start() -> int:
    return page_token().get("start_index", 0)


def page(items: list, size: int) -> tuple[list, dict]:
    """One page of things sorted by id, and the next_page key if there is more."""
    start = page_start()
    rest = [item for item in items if item.id >= start]
    # A negative size cuts the end off, as it does in the real server.
    if not rest or len(rest) <= size:
        return rest, {}
    return rest[:size], {"next_page": new_page_token(start_index=rest[size].id)}


def superuser_page(items: list) -> tuple[list, dict]:
    """The superuser lists are whole unless a limit is asked for."""
    limit = number("limit", "Limit to the number of results to return per page. Max 100.")
    if limit is None:
        return items, {}
    if limit > 100:
        raise invalid("Page limit cannot be above 100")
    return page(items, limit)
