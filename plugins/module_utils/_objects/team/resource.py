# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: teams of an organization (quay endpoints/api/team.py)."""

from __future__ import annotations

import collections

from ..._client.client import Names, QuayClient
from ..._engine.field import Field
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._engine.writes import Create, carry, each
from ..._text.name_rules import member_rule, namespace_rule, new_namespace_rule, text_rule
from ..shared import organization_view
from .members import MembersView, adapt, names_in

TEAM_PATH = "/organization/{organization}/team/{name}"
MEMBER_PATH = TEAM_PATH + "/{route}/{member}"


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """A team has no GET of its own: the organization lists it. Raises ParentMissing and QuayError."""
    team = organization_view(client, names)["teams"].get(names["name"])
    if team is None:
        return Observed(None)
    fields = {"role": team["role"], "description": team["description"]}
    facts = {"synced": team.get("is_synced", False)}
    if wish.state == "present" and "members" in wish.fields:
        # With mailing on, a new member is only invited: an open invitation counts, or each run would send another.
        listed = client.get(TEAM_PATH + "/members", names, {"includePending": "true"}, missing=(), view=MembersView)
        entries = names_in(listed)
        fields["members"] = sorted(set(entries))
        facts["entries"] = collections.Counter(entries)
    return Observed(fields, facts)


def _entries(change: Change, member: str) -> int:
    """Quay invites as often as it is asked to, and withdraws one invitation at a time before it removes a member."""
    return int(change.facts["entries"][member])


def _member_names(member: str) -> Names:
    return {"member": member, "route": "invite" if "@" in member else "members"}


def remove(change: Change) -> Steps:
    """One request. Raises as ``Change.step``."""
    yield change.step("delete", "DELETE", TEAM_PATH)


TEAM = Resource(
    kind="team",
    label="{organization}/{name}",
    keys=(
        Field("organization", required=True, rule=namespace_rule),
        Field("name", required=True, rule=namespace_rule, new_rule=new_namespace_rule),
    ),
    fields=(
        Field("role", spec={"choices": ["member", "creator", "admin"]}, on_create="member"),
        Field("description", on_create="", rule=text_rule),
        Field("members", "list", spec={"elements": "str"}, rule=member_rule, canonical=str.strip, identity=str),
    ),
    read=read,
    adapt=adapt,
    create=Create("PUT", TEAM_PATH, {"role": "role", "description": "description"}),
    writes=(
        carry("set", "PUT", TEAM_PATH, "role", "description", always=("role",)),
        each(
            "members",
            "member {member}",
            ("PUT", MEMBER_PATH),
            ("DELETE", MEMBER_PATH),
            _member_names,
            times_of=_entries,
        ),
    ),
    remove=remove,
)
