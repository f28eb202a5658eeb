# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: one auto-prune policy as two options of an organization or a repository, as of old."""

from __future__ import annotations

from ..._client.client import QuayClient
from ..._engine.field import Field, State
from ..._engine.resource import Change, Steps, Wish
from ..._errors import BadInput, FeatureOff
from .policy import METHODS, body_of, canonical_value, policy_of, value_rule
from .resource import PATH, policies_of

METHOD, VALUE = "auto_prune_method", "auto_prune_value"
FIELDS = (
    Field(METHOD, spec={"choices": ["none", *METHODS]}),
    Field(VALUE, rule=value_rule, canonical=canonical_value),
)
CONSTRAINTS = {
    "required_if": [(METHOD, method, [VALUE]) for method in METHODS],
    "required_by": {VALUE: [METHOD]},
}


def check(params: State) -> None:
    """Hold the value against its method before any request; raises BadInput."""
    method, value = params.get(METHOD), params.get(VALUE) or ""
    broken = value_rule(value, [method]) if method in METHODS else ""
    if broken:
        raise BadInput(VALUE, value, broken)


def read(client: QuayClient, place: str, wish: Wish) -> tuple[State, State]:
    """Fields and facts, where a policy is declared: the policy that is meant, else one that is for all tags.

    Raises QuayError.
    """
    method = wish.fields.get(METHOD)
    if method is None or wish.state == "absent":
        return {}, {}
    meant = (method, wish.fields.get(VALUE))

    def rank(entry: State) -> tuple[bool, bool, str]:
        """Quay lists them in no order; the task must choose the same one each time."""
        policy = policy_of(entry)
        return (policy["method"], policy["value"]) != meant, bool(policy["tag_pattern"]), entry["uuid"]

    try:
        listed = policies_of(client, {"place": place})
    except FeatureOff:
        listed = None
    entries = sorted(listed or [], key=rank)
    first = policy_of(entries[0]) if entries else {"method": "none", "value": None}
    fields = {METHOD: first["method"], **({} if method == "none" else {VALUE: first["value"]})}
    return fields, {"policies": [entry["uuid"] for entry in entries], "policies_proven": listed is not None}


def write(change: Change) -> Steps:
    """Another policy takes the place of the chosen one, as a whole."""
    if not change.differs & {METHOD, VALUE}:
        return
    method, present = change.after[METHOD], change.facts.get("policies", [])
    needs = "" if change.facts.get("policies_proven") else f"{change.resource.kind}_prune"
    if method == "none":
        for uuid in present:
            yield change.step("remove an auto-prune policy of", "DELETE", PATH + "{uuid}", needs=needs, uuid=uuid)
        return
    policy = {"method": method, "value": change.after[VALUE], "tag_pattern": "", "tag_pattern_matches": True}
    method, path = ("PUT", PATH + "{uuid}") if present else ("POST", PATH)
    verb, uuid = "set the auto-prune policy of", next(iter(present), "")
    yield change.step(verb, method, path, body_of(policy), needs, uuid=uuid)
