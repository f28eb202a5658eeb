# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the look at a default permission, which Quay may have more than once."""

from __future__ import annotations

from ..._client.client import Names, QuayClient
from ..._engine.resource import Observed, State, Wish
from ..._errors import BadInput, Forbidden, ParentMissing
from ..._text.name_rules import namespace_rule
from ..shared import find_organization

PATH = "/organization/{organization}/prototypes"


def locate(_client: QuayClient, params: State) -> Names:
    if params["type"] == "team" and namespace_rule(params["name"]):
        raise BadInput("name", params["name"], namespace_rule(params["name"]))
    return {name: params[name] for name in ("organization", "name", "type", "creator")}


def matching(client: QuayClient, names: Names) -> list[State]:
    """All entries for this receiver and creator: Quay lets one declare the same twice, also with two roles."""
    try:
        listed = client.get(PATH, names)
    except Forbidden:
        find_organization(client, names)
        raise
    if listed is None:
        raise ParentMissing(f"Organization {names['organization']} does not exist.")
    return [
        entry
        for entry in listed["prototypes"]
        if (entry["delegate"]["kind"], entry["delegate"]["name"]) == (names["type"], names["name"])
        and (entry["activating_user"] or {}).get("name") == names["creator"]
    ]


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    entries = matching(client, names)
    if not entries:
        return Observed(None)
    wished = wish.fields.get("role")
    # The entry with the wished role first; its twins are looked at only where they shall go.
    entries.sort(key=lambda entry: entry["role"] != wished)
    seen = entries if wish.state == "absent" or (wished and not wish.append) else entries[:1]
    roles = ", ".join(entry["role"] for entry in seen)
    return Observed({"role": roles}, {"ids": [entry["id"] for entry in entries], "seen": seen})
