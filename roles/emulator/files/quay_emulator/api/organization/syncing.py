# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Binding a team to a group of the directory."""

from __future__ import annotations

from ...data.directory import group_problem
from ...data.models import Sync
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import CrashError, invalid, unauthorized
from ...endpoints.routing import Area, feature
from ...endpoints.schema import raw_json
from .teams import TEAM_PATH, need_team, sync_allowed, team_view

area = Area()


@area.route("POST", f"{TEAM_PATH}/syncing", when=feature("TEAM_SYNCING"))
def enable(orgname: str, teamname: str):
    auth.need_fresh_login()
    if not sync_allowed(orgname):
        raise unauthorized()
    team = need_team(orgname, teamname)
    config = raw_json()
    store = auth.store()
    if store.settings.federated_service() is None:
        raise invalid("Could not sync to group: Not supported")
    if problem := group_problem(store, config):
        raise invalid(f"Could not sync to group: {problem}")
    if team.sync is not None:
        # The row is unique and nothing catches that.
        raise CrashError()
    team.sync = Sync(store.settings.federated_service(), config)
    if team.sync.service == "oidc":
        team.members = [one for one in team.members if one.is_robot]
    log_action("enable_team_sync", orgname, {"team": teamname})
    return team_view(team)


@area.route("DELETE", f"{TEAM_PATH}/syncing", when=feature("TEAM_SYNCING"))
def disable(orgname: str, teamname: str):
    """Also fine for a team that is not synced; the members stay."""
    auth.need_fresh_login()
    if not sync_allowed(orgname):
        raise unauthorized()
    team = need_team(orgname, teamname)
    team.sync = None
    log_action("disable_team_sync", orgname, {"team": teamname})
    return team_view(team)
