# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: default permissions, in the API prototypes (quay endpoints/api/prototype.py)."""

from __future__ import annotations

import typing as t

from ..._client.client import API, Names, QuayClient, address
from ..._engine.operation import Context, Params
from ..._engine.resource import (
    Change,
    Field,
    Observed,
    Resource,
    State,
    Steps,
    Wish,
)
from ..._errors import QuayError
from ..._text.name_rules import account_rule, namespace_rule
from .read import (
    PATH,
    locate,
    matching,
    read,
)


def adapt(_client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    if wish.state == "present" and observed.fields is None and "role" not in wish.fields:
        raise QuayError(f"role is required: there is no {DEFAULT_PERM.title(names)} yet.")
    return wish


def write(change: Change) -> Steps:
    if "role" not in change.differs:
        return
    role = change.after["role"]
    if "seen" in change.names:
        first, *twins = change.names["seen"]
        if first["role"] != role:
            yield change.step("change", "PUT", PATH + "/{id}", {"role": role}, id=first["id"])
        for twin in twins:
            yield change.step("delete a twin of", "DELETE", PATH + "/{id}", id=twin["id"])
        return
    creator = change.names["creator"]
    body = {"role": role, "delegate": {"name": change.names["name"], "kind": change.names["type"]}}
    yield change.step("create", "POST", PATH, {**body, **({"activating_user": {"name": creator}} if creator else {})})


def remove(change: Change) -> Steps:
    for entry_id in change.names["ids"]:
        yield change.step("delete", "DELETE", PATH + "/{id}", id=entry_id)


def returns(facts: State, answers: list[t.Any]) -> State:
    """Whether twins are possible: after a creation that nobody has looked at, or seen when it was verified."""
    return {"twins": True} if any(answers) and len(facts.get("ids", ())) != 1 else {}


def keep_first(context: Context, result: Params) -> None:
    """Tasks at the same moment all create the entry: look again, and keep only the first of equal ones."""
    if not result.pop("twins", False):
        return
    names = result["default_perm"]
    equal = [entry for entry in matching(context.client, names) if entry["role"] == names["role"]]
    for entry in equal[1:]:
        path = address(API + PATH + "/{id}", {**names, "id": entry["id"]})
        # Another of these tasks may have been faster.
        context.client.call("DELETE", path, f"delete the second {DEFAULT_PERM.title(names)}", missing=(404,))


DEFAULT_PERM = Resource(
    kind="default_perm",
    label="for {type} {name} in {organization}",
    keys=(
        Field("organization", required=True, rule=namespace_rule),
        Field("name", required=True, rule=account_rule),
        Field("type", spec={"choices": ["user", "team"], "default": "user"}),
        Field(
            "creator", rule=lambda name: "a creator is a user, never a robot" if "+" in name else namespace_rule(name)
        ),
    ),
    fields=(Field("role", spec={"choices": ["read", "write", "admin"]}),),
    read=read,
    locate=locate,
    adapt=adapt,
    writes=(write,),
    remove=remove,
    returns=returns,
)
