# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: teams of an organization (quay endpoints/api/team.py)."""

from __future__ import annotations

import dataclasses

from ansible_collections.dockhand.quay.plugins.module_utils._client import Names, QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._names import member_rule, namespace_rule, text_rule
from ansible_collections.dockhand.quay.plugins.module_utils._objects._shared import organization_view
from ansible_collections.dockhand.quay.plugins.module_utils._resource import (
    Change,
    Create,
    Field,
    Observed,
    Resource,
    Steps,
    Wish,
    carry,
    each,
)

TEAM_PATH = "/organization/{organization}/team/{name}"


def read(client: QuayClient, names: Names, wanted: frozenset[str]) -> Observed:
    """A team has no GET of its own: the organization lists it."""
    team = organization_view(client, names)["teams"].get(names["name"])
    if team is None:
        return Observed(None)
    fields = {"role": team["role"], "description": team["description"]}
    if "members" in wanted:
        # With mailing on, a new member is only invited: an open invitation counts, or each run would send another.
        listed = client.get(TEAM_PATH + "/members", names, {"includePending": "true"}, missing=())
        fields["members"] = sorted(
            member["email"] if member["kind"] == "invite" else member["name"] for member in listed["members"]
        )
    return Observed(fields, facts={"synced": team.get("is_synced", False)})


def adapt(names: Names, observed: Observed, wish: Wish) -> Wish:
    """Humans of a synced team belong to the directory: none can be added here, and none is removed."""
    if not observed.facts.get("synced") or "members" not in wish.fields:
        return wish
    present = (observed.fields or {})["members"]
    strangers = [name for name in wish.fields["members"] if "+" not in name and name not in present]
    if strangers:
        raise QuayError(
            f"Team {names['organization']}/{names['name']} is synchronized with a directory: "
            f"{', '.join(strangers)} can become a member only there; robots can be added here."
        )
    humans = {name for name in present if "+" not in name}
    return dataclasses.replace(wish, fields={**wish.fields, "members": sorted({*wish.fields["members"], *humans})})


def remove(change: Change) -> Steps:
    yield change.step("delete", "DELETE", TEAM_PATH)


def _member_names(member: str) -> Names:
    return {"member": member, "route": "invite" if "@" in member else "members"}


TEAM = Resource(
    kind="team",
    label="{organization}/{name}",
    keys=(
        Field("organization", required=True, rule=namespace_rule),
        Field("name", required=True, rule=namespace_rule),
    ),
    fields=(
        Field("role", spec={"choices": ["member", "creator", "admin"]}, on_create="member"),
        Field("description", on_create="", rule=text_rule),
        Field("members", "list", spec={"elements": "str"}, on_create=(), rule=member_rule, identity=str),
    ),
    read=read,
    adapt=adapt,
    create=Create("PUT", TEAM_PATH, {"role": "role", "description": "description"}),
    writes=(
        carry("set", "PUT", TEAM_PATH, "role", "description", always=("role",)),
        each(
            "members",
            "member {member}",
            ("PUT", TEAM_PATH + "/{route}/{member}"),
            ("DELETE", TEAM_PATH + "/{route}/{member}"),
            _member_names,
        ),
    ),
    remove=remove,
)
