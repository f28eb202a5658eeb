# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The areas of the API, one file each, like Quay's own endpoints/api."""

from __future__ import annotations

from . import (
    entities,
    federation,
    initialize,
    invites,
    members,
    organizations,
    permissions,
    prototypes,
    quotas,
    repositories,
    robots,
    signin,
    starred,
    superuser,
    superuser_organizations,
    syncing,
    teams,
    users,
    web,
)

AREAS = [
    module.area
    for module in (
        entities,
        federation,
        initialize,
        invites,
        members,
        organizations,
        permissions,
        prototypes,
        quotas,
        repositories,
        robots,
        signin,
        starred,
        superuser,
        superuser_organizations,
        syncing,
        teams,
        users,
        web,
    )
]
