# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Organizations that cache another registry."""

from __future__ import annotations

import ipaddress

from ...data.models import Namespace, ProxyCache
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import CrashError, invalid, not_found
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, named, object_of, text

area = Area()
on = feature("PROXY_CACHE")
ORG = "/organization/<orgname>"
# The real server looks at no other key before the database does.
NEW = named("NewProxyCacheConfig", object_of(["upstream_registry"], upstream_registry=text()))
MOST_SECONDS = 2**31 - 1
LOCAL = ("localhost", "metadata.google.internal", "kubernetes.default.svc")


def find(orgname: str, need_none: bool = False) -> ProxyCache | None:
    org = auth.store().org(orgname)
    cache = org.proxy_cache if org else None
    if cache and need_none:
        raise invalid("Proxy Cache Configuration already exists")
    return cache


def host_of(registry: str) -> str:
    return registry.split("/", 1)[0].rpartition("@")[2].partition(":")[0]


def check_host(registry: str) -> None:
    """Names that end in .invalid cannot be resolved, here as anywhere."""
    host = host_of(registry)
    if not host:
        raise invalid("URL must include a hostname")
    if host.lower() in auth.store().settings["SSRF_ALLOWED_HOSTS"]:
        return
    try:
        inside = not ipaddress.ip_address(host).is_global
    except ValueError:
        inside = host.lower() in LOCAL
    if inside:
        raise invalid("The provided registry URL is not allowed")
    if host.endswith(".invalid") or host in ("http", "https") or host != host.strip():
        raise invalid(f"Cannot resolve hostname '{host}'")


@area.route("GET", f"{ORG}/proxycache", when=on)
def get(orgname: str):
    """Empty texts where there is none, also where there is no such organization."""
    auth.need_org_member(orgname)
    cache = find(orgname)
    names = ("upstream_registry", "expiration_s", "insecure")
    return {name: getattr(cache, name) if cache else "" for name in names}


def need(orgname: str) -> dict:
    """The checked body of a call that no existing cache may hinder."""
    data = body(NEW)
    auth.need_org_admin(orgname)
    find(orgname, need_none=True)
    auth.store().need_org(orgname)
    check_host(data["upstream_registry"])
    return data


@area.route("POST", f"{ORG}/proxycache", when=on, takes=NEW)
def create(orgname: str):
    data = need(orgname)
    org: Namespace = auth.store().need_org(orgname)
    expiration = int(data.get("expiration_s", 86400))
    if abs(expiration) > MOST_SECONDS:
        raise CrashError()
    credentials = (data.get("upstream_registry_username"), data.get("upstream_registry_password"))
    insecure = bool(data.get("insecure", False))
    org.proxy_cache = ProxyCache(data["upstream_registry"], credentials, expiration, insecure)
    log_action("create_proxy_cache_config", org, {"upstream_registry": data["upstream_registry"]})
    return "Created", 201


@area.route("DELETE", f"{ORG}/proxycache", when=on)
def delete(orgname: str):
    auth.need_org_admin(orgname)
    if find(orgname) is None:
        raise not_found()
    org = auth.store().need_org(orgname)
    org.proxy_cache = None
    log_action("delete_proxy_cache_config", org, {})
    return "Deleted", 201


@area.route("POST", f"{ORG}/validateproxycache", when=on, takes=NEW)
def validate(orgname: str):
    """Who may sign in where is a setting; a registry that it does not name takes everybody."""
    data = need(orgname)
    username, password = data.get("upstream_registry_username"), data.get("upstream_registry_password")
    if username is None or password is None:
        return "Anonymous", 202
    accounts = auth.store().settings["upstream_accounts"].get(data["upstream_registry"].split("/", 1)[0])
    if accounts is not None and accounts.get(username) != password:
        raise invalid("Failed login to remote registry. Please verify entered details and try again.")
    return "Valid", 202
