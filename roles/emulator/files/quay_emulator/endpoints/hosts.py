# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other registries: which ones the real server would speak to."""

from __future__ import annotations

import ipaddress

from . import auth
from .errors import invalid

LOCAL = ("localhost", "metadata", "metadata.google.internal", "kubernetes.default.svc", "kubernetes")


def host_of(registry: str) -> str:
    return registry.split("/", 1)[0].rpartition("@")[2].partition(":")[0]


def check_host(registry: str, what: str = "registry URL") -> None:
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
        raise invalid(f"The provided {what} is not allowed")
    if host.endswith(".invalid") or host in ("http", "https") or host != host.strip():
        raise invalid(f"Cannot resolve hostname '{host}'")
