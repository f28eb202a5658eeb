# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Organizations that cache another registry."""

from __future__ import annotations

from ...data.models import Namespace, ProxyCache
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import CrashError, invalid, not_found
from ...endpoints.hosts import check_host
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, named, object_of, text

area = Area()
on = feature("PROXY_CACHE")
ORG = "/organization/<orgname>"
# The real server looks at no other key before the database does.
NEW = named("NewProxyCacheConfig", object_of(["upstream_registry"], upstream_registry=text()))
MOST_SECONDS = 2**31 - 1


def find(orgname: str, need_none: bool = False) -> ProxyCache | None:
    org = auth.store().org(orgname)
    cache = org.proxy_cache if org else None
    if cache and need_none:
        raise invalid("Proxy Cache Configuration already exists")
    return cache


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
    org = auth.store().need_org(orgname)
    if org.mirror is not None:
        raise invalid("Cannot create proxy cache: organization is managed by organization-level mirroring")
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
