# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: fits the wished members of a team to what Quay allows."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._client.capabilities import require
from ..._client.client import Names, QuayClient
from ..._client.views import MaybeObject, MaybeText
from ..._engine.resource import Observed, Wish
from ..._errors import CredentialsRefused, QuayError
from ..._text.name_rules import is_human, is_robot

MEMBERS = "/organization/{organization}/team/{team}/members"


class _Person(t.TypedDict):
    kind: t.Literal["user"]
    name: str
    is_robot: bool


class _Invited(t.TypedDict):
    kind: t.Literal["invite"]
    email: str


class _Synced(t.TypedDict, total=False):
    config: MaybeObject
    last_updated: MaybeText


_Entry = t.Union[_Person, _Invited]
_MaybeSynced = t.Optional[_Synced]


class _Directory(t.TypedDict):
    service: str


_MaybeDirectory = t.Optional[_Directory]


class _Members(t.TypedDict):
    members: list[_Entry]


class MembersView(_Members, total=False):
    """GET …/team/<name>/members (quay endpoints/api/team.py): who an invitation by mail is for has no name."""

    can_sync: _MaybeDirectory
    synced: _MaybeSynced


def names_in(listed: t.Mapping[str, t.Any]) -> list[str]:
    """All members and open invitations, which have an address."""
    return [one["email"] if one["kind"] == "invite" else one["name"] for one in listed["members"]]


def humans_in(listed: t.Mapping[str, t.Any]) -> list[str]:
    """The members that are not robots, sorted."""
    return sorted(one["name"] for one in listed["members"] if one["kind"] == "user" and not one["is_robot"])


def adapt(client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """Humans of a synced team belong to the directory, not to us; only a server that mails can invite by e-mail.

    Raises FeatureOff and QuayError.
    """
    if wish.state == "absent" or "members" not in wish.fields:
        return wish
    team, present = f"team {names['organization']}/{names['name']}", (observed.fields or {}).get("members", [])
    strangers = [name for name in wish.fields["members"] if not is_robot(name) and name not in present]
    if observed.facts.get("synced"):
        if strangers:
            raise QuayError(
                f"{team.capitalize()} is synchronized with a directory: "
                f"{', '.join(strangers)} can be added only there. Only robots can be added here."
            )
        return _with(wish, [name for name in present if not is_robot(name)])
    invited = [name for name in strangers if "@" in name]
    if invited:
        require(client, "mailing")
    return _spare_caller(client, team, observed, wish)


def _spare_caller(client: QuayClient, team: str, observed: Observed, wish: Wish) -> Wish:
    """Quay lets nobody leave the last team that makes him an administrator."""
    fields = observed.fields or {}
    leaving = [] if wish.append else sorted({*fields.get("members", ())} - {*wish.fields["members"]})
    is_admin = wish.fields.get("role", fields.get("role")) == "admin"
    if not is_admin or not any(map(is_human, leaving)):
        return wish
    try:
        caller = client.username()
    except CredentialsRefused:
        # That the list of members could be read has shown that the token is good.
        why = "the token needs the scope user:read"
        raise QuayError(f"Cannot determine which undeclared member of {team} is the account itself: {why}.") from None
    if caller not in leaving:
        return wish
    why = "a task does not remove the rights of its own account as an administrator"
    return _with(wish, [caller], f"Member {caller} of {team} is kept, although it is not declared: {why}.")


def _with(wish: Wish, members: t.Iterable[str], *warnings: str) -> Wish:
    """The wish with further members, and what the user should know of them."""
    fields = {**wish.fields, "members": sorted({*wish.fields["members"], *members})}
    return dataclasses.replace(wish, fields=fields, warnings=(*wish.warnings, *warnings))
