# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who asks and what he may: tokens, sessions, CSRF, scopes, roles."""

from __future__ import annotations

import secrets
import time

from flask import g, request, session

from .. import releases
from ..data.models import Namespace
from ..data.store import SCOPES, Store
from . import errors
from .identity import Auth, current

TEAM_ROLES = ("member", "creator", "admin")
REPO_ROLES = ("read", "write", "admin")
USER_ROLES = ("read", "admin")
# The highest role that a scope allows in each family; a direct login allows all.
TEAM_CAPS = {"repo:create": "creator", "org:admin": "admin"}
REPO_CAPS = {"repo:read": "read", "repo:write": "write", "repo:admin": "admin"}
USER_CAPS = {"user:read": "read", "user:admin": "admin"}


def store() -> Store:
    return request.environ["emulator.store"]


def user() -> Namespace | None:
    return current().user


def need_user() -> Namespace:
    if user() is None:
        raise errors.unauthorized()
    return user()


# Who.


def authenticate() -> Auth:
    """A bearer token is looked at first; a bad one makes the caller anonymous, with or without a cookie."""
    words = request.headers.get("Authorization", "").split(" ")
    if len(words) == 2 and words[0].lower() == "bearer":
        token = store().tokens.get(words[1])
        ended = token is None or (token.expires is not None and token.expires <= time.time())
        if ended or not token.user.enabled or token.user.kind != "user":
            return Auth(kind="bad token")
        return Auth(token.user, "token", token.scopes, token)
    wanted = session.get("user_uuid")
    for one in store().all("user") if wanted else ():
        if one.uuid == wanted and one.enabled:
            return Auth(one, "session", None)
    return Auth()


def parse_scopes(text: str) -> frozenset[str]:
    """One unknown scope empties the whole set."""
    wanted = frozenset(text.replace(",", " ").split())
    return wanted if wanted <= set(SCOPES) else frozenset()


def csrf_token() -> str:
    return session.setdefault("_csrf_token", secrets.token_urlsafe(48))


def check_csrf() -> None:
    if current().kind == "token":
        return
    sent = request.headers.get("X-CSRF-Token") or request.values.get("_csrf_token")
    if not sent or sent != session.get("_csrf_token"):
        raise errors.LabeledHtmlError("CSRF token was invalid or missing.", 403)


def start_session(one: Namespace) -> None:
    """A sign-in changes the CSRF token."""
    session.permanent = True
    session["user_uuid"], session["login_time"] = one.uuid, time.time()
    session["_csrf_token"] = secrets.token_urlsafe(48)
    g.next_csrf_token = session["_csrf_token"]


def has_password(one: Namespace) -> bool:
    """Whether the user could type one: users of OIDC have none."""
    if store().settings.database_auth():
        return one.password is not None
    return store().settings["AUTHENTICATION_TYPE"] in ("LDAP", "Keystone")


def need_fresh_login() -> None:
    one = need_user()
    if current().kind == "token" or not has_password(one):
        return
    if session.get("login_time", 0) < time.time() - store().settings["FRESH_LOGIN_TIMEOUT"]:
        raise errors.ProblemError("fresh_login_required", "Requires fresh login")


# What.


def capped(role: str | None, order: tuple[str, ...], caps: dict[str, str]) -> str | None:
    """The lower of a role and of what the scopes allow."""
    scopes = current().scopes
    if role is None or scopes is None:
        return role
    allowed = [order.index(caps[scope]) for scope in scopes if scope in caps]
    return order[min(max(allowed), order.index(role))] if allowed else None


def readonly_superuser() -> bool:
    one = user()
    return one is not None and one.name in store().settings["GLOBAL_READONLY_SUPER_USERS"]


def is_superuser(one: Namespace) -> bool:
    return store().settings.feature("SUPER_USERS") and one.name in store().settings["SUPER_USERS"]


