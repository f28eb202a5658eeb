# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The areas of the API, one file each, like Quay's own endpoints/api."""

from __future__ import annotations

from . import (
    build_files,
    builds,
    entities,
    federation,
    initialize,
    invites,
    logs,
    members,
    organizations,
    permissions,
    policies,
    prototypes,
    proxy_caches,
    quota_limits,
    quotas,
    repositories,
    robots,
    signin,
    starred,
    superuser,
    superuser_builds,
    superuser_organizations,
    syncing,
    tags,
    teams,
    trigger_builds,
    triggers,
    users,
    web,
)

AREAS = [
    module.area
    for module in (
        build_files,
        builds,
        entities,
        federation,
        initialize,
        invites,
        logs,
        members,
        organizations,
        permissions,
        policies,
        prototypes,
        proxy_caches,
        quota_limits,
        quotas,
        repositories,
        robots,
        signin,
        starred,
        superuser,
        superuser_builds,
        superuser_organizations,
        syncing,
        tags,
        teams,
        trigger_builds,
        triggers,
        users,
        web,
    )
]
