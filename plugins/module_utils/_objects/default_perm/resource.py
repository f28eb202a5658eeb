# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: default permissions, in the API prototypes (quay endpoints/api/prototype.py).

Quay lets one declare the same twice, also with two roles.
"""

from __future__ import annotations

import dataclasses

from ..._client.client import Names, QuayClient
from ..._client.views import PrototypesView
from ..._engine.field import Field
from ..._engine.member import Member
from ..._engine.resource import Observed, Resource, Wish
from ..._text.name_rules import account_rule, namespace_rule
from ..shared import find_organization

PATH = "/organization/{organization}/prototypes"


def adapt(_client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """Warn of several that differ in the role if the task does not specify one."""
    if wish.state == "present" and "role" not in wish.fields and observed.facts.get("twins"):
        roles = ", ".join(entry["role"] for entry in (observed.facts["entry"], *observed.facts["twins"]))
        several = f"Quay has several {DEFAULT_PERM.title(names)} ({roles}). Specify role to keep one of them."
        return dataclasses.replace(wish, warnings=(*wish.warnings, several))
    return wish


def creator_rule(name: str) -> str:
    """The broken rule for the creator, or an empty string."""
    return "specify a user; a robot cannot be the creator" if "+" in name else namespace_rule(name)


DEFAULT_PERM = Resource(
    kind="default_perm",
    label="for {type} {name} in {organization}",
    keys=(
        Field("organization", required=True, rule=namespace_rule),
        Field("name", required=True, api="delegate.name", rule=account_rule),
        Field("type", api="delegate.kind", spec={"choices": ["user", "team"], "default": "user"}),
        Field("creator", api="activating_user.name", rule=creator_rule),
    ),
    fields=(Field("role", on_create="read", spec={"choices": ["read", "write", "admin"]}),),
    shape=Member(
        PATH,
        entries="prototypes",
        id="id",
        match=("name", "type", "creator"),
        parent=find_organization,
        view=PrototypesView,
    ),
    adapt=adapt,
)
