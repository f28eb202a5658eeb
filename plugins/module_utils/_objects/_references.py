# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what in an organization names its robots and teams, and goes with them."""

from __future__ import annotations

import typing as t

from ansible_collections.dockhand.quay.plugins.module_utils._resource import State
from ansible_collections.dockhand.quay.plugins.module_utils._section import Harm, Item
from ansible_collections.dockhand.quay.plugins.module_utils._shared_reads import SharedReads


def forget(reads: SharedReads, kind: str, name: str, repositories: str) -> None:
    """Let later plans not see what the removal of a team or robot takes along."""

    def of_repository(grants: State) -> None:
        grants["permissions"].pop(name, None)

    def of_team(team: State) -> None:
        team["members"] = [member for member in team["members"] if member.get("name") != name]

    def of_organization(listing: State) -> None:
        listing["prototypes"] = [
            entry
            for entry in listing["prototypes"]
            if (entry["delegate"]["kind"], entry["delegate"]["name"]) != (kind, name)
        ]

    organization = repositories.replace("/repository/", "/organization/", 1)
    reads.amend(repositories, f"/permissions/{kind}/", of_repository)
    reads.amend(organization, "/prototypes", of_organization)
    if kind == "user":
        reads.amend(organization + "team/", "/members", of_team)


def references(kind: str, items: list[Item]) -> t.Iterator[Harm]:
    """A document cannot give rights to what it removes."""
    removed: dict[Item, dict[str, Item]] = {}
    for item in items:
        if item.parent and item.removes and not (item.failure or item.kept):
            removed.setdefault(item.parent, {})[item.params["name"]] = item
    noun = "robot" if kind == "user" else "team"
    for organization, gone in removed.items():
        for item, name in _named(organization, kind):
            if name in gone and not item.removes:
                why = "" if gone[name].path else ", since it is not declared"
                yield f"{item.path} names {noun} {name}, which the document removes{why}.", [gone[name]]


def _named(organization: Item, kind: str) -> list[tuple[Item, str]]:
    return [
        *((item, grant["name"]) for item, grant in _grants(organization) if grant["type"] == kind),
        *(
            (item, name)
            for item in organization.inner("teams")
            for name in item.params["members"] or ()
            if kind == "user"
        ),
        *((item, item.params["name"]) for item in organization.inner("default_perms") if item.params["type"] == kind),
    ]


def _grants(organization: Item) -> t.Iterator[tuple[Item, State]]:
    for item in organization.inner("repositories"):
        for grant in item.params["perms"] or ():
            yield item, grant
