# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: policies that make tags immutable (quay endpoints/api/immutability_policy.py)."""

from __future__ import annotations

import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import MaybeBoolean, listed
from ..._engine.field import Field, State
from ..._engine.member import Member
from ..._engine.resource import Resource
from ..._engine.shapes import Parent, latest
from ..._text.name_rules import namespace_rule, repository_rule, text_rule
from ..repository.read import find_repository, full_name
from ..shared import find_namespace

MATCHING = "matching_immutable"
BEHAVIORS = (MATCHING, "not_matching_immutable")


class PolicyView(t.TypedDict):
    """A policy (quay data/model/immutability.py, get_view)."""

    uuid: str
    tagPattern: str
    tagPatternMatches: MaybeBoolean


def pattern_rule(pattern: str) -> str:
    """Quay strips it, and holds it against its regular expressions itself (quay data/model/immutability.py)."""
    good = 1 <= len(pattern.strip()) <= 256
    return text_rule(pattern) if good else "use 1 to 256 characters"


def parse(entry: State) -> State:
    """The canonical values of a policy as Quay shows it."""
    pattern = entry["tagPattern"]
    behavior = BEHAVIORS[entry["tagPatternMatches"] is False]
    return {"tag_pattern": pattern, "new_tag_pattern": pattern, "behavior": behavior}


def render(values: State) -> State:
    """The body of a policy with these canonical values."""
    pattern = values["new_tag_pattern"] or values["tag_pattern"]
    return {"tagPattern": pattern, "tagPatternMatches": values["behavior"] == MATCHING}


def locate(client: QuayClient, params: State) -> Names:
    """The full name of the repository, if the policy is that of one. Raises QuayError."""
    return {"repository": full_name(client, params["repository"])} if "repository" in params else {}


def _policies(kind: str, parent: Field, place: str, find: Parent, vague: bool = False) -> Resource:
    return Resource(
        kind=kind,
        label=f"{{tag_pattern}} of {{{parent.name}}}",
        keys=(parent, Field("tag_pattern", required=True, rule=pattern_rule, canonical=str.strip)),
        fields=(
            Field("new_tag_pattern", rule=pattern_rule, canonical=str.strip, shown_as="tag_pattern"),
            Field("behavior", on_create=MATCHING, spec={"choices": list(BEHAVIORS)}),
        ),
        shape=Member(
            place + "/immutabilitypolicy/",
            "policies",
            "uuid",
            match=("tag_pattern",),
            view=listed("policies", PolicyView),
            renamed="new_tag_pattern",
            parse=parse,
            render=render,
            needs=kind,
            parent=find,
            vague=vague,
        ),
        locate=locate,
        returns=lambda observed, answers: {"id": latest("uuid")(observed, answers)["uuid"]},
        needs=kind,
    )


ORGANIZATION_IMMUTABILITY = _policies(
    "organization_immutability",
    Field("namespace", required=True, rule=namespace_rule),
    "/organization/{namespace}",
    find_namespace,
    vague=True,
)
REPOSITORY_IMMUTABILITY = _policies(
    "repository_immutability",
    Field("repository", required=True, rule=repository_rule),
    "/repository/{+repository}",
    find_repository,
)
