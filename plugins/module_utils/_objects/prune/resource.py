# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: auto-prune policies, wherever they are (quay endpoints/api/policy.py)."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._client.client import Names, QuayClient
from ..._engine.operation import Context, Params
from ..._engine.resource import (
    Change,
    Field,
    Observed,
    Resource,
    State,
    Step,
    Steps,
    Wish,
)
from .policy import FIELDS, body_of

PATH = "/{place}/autoprunepolicy/"
OPTIONS = {"append": {"type": "bool", "default": True}}


def policies_of(client: QuayClient, names: Names) -> list[State] | None:
    """All policies of a place as Quay lists them; None of a repository that does not exist."""
    answer = client.get(PATH, names)
    return answer and t.cast("list[State]", answer["policies"])


def adapt(_client: QuayClient, names: Names, _observed: Observed, wish: Wish) -> Wish:
    """What names a policy is all of it, also where it is not given."""
    return dataclasses.replace(wish, fields={entry.name: names[entry.name] for entry in FIELDS})


def step(change: Change, verb: str, method: str, path: str = PATH, body: State | None = None, **names: t.Any) -> Step:
    """A write; below a repository Quay takes an unknown route for the repository itself."""
    feature = "AUTO_PRUNE" if change.names["place"].startswith("repository/") else ""
    return change.step(verb, method, path, body, feature, **names)


def write(change: Change) -> Steps:
    if "id" not in change.names:
        yield step(change, "create", "POST", body=body_of(change.after))
    for uuid in change.names.get("others", ()):
        yield step(change, "remove another policy beside", "DELETE", PATH + "{id}", id=uuid)


def remove(change: Change) -> Steps:
    for uuid in change.names["ids"]:
        yield step(change, "delete", "DELETE", PATH + "{id}", id=uuid)


def returns(facts: State, answers: list[t.Any]) -> State:
    """The id of a new policy is in the answer to the first write."""
    told = facts.get("id") or next((answer["uuid"] for answer in answers), None)
    return {"id": told, **({"removed": facts["removed"]} if "removed" in facts else {})}


def show_removed(_context: Context, result: Params) -> None:
    """What goes belongs into the diff."""
    if result.get("removed") and "diff" in result:
        result["diff"]["before"]["others"] = result["removed"]


def policy_resource(
    kind: str,
    parent: Field,
    locate: t.Callable[[QuayClient, State], Names],
    read: t.Callable[[QuayClient, Names, Wish], Observed],
) -> Resource:
    """The policies of one kind of place; their keys are fields too, so that results and diffs show them."""
    return Resource(
        kind=kind,
        label=f"{{policy}} of {{{parent.name}}}",
        keys=(parent, *FIELDS),
        fields=FIELDS,
        locate=locate,
        read=read,
        adapt=adapt,
        writes=(write,),
        remove=remove,
        returns=returns,
    )
