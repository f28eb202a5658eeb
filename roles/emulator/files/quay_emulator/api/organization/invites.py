# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Invites to a team: by e-mail address, and what the invited user does with them."""

from __future__ import annotations

from ...data.models import Invite, Namespace, Team
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import MessageError, not_found
from ...endpoints.routing import Area, feature
from .teams import TEAM_PATH, invite_view, need_team, refuse_synced

area = Area()
on = feature("MAILING")
EMAIL_PATH = f"{TEAM_PATH}/invite/<email>"


@area.route("PUT", EMAIL_PATH, when=on)
def invite_email(orgname: str, teamname: str, email: str):
    """Each call is one more invite; the address is not looked at."""
    refuse_synced(orgname, teamname)
    auth.need_org_admin(orgname)
    team = need_team(orgname, teamname)
    invite = Invite(auth.user(), None, email)
    team.invites.append(invite)
    log_action("org_invite_team_member", orgname, {"email": email, "team": teamname, "member": email})
    return invite_view(invite)


@area.route("DELETE", EMAIL_PATH, when=on)
def delete_invite(orgname: str, teamname: str, email: str):
    auth.need_org_admin(orgname)
    team = need_team(orgname, teamname)
    invite = next((invite for invite in team.invites if invite.email == email), None)
    if invite is None:
        raise not_found()
    team.invites.remove(invite)
    log_action("org_delete_team_member_invite", orgname, {"email": email, "team": teamname, "member": email})
    return "", 204


def is_for(invite: Invite, one: Namespace) -> bool:
    return invite.user is one or invite.email == one.email


def find(code: str, one: Namespace) -> Team:
    for org in auth.store().all("org"):
        for team in org.teams.values():
            if any(invite.code == code and is_for(invite, one) for invite in team.invites):
                return team
    raise MessageError("Invalid confirmation code.")


@area.route("PUT", "/teaminvite/<code>", when=on, internal=True)
def accept(code: str):
    """All invites into the same organization count as accepted."""
    one = auth.need_user_admin()
    found = find(code, one)
    for team in found.org.teams.values():
        mine = [invite for invite in team.invites if is_for(invite, one)]
        team.invites = [invite for invite in team.invites if invite not in mine]
        if mine and one not in team.members:
            team.members.append(one)
    log_action("org_team_member_invite_accepted", found.org, {"member": one.name, "team": found.name})
    return {"org": found.org.name, "team": found.name}


@area.route("DELETE", "/teaminvite/<code>", when=on, internal=True)
def decline(code: str):
    one = auth.need_user_admin()
    team = find(code, one)
    log_action("org_team_member_invite_declined", team.org, {"member": one.name, "team": team.name})
    team.invites = [invite for invite in team.invites if invite.code != code]
    return "", 204


@area.route("GET", "/user/notifications", internal=True)
def notifications():
    """The only place where an invited user sees the code of an invite."""
    one = auth.need_user_admin()
    found = []
    for org in auth.store().all("org"):
        for team in org.teams.values():
            found += [note(team, invite) for invite in team.invites if invite.user is one]
    return {"notifications": found, "additional": False}


def note(team: Team, invite: Invite) -> dict:
    return {
        "id": invite.code,
        "organization": None,
        "kind": "org_team_invite",
        "created": None,
        "metadata": {
            "code": invite.code,
            "inviter": invite.inviter.name,
            "org": team.org.name,
            "team": team.name,
        },
        "dismissed": False,
    }
