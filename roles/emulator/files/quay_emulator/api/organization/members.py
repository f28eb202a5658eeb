# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members and collaborators of an organization."""

from __future__ import annotations

from ...data.models import Namespace
from ...endpoints import auth
from ...endpoints.errors import MessageError, not_found
from ...endpoints.routing import Area
from ...endpoints.views import avatar_of

area = Area()


def repositories_of(org: Namespace, one: Namespace) -> list[str]:
    """Deleted repositories stay in it, under a UUID, until they are collected."""
    return [repo.name for repo in auth.store().repositories if repo.namespace is org and one in repo.user_roles]


def teams_of(org: Namespace, one: Namespace) -> list[dict]:
    teams = [team for team in org.teams.values() if one in team.members]
    return [{"name": team.name, "avatar": avatar_of(team)} for team in teams]


def member_view(org: Namespace, one: Namespace) -> dict:
    return {
        "name": one.name,
        "kind": one.kind,
        "avatar": avatar_of(one),
        "teams": teams_of(org, one),
        "repositories": repositories_of(org, one),
    }


def need(orgname: str, read: bool = False) -> Namespace:
    auth.need_org_admin(orgname, read)
    org = auth.store().org(orgname)
    if org is None:
        raise not_found()
    return org


@area.route("GET", "/organization/<orgname>/members")
def list_members(orgname: str):
    org = need(orgname, read=True)
    found = {one: None for team in org.teams.values() for one in team.members if not one.is_robot}
    return {"members": [member_view(org, one) for one in found]}


@area.route("GET", "/organization/<orgname>/collaborators")
def list_collaborators(orgname: str):
    org = need(orgname, read=True)
    found = {one: None for repo in auth.store().repositories if repo.namespace is org for one in repo.user_roles}
    outside = [one for one in found if not one.is_robot and not auth.store().is_org_member(org, one)]
    views = [
        {"kind": "user", "name": one.name, "avatar": avatar_of(one), "repositories": repositories_of(org, one)}
        for one in outside
    ]
    return {"collaborators": views}


@area.route("GET", "/organization/<orgname>/members/<membername>")
def get_member(orgname: str, membername: str):
    """Robots of the organization are found without a team, too."""
    org = need(orgname, read=True)
    one = auth.store().member(membername)
    if one is None or not (teams_of(org, one) or membername.startswith(f"{orgname}+")):
        raise not_found()
    return member_view(org, one)


@area.route("DELETE", "/organization/<orgname>/members/<membername>")
def remove_member(orgname: str, membername: str):
    """204 also for a user who is no member."""
    org = need(orgname)
    one = auth.store().user(membername)
    if one is None:
        raise not_found()
    if auth.store().admins(org) == {one}:
        raise MessageError("Cannot remove user as they are the only organization admin")
    for team in org.teams.values():
        team.members = [member for member in team.members if member is not one]
    for repo in auth.store().repositories:
        if repo.namespace is org:
            repo.user_roles.pop(one, None)
    return "", 204
