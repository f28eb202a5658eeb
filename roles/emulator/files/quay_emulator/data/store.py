# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of the registry, and the look-ups and changes that several areas share."""

from __future__ import annotations

import re
import secrets
import string
import time
from collections import defaultdict

from .. import PASSWORD, SUPERUSER, TOKEN
from ..endpoints.errors import MessageError
from ..releases import NEWEST
from ..settings import Settings
from .action_log import ActionLog
from .models import Build, Namespace, Repository, Team, Token, Trigger, new_uuid

SCOPES = (
    "repo:read",
    "repo:write",
    "repo:admin",
    "repo:create",
    "user:read",
    "user:admin",
    "org:admin",
    "super:user",
)
NAME = re.compile(r"^([a-z0-9]+(?:[._-][a-z0-9]+)*)$")
NAME_RULE = f"Namespace must match expression {NAME.pattern}"


def name_problem(name: str, what: str = "Namespace") -> str | None:
    if not NAME.match(name) or name.endswith("\n"):
        return NAME_RULE
    if not 2 <= len(name) <= 255:
        return f"{what} must be between 2 and 255 characters in length"
    return None


def random_text(length: int) -> str:
    alphabet = string.ascii_uppercase + string.digits
    return "".join(secrets.choice(alphabet) for _dummy in range(length))