def superuser() -> bool:
    one, scopes = user(), current().scopes
    if one is None or readonly_superuser() or not is_superuser(one):
        return False
    return scopes is None or "super:user" in scopes


def full_access() -> bool:
    """Whether the caller is a superuser for whom this call is open, whatever it is about."""
    if not (superuser() and store().settings.feature("SUPERUSERS_FULL_ACCESS")):
        return False
    call = f"{request.method} {request.url_rule.rule.removeprefix('/api/v1')}"
    settings = store().settings
    return settings.since(releases.FULL_ACCESS) or settings.since(
        releases.first_release(releases.FULL_ACCESS_SINCE, call)
    )


def administers_all() -> bool:
    """Whether full access makes the caller an administrator of everything, in what answers show too."""
    return store().settings.since(releases.FULL_ACCESS) and full_access()


def restricted() -> bool:
    one, settings = user(), store().settings
    return settings.feature("RESTRICTED_USERS") and one.name in settings["RESTRICTED_USERS"] and not superuser()


def plain_org_role(orgname: str) -> str | None:
    """The role in a namespace before scopes and superuser rights."""
    one = user()
    if one is None:
        return None
    if one.name == orgname:
        return "admin"
    org = store().org(orgname)
    roles = [team.role for team in org.teams.values() if one in team.members] if org else []
    return max(roles, key=TEAM_ROLES.index, default=None)


def org_role(orgname: str) -> str | None:
    if administers_all():
        return "admin"
    return capped(plain_org_role(orgname), TEAM_ROLES, TEAM_CAPS)


def org_admin(orgname: str) -> bool:
    return org_role(orgname) == "admin"


def org_member(orgname: str) -> bool:
    return org_role(orgname) is not None


def need_org_admin(orgname: str, read: bool = False) -> None:
    if not (org_admin(orgname) or full_access() or (read and readonly_superuser())):
        raise errors.unauthorized()


def need_org_member(orgname: str) -> None:
    """For what any member may look at."""
    if not (org_member(orgname) or full_access() or readonly_superuser()):
        raise errors.unauthorized()


def can_create_repository(orgname: str) -> bool:
    return org_role(orgname) in ("creator", "admin")


def can_view_team(orgname: str, teamname: str) -> bool:
    if org_admin(orgname):
        return True
    team = store().team(orgname, teamname)
    return team is not None and user() in team.members and org_member(orgname)


def user_role(name: str) -> str | None:
    one = user()
    return capped("admin", USER_ROLES, USER_CAPS) if one is not None and one.name == name else None


def need_user_admin() -> Namespace:
    one = need_user()
    if user_role(one.name) != "admin":
        raise errors.unauthorized()
    return one


def need_superuser(read: bool = False) -> None:
    if not (superuser() or (read and readonly_superuser())):
        raise errors.unauthorized()


def repo_role(namespace: str, name: str) -> str | None:
    if administers_all():
        return "admin"
    one, repo = user(), store().repository(namespace, name)
    if one is None:
        return None
    roles = ["admin"] if plain_org_role(namespace) == "admin" else []
    if repo is not None:
        roles += [repo.user_roles[one]] if one in repo.user_roles else []
        roles += [role for team, role in repo.team_roles.items() if one in team.members]
    return capped(max(roles, key=REPO_ROLES.index, default=None), REPO_ROLES, REPO_CAPS)


def may_repo(namespace: str, name: str, role: str) -> bool:
    have = repo_role(namespace, name)
    return have is not None and REPO_ROLES.index(have) >= REPO_ROLES.index(role)


def need_repo(namespace: str, name: str, role: str, read: bool = False) -> None:
    """Only reading ("read") is open to the public; superusers who only read may read settings too."""
    if may_repo(namespace, name, role) or full_access():
        return
    repo = store().repository(namespace, name)
    if role == "read" and ((repo and repo.public) or readonly_superuser()):
        return
    if not (read and readonly_superuser()):
        raise errors.unauthorized()
