# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: somebody must be left to administer an organization: Quay refuses superusers nothing."""

from __future__ import annotations

import typing as t

from ..._client.client import QuayClient
from ..._client.views import AccountView, HolderView, OrganizationView, listed
from ..._document.item import Harm, Item, Items
from ..._errors import FeatureOff, Forbidden
from ..._text.name_rules import is_human
from ..team.members import MEMBERS, MembersView, names_in
from ..team.section import weakens
from ..team_sync.section import empties
from ..user.accounts import refuse_quay_io
from ..user.read import ACCOUNT
from ..user.section import leaves
from .answers import PATH


def guard(client: QuayClient, items: Items) -> t.Iterator[Harm]:
    """The plans that leave nobody to administer an organization."""
    users = {user.params["username"]: user for user in items["users"] if user.changes}
    teams: dict[Item | None, dict[str, Item]] = {}
    for team in items["teams"]:
        teams.setdefault(team.parent, {})[team.params["name"]] = team
    for organization in items["organizations"]:
        if organization.outcome is None:
            continue
        name = organization.params["name"]
        people = _People(client, name, teams.get(organization, {}), users)
        taking = people.taking()
        if taking and not people.somebody_is_left():
            lost = ", ".join(item.title for item in taking)
            cure = "at least one team with the role admin must keep a human member who can sign in"
            yield f"Nobody would be left to administer organization {name} (changes of {lost}): {cure}.", taking


class _People:
    """Who administers an organization, now and as planned."""

    def __init__(self, client: QuayClient, name: str, teams: dict[str, Item], users: dict[str, Item]) -> None:
        self._client, self._names, self._teams, self._users = client, {"organization": name}, teams, users
        view = client.get(PATH, self._names, missing=(), view=OrganizationView)
        self._present = view["teams"] if view["is_admin"] else {}
        self._ties = {name: tie for name, team in teams.items() for tie in team.below.get("sync", ()) if tie.changes}

    def taking(self) -> list[Item]:
        """The plans that take away what administrators there are, or their rights."""
        admins = [name for name, team in self._present.items() if team["role"] == "admin"]
        teams = [team for team in self._teams.values() if team.changes and weakens(team)]
        ties = [tie for name, tie in self._ties.items() if name in admins and empties(tie)]
        users = [user for user in self._users.values() if leaves(user)]
        members = {member for team in admins for member in self._members(team)} if users else ()
        return [*teams, *ties, *(user for user in users if user.params["username"] in members)]

    def somebody_is_left(self) -> bool:
        """Whether the document, as far as nothing of it has failed, leaves an administrator."""
        changing = {name: team.outcome for name, team in self._teams.items() if team.changes}
        after = {**self._present, **changing}
        return any(
            self._can_sign_in(member)
            for name, team in after.items()
            if team and team["role"] == "admin"
            for member in self._future_members(name, team.get("members"))
        )

    def _future_members(self, team: str, planned: list[str] | None) -> t.Collection[str]:
        if team in self._ties and empties(self._ties[team]):
            return []
        if planned is None:
            return self._members(team)
        features = self._client.config()["features"]
        if not (features.get("MAILING") and features.get("REQUIRE_TEAM_INVITE", True)):
            return planned
        # Whoever is in no team of the organization yet is only invited.
        there = self._client.get(PATH + "/members", self._names, view=listed("members", HolderView))
        return {*planned} & {one["name"] for one in (there["members"] if there else ())}

    def _members(self, team: str) -> list[str]:
        there = self._client.get(MEMBERS, {**self._names, "team": team}, view=MembersView)
        return names_in(there) if there else []

    def _can_sign_in(self, member: str) -> bool:
        """Nobody who is disabled, or does not exist, as far as the account may see; nor robots and addresses."""
        if not is_human(member):
            return False
        if member in self._users:
            return bool((self._users[member].outcome or {}).get("enabled"))
        try:
            refuse_quay_io(self._client)
            view = self._client.get(ACCOUNT, {"username": member}, view=AccountView)
        except (FeatureOff, Forbidden):
            return True
        return bool(view and view["enabled"])
