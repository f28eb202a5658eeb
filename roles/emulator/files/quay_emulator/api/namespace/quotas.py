# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage quotas of namespaces."""

from __future__ import annotations

import re

from ...data.models import Namespace, Quota
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import CrashError, invalid, not_found
from ...endpoints.routing import Area, feature
from ...endpoints.schema import known, named, object_of, problem, raw_json, text
from ...endpoints.views import quota_item

area = Area()
SIZES = object_of(limit_bytes={"type": "integer"}, limit=text())
NEW, UPDATE = named("NewOrgQuota", SIZES), named("UpdateOrgQuota", SIZES)
on = feature("QUOTA_MANAGEMENT", "EDIT_QUOTA", "SUPER_USERS")
SIZE = re.compile(r"^(\d+)\s?([KMGTPEZY]?)(i?)B?$")
ORG = "/organization/<namespace>/quota"
USER = "/user/quota"
SUPERUSER = ("/superuser/users/<namespace>/quota", "/superuser/organization/<namespace>/quota")


def size_text(size: float) -> str:
    for unit in ("Byte", "KiB", "MiB", "GiB", "TiB"):
        if size < 1024 or unit == "TiB":
            return f"{size:.1f} {unit}"
        size /= 1024
    return ""


def words(size: float, prefix: str = "") -> dict:
    return {f"{prefix}limit_bytes": size, f"{prefix}limit": size_text(size)}


def view(quota: Quota, size: float | None = None) -> dict:
    size = quota.limit_bytes if size is None else size
    default = auth.store().settings["DEFAULT_SYSTEM_REJECT_QUOTA_BYTES"] != 0
    words_too = {"limit": size_text(size)} if auth.store().settings.since("3.12") else {}
    return {
        **quota_item(quota),
        "limit_bytes": size,
        **words_too,
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
    data = known(raw_json(), NEW)
    keys = [key for key in ("limit_bytes", "limit") if isinstance(data, dict) and key in data]
    strict = not creating and isinstance(data, dict) and set(data) - {"limit", "limit_bytes"}
    wrong = problem(data, NEW)
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
    if not write:
        auth.need_org_member(namespace)
    elif not auth.full_access():
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


def register(path: str, find, what: str) -> None:
    """The same five calls for organizations and, twice, for superusers, whose writes nobody logs."""

    def log(kind: str, namespace: str, **metadata) -> None:
        if find is org:
            log_action(kind, namespace, {"namespace": namespace, **metadata})

    @area.route("GET", path, when=on)
    def list_quotas(namespace: str):
        one = find(namespace)
        if one is None:
            raise not_found()
        return list_view(one)

    @area.route("POST", path, when=on, takes=NEW if find is org else named("NewNamespaceQuota", SIZES))
    def create_quota(namespace: str):
        size = wanted_size(creating=True)
        answer = create(find(namespace, write=True), size, what)
        log("org_create_quota", namespace, **words(size))
        return answer

    @area.route("GET", f"{path}/<quota_id>", when=on if find is org else lambda _settings: False)
    def get_quota(namespace: str, quota_id: str):
        return view(need_quota(find(namespace), quota_id))

    @area.route(
        "PUT", f"{path}/<quota_id>", when=on, takes=UPDATE if find is org else named("UpdateNamespaceQuota", SIZES)
    )
    def update_quota(namespace: str, quota_id: str):
        size = wanted_size(creating=False)
        one = find(namespace, write=True)
        old = need_quota(one, quota_id).limit_bytes
        answer = update(one, size, quota_id)
        if size:
            log("org_change_quota", namespace, **words(size), **words(old, "previous_"))
        return answer

    @area.route("DELETE", f"{path}/<quota_id>", when=on)
    def delete_quota(namespace: str, quota_id: str):
        one = find(namespace, write=True)
        quota = need_quota(one, quota_id)
        one.quota = None
        log("org_delete_quota", namespace, quota_id=quota.id, **words(quota.limit_bytes))
        return "", 204


register(ORG, org, "Organization quota")
for superuser_path in SUPERUSER:
    register(superuser_path, any_namespace, "Quota")


@area.route("GET", USER, when=on)
def own_quotas():
    return list_view(auth.need_user_admin())


@area.route("GET", f"{USER}/<quota_id>", when=on)
def own_quota(quota_id: str):
    return view(need_quota(auth.need_user_admin(), quota_id))
