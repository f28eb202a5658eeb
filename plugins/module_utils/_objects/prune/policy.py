# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what an auto-prune policy is. Pure.

All that a policy has names it. One list has all policies of a namespace or a repository.
"""

from __future__ import annotations

import re
import typing as t

from ..._client.client import Names
from ..._client.views import MaybeBoolean, MaybeText, listed
from ..._engine.field import Field, State
from ..._errors import BadInput
from ..._text.codec import quay_age, seconds
from ..._text.name_rules import text_rule


class _Policy(t.TypedDict):
    uuid: str
    method: str
    value: t.Any


class PolicyView(_Policy, total=False):
    """A policy (quay data/model/autoprune.py, get_view), before Quay 3.13 without a pattern."""

    tagPattern: MaybeText
    tagPatternMatches: MaybeBoolean


PoliciesView = listed("policies", PolicyView)
METHODS = {"tags": "number_of_tags", "date": "creation_date"}
FORMS = {"tags": "[1-9][0-9]*", "date": "[1-9][0-9]*[smhdw]"}
RULE = "for method tags, use a whole number from 1; for method date, add a unit: s, m, h, d or w, such as 7d or 7 days"
# To a longer age Quay answers 500.
LONGEST = 999999999 * 86400


def canonical_value(text: t.Any) -> str:
    """A number, or an age in Quay's letters; to Quay it is a text, so 1w is not 7d. What is neither stays as it is."""
    try:
        return quay_age(text)
    except ValueError:
        return str(text).strip()


def value_rule(text: str, methods: t.Iterable[str] = tuple(FORMS)) -> str:
    """The broken rule of a value for one of ``methods``."""
    value = canonical_value(text)
    if not any(re.fullmatch(FORMS[method], value) for method in methods):
        return RULE
    known = value.isdigit() or seconds(value) <= LONGEST
    return "" if known else "use at most 999999999 days"


FIELDS = (
    Field("method", required=True, spec={"choices": list(METHODS)}),
    Field("value", required=True, rule=value_rule, canonical=canonical_value),
    Field("tag_pattern", rule=text_rule, canonical=str.strip, needs="prune_patterns"),
    Field("tag_pattern_matches", "bool", spec={"default": True}),
)


def canonical(params: State) -> State:
    """What the policy of a task says; without a pattern Quay takes all tags, whatever tag_pattern_matches says."""
    pattern, value = (params["tag_pattern"] or "").strip(), params.get("value")
    return {
        "method": params["method"],
        "value": None if value is None else canonical_value(value),
        "tag_pattern": pattern,
        "tag_pattern_matches": params["tag_pattern_matches"] or not pattern,
    }


def names_of(params: State) -> Names:
    """The policy of a task; empty if the options name only its place. Raises BadInput."""
    if "method" not in params:
        return {}
    value = params.get("value")
    broken = "" if value is None else value_rule(value, [params["method"]])
    if broken:
        raise BadInput("value", value, broken)
    policy = canonical(params)
    return {**policy, "policy": text_of(policy), "named": text_of({**policy, "value": None})}


def text_of(policy: State) -> str:
    """How messages name a policy."""
    sign = "" if policy["tag_pattern_matches"] else "not "
    tags = f" of tags {sign}matching {policy['tag_pattern']}" if policy["tag_pattern"] else ""
    return f"{policy['method']} {policy['value']}{tags}" if policy["value"] else f"{policy['method']}{tags}"


def policy_of(entry: State) -> State:
    """What names a listed policy, in the words of the options."""
    pattern = entry.get("tagPattern") or ""
    return {
        "method": next((name for name, kind in METHODS.items() if kind == entry["method"]), entry["method"]),
        "value": canonical_value(entry["value"]),
        "tag_pattern": pattern,
        # Older servers have null for true.
        "tag_pattern_matches": not pattern or entry.get("tagPatternMatches") is not False,
    }


def body_of(policy: State) -> State:
    """What Quay is sent; it takes no empty pattern."""
    counted = policy["method"] == "tags"
    body = {"method": METHODS[policy["method"]], "value": int(policy["value"]) if counted else policy["value"]}
    pattern = {"tagPattern": policy["tag_pattern"], "tagPatternMatches": policy["tag_pattern_matches"]}
    return {**body, **(pattern if policy["tag_pattern"] else {})}
