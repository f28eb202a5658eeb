# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: auto-prune policies, wherever they are (quay endpoints/api/policy.py)."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._client.capabilities import require
from ..._client.client import Names, QuayClient
from ..._engine.field import Field, State
from ..._engine.member import Member
from ..._engine.operation import Context, Params
from ..._engine.resource import Observed, Resource, Wish
from ..._engine.shapes import Parent
from .policy import FIELDS, PoliciesView, body_of, policy_of

PATH = "/{+place}/autoprunepolicy/"
OPTIONS = {"append": {"type": "bool", "default": True}}


def policies_of(client: QuayClient, names: Names) -> list[State] | None:
    """All policies of a place as Quay lists them; None of a repository that does not exist. Raises QuayError."""
    answer = client.get(PATH, names, view=PoliciesView)
    return answer and t.cast("list[State]", answer["policies"])


def policies(needs: str, parent: Parent, vague: bool = False) -> Member:
    """The policies of one kind of place: all that a policy has names it."""
    return Member(
        PATH,
        entries="policies",
        id="uuid",
        match=tuple(entry.name for entry in FIELDS),
        view=PoliciesView,
        alone=True,
        parse=policy_of,
        render=body_of,
        needs=needs,
        parent=parent,
        vague=vague,
    )


def refuse_second(client: QuayClient, names: Names, observed: Observed, wish: Wish) -> None:
    """Raises FeatureOff for another policy next to those that are there, if the server holds one."""
    if wish.append and observed.facts.get("others"):
        # A server of one policy has no patterns either, and in the place of the other it would prune all tags.
        require(client, "prune_patterns" if names["tag_pattern"] else "several_prune_policies")


def adapt(client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """What names a policy is all of it, also if it is not specified; up to Quay 3.12 a place holds one policy.

    Raises FeatureOff and QuayError.
    """
    if observed.fields is None and wish.state == "present":
        refuse_second(client, names, observed, wish)
    return dataclasses.replace(wish, fields={entry.name: names[entry.name] for entry in FIELDS})


def returns(observed: Observed, answers: list[t.Any]) -> State:
    """The id: of the policy that was there, of the one that was changed to be it, or of the new one (first answer)."""
    was = observed.before
    changed = was.facts.get("others", []) if was.fields is None and answers[:1] == [None] else []
    entries = [was.facts.get("entry"), *changed, *answers]
    return {
        "id": next((entry["uuid"] for entry in entries if entry), None),
        "removed": _sorted(was.facts.get("others", ())),
    }


def _sorted(policies: t.Iterable[State]) -> list[State]:
    """In one order, since Quay lists them in none."""
    return sorted(map(policy_of, policies), key=lambda policy: tuple(map(str, policy.values())))


def show_removed(context: Context, result: Params) -> None:
    """What is deleted belongs into the result and the diff, but only if anything was to be."""
    if context.params["append"] or context.params["state"] == "absent":
        result.pop("removed", None)
    elif result["removed"] and "diff" in result:
        result["diff"]["before"]["others"] = result["removed"]


def policy_resource(kind: str, parent: Field, shape: Member, **functions: t.Any) -> Resource:
    """The policies of one kind of place; their keys are fields too, so that results and diffs show them."""
    return Resource(
        kind=kind,
        label=f"{{policy}} of {{{parent.name}}}",
        keys=(parent, *FIELDS),
        fields=FIELDS,
        shape=shape,
        adapt=adapt,
        returns=returns,
        **functions,
    )
