# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage quotas of namespaces and their limits."""

from __future__ import annotations

import re

from .. import auth
from ..errors import CrashError, MessageError, invalid, not_found
from ..models import Namespace, Quota, QuotaLimit
from ..routing import Area
from ..schema import body, object_of, problem, raw_json, text
from ..settings import Settings
from ..views import quota_item

area = Area()
on = Settings.quota
SIZE = re.compile(r"^(\d+)\s?([KMGTPEZY]?)(i?)B?$")
LIMIT = object_of(["type", "threshold_percent"], type=text(), threshold_percent={"type": "integer"})
LIMIT_UPDATE = {**LIMIT, "required": []}
ORG = "/organization/<namespace>/quota"
USER = "/user/quota"
SUPERUSER = ("/superuser/users/<namespace>/quota", "/superuser/organization/<namespace>/quota")


def size_text(size: float) -> str:
    for unit in ("Byte", "KiB", "MiB", "GiB", "TiB"):
        if size < 1024 or unit == "TiB":
            return f"{size:.1f} {unit}"
        size /= 1024
    return ""


def view(quota: Quota, size: float | None = None) -> dict:
    size = quota.limit_bytes if size is None else size
    default = auth.store().settings["DEFAULT_SYSTEM_REJECT_QUOTA_BYTES"] != 0
    return {
        **quota_item(quota),
        "limit_bytes": size,
        "limit": size_text(size),
        "default_config": False,
        "default_config_exists": default,
    }


def list_view(one: Namespace) -> list[dict]:
    default = auth.store().settings["DEFAULT_SYSTEM_REJECT_QUOTA_BYTES"]
    if one.quota is None and default:
        return [{**view(Quota(default)), "id": None, "default_config": True}]
    return [view(one.quota)] if one.quota else []


def wanted_size(creating: bool) -> float | None:
    """The body holds either limit_bytes or a limit in words; an update may hold neither."""
    data = raw_json()
    keys = [key for key in ("limit_bytes", "limit") if isinstance(data, dict) and key in data]
    kind = {"limit_bytes": {"type": "integer"}, "limit": text()}
    strict = not creating and isinstance(data, dict) and set(data) - {"limit", "limit_bytes"}
    wrong = problem(data, object_of(**kind))
    if wrong or strict or len(keys) > 1 or (creating and not keys):
        raise invalid(wrong or f"{data!r} is not valid under any of the given schemas")
    if keys == ["limit_bytes"]:
        return data["limit_bytes"]
    return parse_size(data["limit"]) if keys else None


def parse_size(size: str) -> float:
    found = SIZE.match(size)
    if found is None:
        raise invalid(f"{size!r} does not match {SIZE.pattern!r}")
    number, prefix, binary = found.groups()
    power = "KMGTPEZY".find(prefix) + 1 if prefix else 0
    return float(int(number) * (1024 if binary else 1000) ** power)


def check_size(size: float) -> None:
    if size <= 0:
        raise invalid(f"Invalid quota size limit value: '{size}'")


def need_quota(one: Namespace | None, quota_id: str) -> Quota:
    if one is None or one.quota is None or str(one.quota.id) != quota_id:
        raise not_found()
    return one.quota


def org(namespace: str, write: bool = False) -> Namespace | None:
    """Members may look; only superusers with full access may change."""
    allowed = auth.full_access() if write else auth.org_member(namespace) or auth.readonly_superuser()
    if not allowed:
        raise auth.errors.unauthorized()
    return auth.store().org(namespace)


def any_namespace(namespace: str, write: bool = False) -> Namespace | None:
    auth.need_fresh_login()
    auth.need_superuser(read=not write)
    one = auth.store().get(namespace, "user", "org")
    if one is None and write:
        raise CrashError()
    return one


def create(one: Namespace | None, size: float, what: str):
    if one is None:
        raise not_found()
    if one.quota is not None:
        raise invalid(f"{what} for '{one.name}' already exists")
    check_size(size)
    one.quota = Quota(int(size))
    return "Created", 201


