# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what names accounts and teams, and goes with them."""

from __future__ import annotations

import typing as t

from .._document.bulk_reads import SharedReads
from .._document.item import Harm, Item, Items
from .._engine.resource import State
from .._text.name_rules import is_robot

NOUNS = {"users": ("user", "user"), "robots": ("robot", "user"), "teams": ("team", "team")}
# Options that name an account without giving it rights.
USERS_OF = (("default_perms", "creator"), ("mirror", "robot_username"))


def forget(reads: SharedReads, kind: str, name: str, organization: str = "") -> None:
    """Let later plans not see what goes with a robot, or with a team of its organization."""
    place = f"{organization}/" if organization else ""

    def without(path: str, answer: t.Any) -> t.Any:
        if path.startswith(f"/repository/{place}") and path.endswith(f"/permissions/{kind}/"):
            return {**answer, "permissions": {one: row for one, row in answer["permissions"].items() if one != name}}
        if path.startswith(f"/organization/{place}") and path.endswith("/prototypes"):
            kept = [entry for entry in answer["prototypes"] if not _receives(entry, kind, name)]
            return {**answer, "prototypes": kept}
        if kind == "user" and path.startswith("/organization/") and path.endswith("/members"):
            return {**answer, "members": [member for member in answer["members"] if member.get("name") != name]}
        return answer

    reads.is_gone(without)


def _receives(prototype: State, kind: str, name: str) -> bool:
    return (prototype["delegate"]["kind"], prototype["delegate"]["name"]) == (kind, name)


def references(section: str, items: Items) -> t.Iterator[Harm]:
    """A document cannot give rights to what it removes, or name it; accounts may be named in any organization."""
    noun, kind = NOUNS[section]
    gone: dict[tuple[Item | None, str], Item] = {}
    # A robot goes with its organization, too.
    for item in (*items[section], *(items["organizations"] if section == "robots" else ())):
        if item.removes and not (item.failure or item.kept_because):
            name = item.params[item.section.resource.keys[-1].name]
            gone[item.parent if kind == "team" else None, name] = item
    for organization in items["organizations"]:
        for item, name in _named(organization, kind):
            place = organization if kind == "team" else None
            owner = name.rpartition("+")[0] if is_robot(name) else ""
            removed = gone.get((place, name)) or gone.get((place, owner))
            if removed and not item.removes:
                why = "" if removed.path else ", since it is not declared"
                yield f"{item.path} names {noun} {name}, which the document removes{why}.", [removed]


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
        *(
            (item, item.params[option])
            for section, option in USERS_OF
            for item in organization.inner(section)
            if kind == "user" and item.params[option]
        ),
    ]


def _grants(organization: Item) -> t.Iterator[tuple[Item, State]]:
    for item in organization.inner("repositories"):
        for grant in item.params["perms"] or ():
            yield item, grant
