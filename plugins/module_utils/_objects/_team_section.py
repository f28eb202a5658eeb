# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: teams as a section of a registry document."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._errors import Forbidden, QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects._references import forget, refuse_references
from ansible_collections.dockhand.quay.plugins.module_utils._objects._team import TEAM
from ansible_collections.dockhand.quay.plugins.module_utils._objects._user_read import ACCOUNT
from ansible_collections.dockhand.quay.plugins.module_utils._resource import State
from ansible_collections.dockhand.quay.plugins.module_utils._section import Item, Section
from ansible_collections.dockhand.quay.plugins.module_utils._shared_reads import SharedReads

OWNERS = "owners"


def listed(client: QuayClient, organization: State) -> list[State]:
    view = client.get("/organization/{name}", organization, missing=())
    return [{"name": name} for name in sorted(view["teams"])]


def spared(item: Item) -> bool:
    """Quay itself makes the team of the owners."""
    return bool(item.params["name"] == OWNERS)


def exported(entry: State, item: Item) -> State:
    """Humans in a synced team belong to the directory."""
    if not item.work.observed.facts.get("synced"):
        return entry
    return {**entry, "members": [member for member in entry["members"] if "+" in member]}


def foretell(reads: SharedReads, item: Item) -> None:
    """With a team go its grants and its default permissions."""
    if item.removes and item.work.plan.steps:
        forget(reads, "team", item.params["name"], f"/repository/{item.params['organization']}/")


def guard(client: QuayClient, organization: Item, teams: list[Item]) -> None:
    """Somebody must be left to administer: to a superuser who is no member, Quay refuses nothing."""
    refuse_references(organization, "team", [item for item in teams if item.removes])
    if not any(_weakens(item) for item in teams):
        return
    present = client.get("/organization/{name}", organization.params, missing=())["teams"]
    after = {**present, **{item.params["name"]: item.work.plan.outcome for item in teams if item.work.plan.steps}}
    for name, team in after.items():
        if team and team["role"] == "admin":
            members = team.get("members")
            if members is None and name in present:
                members = _members(client, organization.params["name"], name)
            if any(_can_administer(client, member) for member in members or ()):
                return
    lost = ", ".join(item.title for item in teams if _weakens(item))
    raise QuayError(
        f"Nobody would be left to administer organization {organization.params['name']} (changes of {lost}): "
        "at least one team with the role admin must keep a human member who can sign in."
    )


def _members(client: QuayClient, organization: str, team: str) -> list[str]:
    names = {"organization": organization, "team": team}
    listed_members = client.get("/organization/{organization}/team/{team}/members", names, missing=())["members"]
    return [member["name"] for member in listed_members]


def _can_administer(client: QuayClient, member: str) -> bool:
    """No robot, nobody who is only invited by mail, nobody disabled as far as the account may see."""
    if "+" in member or "@" in member:
        return False
    try:
        view = client.get(ACCOUNT, {"username": member})
    except Forbidden:
        return True
    return view is None or bool(view["enabled"])


def _weakens(item: Item) -> bool:
    """Whether the plan takes an administrator's rights away."""
    before, after = item.work.plan.before or {}, item.work.plan.after or {}
    if not item.work.plan.steps or (item.work.observed.fields or {}).get("role") != "admin":
        return False
    lost_role = item.removes or after.get("role", "admin") != "admin"
    return lost_role or bool(set(before.get("members") or ()) - set(after.get("members") or ()))


SECTION = Section(
    name="teams",
    resource=TEAM,
    within="organizations",
    given=("organization",),
    complete=lambda organization, entry: {**entry, "organization": organization["name"]},
    after=("robots",),
    place="/organization/{organization}/team/{name}",
    listed=listed,
    exported=exported,
    foretell=foretell,
    spared=spared,
    guard=guard,
    is_late=_weakens,
)
