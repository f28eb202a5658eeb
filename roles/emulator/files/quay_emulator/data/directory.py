# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The directory behind the registry (LDAP, OIDC or Keystone): its users and groups are a setting.

``{"users": {name: {"email": e, "password": p}}, "groups": {group: [name, ...]}}``; a group of LDAP is
named by its distinguished name relative to the base.
"""

from __future__ import annotations

import json
import re
import time

from ..endpoints.errors import CrashError
from .models import Namespace, Team
from .store import Store

GROUP_KEYS = {"ldap": "group_dn", "keystone": "group_id", "oidc": "group_name"}


def service_metadata(store: Store) -> dict:
    directory, service = store.settings["directory"], store.settings.federated_service()
    if service == "ldap":
        return {"base_dn": directory["base_dn"]}
    if service == "oidc":
        return {"issuer_domain": directory["issuer_domain"]}
    return {}


def group_members(store: Store, group: str) -> list[str]:
    """Names are compared without case, as LDAP does."""
    groups = store.settings["directory"]["groups"]
    return next((members for name, members in groups.items() if name.lower() == group.lower()), [])


def group_problem(store: Store, config) -> str | None:
    """Why a team cannot be synced to this group. OIDC has no way to look groups up, and LDAP sees no empty ones."""
    service = store.settings.federated_service()
    if service == "oidc":
        return None
    key = GROUP_KEYS[service]
    group = config.get(key)
    if not group:
        return f"Missing {key}"
    if not isinstance(group, str):
        raise CrashError()
    if service == "keystone":
        return None if group in store.settings["directory"]["groups"] else "Group not found"
    if not group_members(store, group):
        return "Group does not exist or is empty"
    return None


def claimed(store: Store, name: str, group: str) -> bool:
    """Whether OIDC's claim of this user holds the group.

    Quay looks for the text of the name inside escaped JSON, so some names are never found.
    """
    return json.dumps(group) == f'"{group}"' and name in store.settings["directory"]["groups"].get(group, [])


def sign_in(store: Store, name: str) -> Namespace | None:
    """What a sign-in by way of the directory does; with OIDC it brings the user into the teams of his groups."""
    user = link(store, re.sub(r"[^a-z0-9_-]", "_", name.lower()), name)
    if user is None or store.settings.federated_service() != "oidc":
        return user
    for team in synced_teams(store):
        if claimed(store, name, team.sync.config.get("group_name", "")):
            team.members += [user] if user not in team.members else []
        else:
            team.members = [one for one in team.members if one is not user]
    return user


def link(store: Store, name: str, entry: str | None = None) -> Namespace | None:
    """The account of a directory user (``entry`` where the directory calls him otherwise), made if it is missing."""
    known = store.settings["directory"]["users"].get(entry or name)
    if known is None:
        return None
    return store.user(name) or store.add_user(name, known.get("email"))


def sync_team(store: Store, team: Team) -> None:
    group = team.sync.config.get(GROUP_KEYS[team.sync.service], "")
    wanted = [link(store, name) for name in group_members(store, group)]
    robots = [one for one in team.members if one.is_robot]
    team.members = robots + [one for one in wanted if one is not None]
    team.sync.last_updated = time.time()


def synced_teams(store: Store) -> list[Team]:
    return [team for org in store.all("org") for team in org.teams.values() if team.sync]


def sync_all(store: Store) -> int:
    """What Quay's worker does now and then."""
    if store.settings.federated_service() == "oidc":
        # It cannot be asked who is in a group.
        return 0
    teams = synced_teams(store)
    for team in teams:
        sync_team(store, team)
    return len(teams)