def update(one: Namespace | None, size: float | None, quota_id: str):
    """Zero is ignored; a size in words comes back as a float, once."""
    quota = need_quota(one, quota_id)
    if not size:
        return view(quota)
    check_size(size)
    quota.limit_bytes = int(size)
    return view(quota, size)


def delete(one: Namespace | None, quota_id: str):
    need_quota(one, quota_id)
    one.quota = None
    return "", 204


def register(path: str, find, what: str) -> None:
    """The same five calls for organizations and, twice, for superusers."""

    @area.route("GET", path, when=on)
    def list_quotas(namespace: str):
        one = find(namespace)
        if one is None:
            raise not_found()
        return list_view(one)

    @area.route("POST", path, when=on)
    def create_quota(namespace: str):
        size = wanted_size(creating=True)
        return create(find(namespace, write=True), size, what)

    @area.route("GET", f"{path}/<quota_id>", when=on if find is org else lambda _settings: False)
    def get_quota(namespace: str, quota_id: str):
        return view(need_quota(find(namespace), quota_id))

    @area.route("PUT", f"{path}/<quota_id>", when=on)
    def update_quota(namespace: str, quota_id: str):
        size = wanted_size(creating=False)
        return update(find(namespace, write=True), size, quota_id)

    @area.route("DELETE", f"{path}/<quota_id>", when=on)
    def delete_quota(namespace: str, quota_id: str):
        return delete(find(namespace, write=True), quota_id)


register(ORG, org, "Organization quota")
for superuser_path in SUPERUSER:
    register(superuser_path, any_namespace, "Quota")


def limits(quota: Quota) -> list[dict]:
    return quota_item(quota)["limits"]


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


@area.route("POST", f"{ORG}/<quota_id>/limit", when=on)
def create_limit(namespace: str, quota_id: str):
    data = body(LIMIT)
    quota = need_quota(org(namespace, write=True), quota_id)
    kind, percent = data["type"].capitalize(), data["threshold_percent"]
    if any((one.kind, one.percent) == (kind, percent) for one in quota.limits):
        raise invalid("Quota limit already exists")
    check_limit(kind, percent)
    quota.limits.append(QuotaLimit(kind, percent))
    return "Created", 201


@area.route("GET", f"{ORG}/<quota_id>/limit/<limit_id>", when=on)
def get_limit(namespace: str, quota_id: str, limit_id: str):
    return limit_view(find_limit(need_quota(org(namespace), quota_id), limit_id))


@area.route("PUT", f"{ORG}/<quota_id>/limit/<limit_id>", when=on)
def update_limit(namespace: str, quota_id: str, limit_id: str):
    """Answers with the whole quota."""
    data = body(LIMIT_UPDATE)
    quota = need_quota(org(namespace, write=True), quota_id)
    limit = find_limit(quota, limit_id)
    kind, percent = data.get("type", limit.kind).capitalize(), data.get("threshold_percent", limit.percent)
    check_limit(kind, percent)
    limit.kind, limit.percent = kind, percent
    return view(quota)


@area.route("DELETE", f"{ORG}/<quota_id>/limit/<limit_id>", when=on)
def delete_limit(namespace: str, quota_id: str, limit_id: str):
    quota = need_quota(org(namespace, write=True), quota_id)
    quota.limits.remove(find_limit(quota, limit_id))
    return "", 204


@area.route("GET", USER, when=on)
def own_quotas():
    return list_view(auth.need_user_admin())


@area.route("GET", f"{USER}/<quota_id>", when=on)
def own_quota(quota_id: str):
    return view(need_quota(auth.need_user_admin(), quota_id))


@area.route("GET", f"{USER}/<quota_id>/limit", when=on)
def own_limits(quota_id: str):
    return limits(need_quota(auth.need_user_admin(), quota_id))


@area.route("GET", f"{USER}/<quota_id>/limit/<limit_id>", when=on)
def own_limit(quota_id: str, limit_id: str):
    return limit_view(find_limit(need_quota(auth.need_user_admin(), quota_id), limit_id))
