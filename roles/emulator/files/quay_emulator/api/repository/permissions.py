# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Grants on a repository to users, robots and teams."""

from __future__ import annotations

from ...data.models import Namespace, Repository, Team
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import CrashError, MessageError, invalid, not_found
from ...endpoints.routing import Area
from ...endpoints.schema import body, named, object_of, text
from ...endpoints.views import avatar_of

area = Area()
PATH = "/repository/<repository:repository>/permissions"
ROLE = named("TeamPermission", object_of(["role"], role=text(enum=["read", "write", "admin"])))
NO_USER_GRANT = "User does not have permission for repo."
NO_TEAM_GRANT = "Team does not have permission for repo."


def user_view(namespace: str, one: Namespace, role: str) -> dict:
    org = auth.store().org(namespace)
    view = {"role": role, "name": one.name, "is_robot": one.is_robot, "avatar": avatar_of(one)}
    if org is not None:
        view["is_org_member"] = auth.store().is_org_member(org, one)
    return view


def team_view(team: Team, role: str) -> dict:
    return {"role": role, "name": team.name, "avatar": avatar_of(team)}


def need_repository(namespace: str, name: str) -> Repository:
    """Nothing in the real server catches that a repository is missing."""
    repo = auth.store().repository(namespace, name)
    if repo is None:
        raise CrashError()
    return repo


@area.route("GET", f"{PATH}/user/")
def list_users(namespace: str, name: str):
    """Of a missing repository: none."""
    auth.need_repo(namespace, name, "admin", read=True)
    repo = auth.store().repository(namespace, name)
    grants = repo.user_roles if repo else {}
    return {"permissions": {one.name: user_view(namespace, one, role) for one, role in grants.items()}}


@area.route("GET", f"{PATH}/team/")
def list_teams(namespace: str, name: str):
    auth.need_repo(namespace, name, "admin", read=True)
    repo = auth.store().repository(namespace, name)
    grants = repo.team_roles if repo else {}
    return {"permissions": {team.name: team_view(team, role) for team, role in grants.items()}}


@area.route("GET", f"{PATH}/user/<username>/transitive")
def transitive(namespace: str, name: str, username: str):
    auth.need_repo(namespace, name, "admin", read=True)
    one, repo = auth.store().member(username), auth.store().repository(namespace, name)
    if one is None or repo is None:
        raise not_found()
    roles = [repo.user_roles[one]] if one in repo.user_roles else []
    roles += [role for team, role in repo.team_roles.items() if one in team.members]
    if not roles:
        raise not_found()
    return {"permissions": [{"role": role} for role in roles]}


def user_grant(namespace: str, name: str, username: str) -> tuple[Repository, Namespace] | None:
    repo, one = auth.store().repository(namespace, name), auth.store().names.get(username)
    return (repo, one) if repo and one in repo.user_roles else None


@area.route("GET", f"{PATH}/user/<username>")
def get_user(namespace: str, name: str, username: str):
    auth.need_repo(namespace, name, "admin", read=True)
    found = user_grant(namespace, name, username)
    if found is None:
        raise MessageError(NO_USER_GRANT)
    repo, one = found
    return user_view(namespace, one, repo.user_roles[one])


@area.route("PUT", f"{PATH}/user/<username>", takes=ROLE)
def put_user(namespace: str, name: str, username: str):
    """An organization is accepted as a user, a robot of another owner is not."""
    auth.need_repo(namespace, name, "admin")
    role = body(ROLE)["role"]
    if username == namespace:
        raise invalid("Namespace owner must always be admin.")
    one = auth.store().names.get(username)
    if one is None:
        raise invalid(f"Invalid username: {username}")
    if one.is_robot and one.owner.name != namespace:
        raise invalid(f"Cannot add robot {username} under namespace {namespace}")
    repo = need_repository(namespace, name)
    repo.user_roles[one] = role
    change = {"username": username, "repo": name, "namespace": namespace, "role": role}
    log_action("change_repo_permission", namespace, change, repo)
    return user_view(namespace, one, role)


@area.route("DELETE", f"{PATH}/user/<username>")
def delete_user(namespace: str, name: str, username: str):
    auth.need_repo(namespace, name, "admin")
    if username == namespace:
        raise invalid("Namespace owner must always be admin.")
    found = user_grant(namespace, name, username)
    if found is None:
        raise invalid(NO_USER_GRANT)
    repo, one = found
    del repo.user_roles[one]
    change = {"username": username, "repo": name, "namespace": namespace}
    log_action("delete_repo_permission", namespace, change, repo)
    return "", 204


def team_grant(namespace: str, name: str, teamname: str) -> tuple[Repository, Team] | None:
    repo, team = auth.store().repository(namespace, name), auth.store().team(namespace, teamname)
    return (repo, team) if repo and team in repo.team_roles else None


@area.route("GET", f"{PATH}/team/<teamname>")
def get_team(namespace: str, name: str, teamname: str):
    auth.need_repo(namespace, name, "admin", read=True)
    found = team_grant(namespace, name, teamname)
    if found is None:
        raise MessageError(NO_TEAM_GRANT)
    repo, team = found
    return {"role": repo.team_roles[team]}


@area.route("PUT", f"{PATH}/team/<teamname>", takes=ROLE)
def put_team(namespace: str, name: str, teamname: str):
    auth.need_repo(namespace, name, "admin")
    role = body(ROLE)["role"]
    team = auth.store().team(namespace, teamname)
    if team is None:
        raise invalid(f"No team {teamname} in organization {namespace}")
    repo = need_repository(namespace, name)
    repo.team_roles[team] = role
    log_action("change_repo_permission", namespace, {"team": teamname, "repo": name, "role": role}, repo)
    return team_view(team, role)


@area.route("DELETE", f"{PATH}/team/<teamname>")
def delete_team(namespace: str, name: str, teamname: str):
    auth.need_repo(namespace, name, "admin")
    found = team_grant(namespace, name, teamname)
    if found is None:
        raise invalid(NO_TEAM_GRANT)
    repo, team = found
    del repo.team_roles[team]
    log_action("delete_repo_permission", namespace, {"team": teamname, "repo": name}, repo)
    return "", 204
