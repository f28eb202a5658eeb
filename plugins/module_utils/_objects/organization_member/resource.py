# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: people of an organization, who leave it as a whole (quay endpoints/api/organization.py)."""

from __future__ import annotations

from ..._client.client import Names, QuayClient
from ..._client.views import HolderView, listed
from ..._engine.field import Field
from ..._engine.operation import Context, Params, inform, searched
from ..._engine.reconcile import check_names
from ..._engine.resource import Change, Observed, Resource, State, Steps, Wish
from ..._engine.shapes import look
from ..._text.name_rules import namespace_rule
from ..shared import find_organization

PATH = "/organization/{organization}"
LISTS = ("members", "collaborators")


def people(client: QuayClient, names: Names, kind: str) -> list[State]:
    """The members, or who has rights to a repository without being in a team; raises ParentMissing and Forbidden."""
    answer = look(client, f"{PATH}/{kind}", names, find_organization, listed(kind, HolderView))
    return [_shown(names, view) for view in (answer or {kind: []})[kind]]


def _shown(names: Names, view: State) -> State:
    return {
        "organization": names["organization"],
        "name": view["name"],
        "teams": sorted(team["name"] for team in view.get("teams", ())),
        "repositories": sorted(view["repositories"]),
    }


def read(client: QuayClient, names: Names, _wish: Wish) -> Observed:
    """Who is in no list has nothing to lose. Raises QuayError."""
    for kind in LISTS:
        found = next((one for one in people(client, names, kind) if one["name"] == names["name"]), None)
        if found:
            return Observed({name: found[name] for name in ("teams", "repositories")})
    return Observed(None)


def remove(change: Change) -> Steps:
    """One request, which also ends all memberships in teams. Raises as ``Change.step``."""
    yield change.step("remove", "DELETE", PATH + "/members/{name}")


def name_rule(name: str) -> str:
    """The broken rule for the name of a user, or an empty string."""
    return "use quay_robot or quay_team for robot accounts" if "+" in name else namespace_rule(name)


def list_members(context: Context) -> Params:
    """All people, sorted by name; raises ParentMissing without the organization."""
    client, names = context.client, {"organization": context.params["organization"]}
    check_names(ORGANIZATION_MEMBER, names)
    is_wanted = searched(context.params, "name")
    kinds = LISTS if context.params["collaborators"] else LISTS[:1]
    found = [one for kind in kinds for one in people(client, names, kind) if is_wanted(one["name"])]
    return {"members": sorted(found, key=lambda one: str(one["name"]))}


ORGANIZATION_MEMBER = Resource(
    kind="organization_member",
    label="{name} of {organization}",
    keys=(
        Field("organization", required=True, rule=namespace_rule),
        Field("name", required=True, rule=name_rule),
    ),
    fields=(Field("teams", "list", computed=True), Field("repositories", "list", computed=True)),
    read=read,
    remove=remove,
)
STATE = {"state": {"type": "str", "choices": ["absent"], "default": "absent"}}
ORGANIZATION_MEMBER_INFO = inform(
    {
        "organization": {"type": "str", "required": True},
        "name": {"type": "str"},
        "collaborators": {"type": "bool", "default": False},
    },
    list_members,
    {"members": []},
)
