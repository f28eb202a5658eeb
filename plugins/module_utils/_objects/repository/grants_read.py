# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads the grants of a repository, or foretells those of a new one."""

from __future__ import annotations

import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import GrantsView, MaybeText, OrganizationView, PrototypesView
from ..._engine.resource import State, Wish
from ..._errors import CredentialsRefused, Forbidden, QuayError
from .grants import (
    GRANTS_PATH,
    Grants,
    born,
    is_exclusive,
    kinds_of,
    managed,
    undeclared,
)


class _MirrorView(t.TypedDict):
    """What of GET …/mirror is read here."""

    robot_username: MaybeText


PROTOTYPES = "/organization/{namespace}/prototypes"


def read_present(client: QuayClient, names: Names, wish: Wish) -> Grants:
    """The grants that there are, of the types that the wish is about. Raises QuayError."""
    found = []
    for kind in kinds_of(wish):
        listed = client.get(GRANTS_PATH, {**names, "kind": kind}, missing=(), view=GrantsView)["permissions"]
        found += [{"name": name, "type": kind, "role": row["role"]} for name, row in listed.items()]
    return managed(found, names["namespace"], wish)


def read_future(client: QuayClient, names: Names, wish: Wish, organization: State | None) -> Grants:
    """The grants that Quay will give to a new repository; ``organization`` is None in a personal namespace.

    Raises QuayError.
    """
    if organization is None or not kinds_of(wish):
        return []
    prototypes: list[State] = []
    try:
        prototypes = client.get(PROTOTYPES, names, missing=(), view=PrototypesView)["prototypes"]
    except Forbidden:
        if is_exclusive(wish):
            why = f"only administrators of {names['namespace']} can see what its default permissions add"
            raise QuayError(f"perms with append=false are not possible for a new repository: {why}.") from None
    return managed(born(caller_of(client, wish), prototypes), names["namespace"], wish)


def caller_of(client: QuayClient, wish: Wish) -> str | None:
    """The caller's name; None where the token may not ask for it and nothing depends on it. Raises QuayError."""
    try:
        return client.username()
    except CredentialsRefused:
        # An earlier answer has shown that the token is good.
        if is_exclusive(wish):
            why = "the token needs the scope user:read"
            raise QuayError(f"Cannot determine which permissions are the account's own: {why}.") from None
        return None


def spare(
    client: QuayClient, names: Names, wish: Wish, grants: Grants, state: str, organization: State | None = None
) -> State:
    """Facts about undeclared grants that must not go: the caller's own, and that of the mirror's robot.

    Who loses his own grant is locked out, unless the organization is his to administer. Raises QuayError.
    """
    people = {grant["name"] for grant in undeclared(grants, wish) if grant["type"] == "user"}
    facts: State = {}
    if any("+" not in name for name in people):
        facts["caller"] = caller_of(client, wish)
    if facts.get("caller") in people:
        view = organization or client.get("/organization/{namespace}", names, view=OrganizationView) or {}
        facts["kept"] = "" if view.get("is_admin") else facts["caller"]
    if state == "MIRROR" and any("+" in name for name in people):
        # Quay gave it when the mirror was set up, and the mirror cannot write without.
        mirror = client.get("/repository/{namespace}/{+repository}/mirror", names, view=_MirrorView)
        facts["mirror_robot"] = mirror and mirror["robot_username"]
    return facts
