# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: a group of OIDC takes all people from a team at once, administrators too."""

from __future__ import annotations

from ..._client.client import Names, QuayClient
from ..._errors import CredentialsRefused, QuayError
from ..shared import organization_view
from ..team.members import MembersView, humans_in
from .read import TEAM


def refuse_loss(client: QuayClient, names: Names, leaving: list[str]) -> None:
    """Raise QuayError if the last people who administer the organization, or the caller, are among the leaving."""
    organization, team = names["organization"], names["name"]
    teams = organization_view(client, {"organization": organization})["teams"]
    admins = [name for name, one in teams.items() if one["role"] == "admin"]
    if team not in admins:
        return
    staying = {person for name in admins if name != team for person in _people(client, organization, name)}
    caller = _caller(client)
    if not staying:
        why = f"nobody else administers organization {organization}"
    elif caller in leaving and caller not in staying:
        why = f"{caller}, whose credentials the task has, would no longer administer organization {organization}"
    else:
        return
    raise QuayError(
        f"Could not synchronize team {organization}/{team}: Quay would remove all its human members "
        f"({', '.join(leaving)}), and {why}. "
        "Add people to another team with the role admin, or set force: true."
    )


def _people(client: QuayClient, organization: str, team: str) -> list[str]:
    listed = client.get(TEAM + "/members", {"organization": organization, "name": team}, view=MembersView)
    return humans_in(listed) if listed else []


def _caller(client: QuayClient) -> str | None:
    """The caller's name; None where the token lacks scope user:read, since the scopes that the tie takes suffice."""
    try:
        return client.username()
    except CredentialsRefused:
        return None
