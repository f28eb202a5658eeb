# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Teams, their members and invites."""

from __future__ import annotations

from ...data.directory import service_metadata, sync_team
from ...data.models import Invite, Namespace, Team
from ...data.store import name_problem
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import CrashError, MessageError, invalid, not_found
from ...endpoints.routing import Area
from ...endpoints.schema import body, flag, named, object_of, text
from ...endpoints.views import avatar, avatar_of, date, member_view

area = Area()
TEAM = named("TeamDescription", object_of(["role"], role=text(enum=["member", "creator", "admin"]), description=text()))
TEAM_PATH = "/organization/<orgname>/team/<teamname>"
MEMBER_PATH = f"{TEAM_PATH}/members/<membername>"


def team_view(team: Team, new: bool = False) -> dict:
    return {
        "name": team.name,
        "description": team.description,
        "can_view": auth.can_view_team(team.org.name, team.name),
        "role": team.role,
        "avatar": avatar_of(team),
        "new_team": new,
    }


def invite_view(invite: Invite) -> dict:
    if invite.user is not None:
        return member_view(invite.user, invited=True)
    return {"email": invite.email, "kind": "invite", "avatar": avatar(invite.email, "user"), "invited": True}


def need_team(orgname: str, teamname: str) -> Team:
    team = auth.store().team(orgname, teamname)
    if team is None:
        raise not_found()
    return team


def admin_teams_of_caller(org: Namespace) -> list[Team]:
    return [team for team in org.teams.values() if team.role == "admin" and auth.user() in team.members]


@area.route("PUT", TEAM_PATH, takes=TEAM)
def put_team(orgname: str, teamname: str):
    data = body(TEAM)
    auth.need_org_admin(orgname)
    team = auth.store().team(orgname, teamname)
    if team is None:
        return team_view(create_team(orgname, teamname, data), new=True)
    if data.get("description", team.description) != team.description:
        team.description = data["description"]
        log_action("org_set_team_description", orgname, {"team": teamname, "description": team.description})
    if team.role == "admin" and data["role"] != "admin" and admin_teams_of_caller(team.org) == [team]:
        raise MessageError(
            f"Cannot remove admin from team '{teamname}' because calling user"
            f" would no longer have admin on org '{orgname}'"
        )
    if team.role != data["role"]:
        team.role = data["role"]
        log_action("org_set_team_role", orgname, {"team": teamname, "role": team.role})
    return team_view(team)


def create_team(orgname: str, teamname: str, data: dict) -> Team:
    org = auth.store().need_org(orgname)
    if problem := name_problem(teamname, "Team"):
        raise MessageError(f"Invalid team name {teamname}: {problem}")
    team = Team(teamname, org, data["role"], data.get("description", ""))
    org.teams[teamname] = team
    log_action("org_create_team", org, {"team": teamname})
    return team


@area.route("DELETE", TEAM_PATH)
def delete_team(orgname: str, teamname: str):
    auth.need_org_admin(orgname)
    team = auth.store().team(orgname, teamname)
    if team is None:
        raise MessageError(f"Team '{teamname}' is not a team in org '{orgname}'")
    if team.role == "admin":
        mine = admin_teams_of_caller(team.org)
        if not mine:
            # A superuser from outside: the real server takes the first of an empty list.
            raise CrashError()
        if mine == [team]:
            raise MessageError(
                f"Deleting team '{teamname}' would remove admin ability for user"
                f" '{auth.user().name}' in organization '{orgname}'"
            )
    auth.store().delete_team(team)
    log_action("org_delete_team", orgname, {"team": teamname})
    return "", 204


def sync_allowed(orgname: str) -> bool:
    anybody = auth.store().settings.feature("NONSUPERUSER_TEAM_SYNCING_SETUP")
    return (anybody or auth.superuser()) and auth.org_admin(orgname)


def syncing() -> bool:
    settings = auth.store().settings
    return settings.feature("TEAM_SYNCING") and settings.federated_service() is not None