class Store:
    """One registry."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.clear()

    def clear(self) -> None:
        self.names: dict[str, Namespace] = {}
        self.reserved: set[str] = set()
        self.repositories: list[Repository] = []
        self.tokens: dict[str, Token] = {}
        self.builds: dict[str, Build] = {}
        self.triggers: dict[str, Trigger] = {}
        self.files: dict[str, bytes] = {}
        self.log = ActionLog()
        # When a calculation was queued, and what came of the last one.
        self.registry_size_queued: float | None = None
        self.registry_size: dict = {"size_bytes": 0, "last_ran": None}
        # Entries of plain kinds that belong to the registry as a whole, see endpoints/crud.py.
        self.entries: dict[str, list] = defaultdict(list)
        if not self.settings["empty"]:
            admin = self.add_user(SUPERUSER, f"{SUPERUSER}@example.com", PASSWORD)
            self.tokens[TOKEN] = Token(admin, frozenset(SCOPES))

    # Names.

    def get(self, name: str, *kinds: str) -> Namespace | None:
        found = self.names.get(name)
        return found if found and found.kind in kinds else None

    def user(self, name: str) -> Namespace | None:
        return self.get(name, "user")

    def org(self, name: str) -> Namespace | None:
        return self.get(name, "org")

    def member(self, name: str) -> Namespace | None:
        """What Quay's get_user finds: a user or a robot."""
        return self.get(name, "user", "robot")

    def need_org(self, name: str) -> Namespace:
        found = self.org(name)
        if found is None:
            raise MessageError(f"Organization does not exist: {name}")
        return found

    def all(self, kind: str) -> list[Namespace]:
        found = [one for one in self.names.values() if one.kind == kind and not one.deleted]
        return sorted(found, key=lambda one: one.id)

    def check_new_name(self, name: str) -> None:
        if text := name_problem(name):
            raise MessageError(f"Invalid namespace {name}: {text}")
        if name in self.reserved:
            raise MessageError("Username is not available")
        if name in self.names:
            kind = "user" if self.names[name].kind == "user" else "organization"
            raise MessageError(f"Username has already been taken by {kind} cannot be reused: {name}")

    def email_user(self, email: str) -> Namespace | None:
        return next((one for one in self.all("user") if one.email == email), None)

    def add_user(self, name: str, email: str | None, password: str | None = None) -> Namespace:
        user = Namespace(name, "user", password=password)
        if email:
            user.email = email
        self.names[name] = user
        return user

    def add_org(self, name: str, email: str | None, owner: Namespace) -> Namespace:
        org = Namespace(name, "org")
        if email:
            org.email = email
        self.names[name] = org
        org.teams["owners"] = Team("owners", org, "admin", members=[owner])
        return org

    def convert(self, user: Namespace, owner: Namespace) -> None:
        """A user becomes an organization; what he owned it owns now, and nobody signs in as it any more."""
        user.kind, user.password = "org", None
        for repo in self.repositories:
            repo.user_roles.pop(user, None)
        user.teams["owners"] = Team("owners", user, "admin", members=[owner])

    def rename(self, one: Namespace, name: str) -> None:
        """Robots carry the name of their owner and change with it."""
        for robot in self.robots(one):
            del self.names[robot.name]
            robot.name = f"{name}+{robot.name.split('+', 1)[1]}"
            self.names[robot.name] = robot
        del self.names[one.name]
        one.name = name
        self.names[name] = one

    def delete_namespace(self, one: Namespace) -> None:
        """Renamed to a UUID at once; the old name is blocked until the garbage is collected."""
        if not one.enabled:
            return
        for robot in self.robots(one):
            self.delete_robot(robot)
        for team in list(one.teams.values()):
            self.delete_team(team)
        for other in self.all("org"):
            for team in other.teams.values():
                team.members = [member for member in team.members if member is not one]
        # No release before the newest source keeps the name.
        if self.settings.since(NEWEST):
            self.reserved.add(one.name)
        self.tokens = {key: token for key, token in self.tokens.items() if token.user is not one}
        self.rename(one, new_uuid())
        one.email, one.enabled, one.deleted = new_uuid(), False, True
        one.entries.clear()

    def collect_garbage(self) -> None:
        gone = {one for one in self.names.values() if one.deleted}
        self.names = {name: one for name, one in self.names.items() if one not in gone}
        self.repositories = [repo for repo in self.repositories if not repo.deleted and repo.namespace not in gone]
        self.builds = {key: one for key, one in self.builds.items() if one.repository in self.repositories}
        self.triggers = {key: one for key, one in self.triggers.items() if one.repository in self.repositories}
        for one in gone:
            self.forget(one)
        self.reserved.clear()

    def forget(self, one: Namespace | Team) -> None:
        """Take a user, robot or team out of every grant and default permission."""
        for repo in self.repositories:
            repo.user_roles.pop(one, None)
            repo.team_roles.pop(one, None)
        for org in self.names.values():
            prototypes = org.entries["prototypes"]
            prototypes[:] = [p for p in prototypes if one not in (p["delegate"], p["activating_user"])]
            for team in org.teams.values():
                team.members = [member for member in team.members if member is not one]

    # Robots.

    def robots(self, owner: Namespace) -> list[Namespace]:
        return [one for one in self.all("robot") if one.owner is owner]

    def delete_robot(self, robot: Namespace) -> None:
        del self.names[robot.name]
        self.forget(robot)

    # Teams.

    def team(self, orgname: str, teamname: str) -> Team | None:
        org = self.org(orgname)
        return org.teams.get(teamname) if org else None

    def delete_team(self, team: Team) -> None:
        del team.org.teams[team.name]
        self.forget(team)

    def teams_of(self, one: Namespace) -> list[Team]:
        return [team for org in self.all("org") for team in org.teams.values() if one in team.members]

    def is_org_member(self, org: Namespace, one: Namespace) -> bool:
        return one.is_robot or any(one in team.members for team in org.teams.values())

    def admins(self, org: Namespace) -> set[Namespace]:
        return {one for team in org.teams.values() if team.role == "admin" for one in team.members}

    # Repositories.

    def repository(self, namespace: str, name: str) -> Repository | None:
        for repo in self.repositories:
            if not repo.deleted and repo.namespace.name == namespace and repo.name == name:
                return repo
        return None

    def delete_repository(self, repo: Repository) -> None:
        """Hidden at once under a UUID, but it stays in the lists of grants until collected."""
        repo.name, repo.deleted = new_uuid(), True
        repo.starred.clear()

    # Tokens.

    def new_token(self, user: Namespace, scopes: frozenset[str], expires_in: float | None = None, **more) -> str:
        key = secrets.token_hex(20)
        self.tokens[key] = Token(user, scopes, None if expires_in is None else time.time() + expires_in, **more)
        return key

    def revoke(self, tokens: list[Token]) -> None:
        self.tokens = {key: token for key, token in self.tokens.items() if token not in tokens}

    def tokens_of(self, application: dict) -> list[Token]:
        """The newest first, without those that have ended."""
        found = [token for token in self.tokens.values() if token.application is application]
        alive = [token for token in found if token.expires is None or token.expires > time.time()]
        return sorted(alive, key=lambda token: -token.id)