@area.route("GET", f"{TEAM_PATH}/members")
def list_members(orgname: str, teamname: str):
    if not (auth.can_view_team(orgname, teamname) or auth.full_access() or auth.readonly_superuser()):
        raise auth.errors.unauthorized()
    team = need_team(orgname, teamname)
    admin = auth.org_admin(orgname)
    members = [member_view(one) for one in team.members]
    if flag("includePending") and admin:
        members += [invite_view(invite) for invite in team.invites]
    view = {"name": teamname, "members": members, "can_edit": admin}
    if syncing():
        view.update(sync_view(team))
        if team.sync is not None and team.sync.service != "oidc" and auth.store().settings["sync_when_read"]:
            sync_team(auth.store(), team)
    return view


def sync_view(team: Team) -> dict:
    store, view = auth.store(), {}
    if sync_allowed(team.org.name):
        view["can_sync"] = {"service": store.settings.federated_service(), **service_metadata(store)}
    if team.sync is not None:
        view["synced"] = {"service": team.sync.service}
        if store.settings.feature("NONSUPERUSER_TEAM_SYNCING_SETUP") or auth.superuser():
            view["synced"].update(last_updated=date(team.sync.last_updated), config=team.sync.config)
    return view


def refuse_synced(orgname: str, teamname: str, membername: str = "") -> None:
    """Checked before everything else; robots may come and go."""
    team = auth.store().team(orgname, teamname)
    if syncing() and team is not None and team.sync is not None and "+" not in membername:
        raise invalid("Cannot call this method on an auth-synced team")


@area.route("PUT", MEMBER_PATH)
def put_member(orgname: str, teamname: str, membername: str):
    refuse_synced(orgname, teamname, membername)
    auth.need_org_admin(orgname)
    team = need_team(orgname, teamname)
    one = auth.store().member(membername)
    if one is None:
        raise invalid("Unknown user")
    settings = auth.store().settings
    if settings.feature("MAILING") and settings.feature("REQUIRE_TEAM_INVITE") and must_be_invited(team, one):
        team.invites.append(Invite(auth.user(), one, None))
        change = {"user": membername, "member": membername, "team": teamname}
        log_action("org_invite_team_member", orgname, change)
        return member_view(one, invited=True)
    if one in team.members:
        raise MessageError(f"User {membername} is already a member of team {teamname}")
    team.members.append(one)
    log_action("org_add_team_member", orgname, {"member": membername, "team": teamname})
    return member_view(one)


def must_be_invited(team: Team, one: Namespace) -> bool:
    if one.is_robot and one.owner is not team.org:
        raise MessageError("Cannot add the specified robot to this team, as it is not a member of the organization")
    return not auth.store().is_org_member(team.org, one)


@area.route("DELETE", MEMBER_PATH)
def delete_member(orgname: str, teamname: str, membername: str):
    """A pending invite goes first."""
    refuse_synced(orgname, teamname, membername)
    auth.need_org_admin(orgname)
    team = need_team(orgname, teamname)
    one = auth.store().member(membername)
    if one is None:
        raise not_found()
    if invite := next((invite for invite in team.invites if invite.user is one), None):
        team.invites.remove(invite)
        change = {"user": membername, "team": teamname, "member": membername}
        log_action("org_delete_team_member_invite", orgname, change)
        return "", 204
    if one is auth.user() and team.role == "admin" and admin_teams_of_caller(team.org) == [team]:
        raise MessageError("User cannot remove themselves from their only admin team.")
    if one not in team.members:
        raise MessageError(f"User {membername} does not belong to team {teamname}")
    team.members.remove(one)
    log_action("org_remove_team_member", orgname, {"member": membername, "team": teamname})
    return "", 204


@area.route("GET", f"{TEAM_PATH}/permissions")
def list_permissions(orgname: str, teamname: str):
    auth.need_org_admin(orgname, read=True)
    team = need_team(orgname, teamname)
    grants = [(repo, repo.team_roles[team]) for repo in auth.store().repositories if team in repo.team_roles]
    return {
        "permissions": [
            {"repository": {"name": repo.name, "is_public": repo.public}, "role": role} for repo, role in grants
        ]
    }
