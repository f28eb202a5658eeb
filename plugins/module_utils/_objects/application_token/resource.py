# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: named OAuth tokens of applications (quay endpoints/api/organization_application_tokens.py).

Unlike those of the web page, an application lists and revokes them. Quay shows the token itself only once.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import MaybeText, listed
from ..._engine.field import Field, State
from ..._engine.member import Member
from ..._engine.operation import Context, Params
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._errors import BadInput, ParentMissing, Refused
from ..._text.codec import seconds
from ..._text.name_rules import namespace_rule, text_rule
from ..api_token.module import SCOPES, scopes_of
from ..shared import find_organization, refuse_lost

PATH = "/organization/{organization}/applications/{client_id}/tokens"
OPTIONS: Params = {"expires_in": {"type": "str"}, "recreate": {"type": "bool", "default": False}}
# As long as any token of Quay lives.
LONGEST = 315576000


class TokenView(t.TypedDict):
    """One of the tokens of an application; those of the web page have no name."""

    uuid: str
    name: MaybeText
    scope: str
    expires_at: MaybeText
    created: MaybeText
    created_by: MaybeText
    last_accessed: MaybeText


def name_rule(name: str) -> str:
    """The broken rule for the name of a token, or an empty string."""
    if not 1 <= len(name) <= 255 or name != name.strip():
        return "use 1 to 255 characters, without spaces at the ends"
    return text_rule(name)


def parse(entry: State) -> State:
    """The canonical values of a token as Quay lists it."""
    return {"name": entry["name"] or "", "rights": tuple(scopes_of(entry["scope"].split()))}


def locate(_client: QuayClient, params: State) -> Names:
    """Raises BadInput for a lifetime that Quay does not take."""
    text = params.get("expires_in")
    try:
        lifetime = 1 if text is None else seconds(text)
    except ValueError as error:
        raise BadInput("expires_in", text, str(error)) from None
    if not 1 <= lifetime <= LONGEST:
        raise BadInput("expires_in", text, "use at least 1 second and at most 10 years")
    return {}


def tokens_of(client: QuayClient, names: Names) -> list[State]:
    """All that have not expired. Raises ParentMissing without the application, and QuayError."""
    try:
        return list(client.pages(PATH, names, "tokens", {}, TokenView))
    except Refused as error:
        if error.status != 404:
            raise
        find_organization(client, names)
        raise ParentMissing(
            f"Application {names['client_id']} of organization {names['organization']} does not exist."
        ) from error


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The token of this name; of several, the others are left alone. Raises ParentMissing and QuayError."""
    return SHAPE.choose(APPLICATION_TOKEN, tokens_of(client, names), names, dataclasses.replace(wish, keep_twins=True))


def write(change: Change) -> Steps:
    """Quay changes no token."""
    if change.observed.fields is None:
        lifetime = change.wish.options["expires_in"]
        body = {"name": change.names["name"], "scope": " ".join(change.after["rights"])}
        yield change.step("create", "POST", PATH, {**body, **({"expiration": seconds(lifetime)} if lifetime else {})})


def returns(observed: Observed, answers: list[t.Any]) -> State:
    """The token only if it was created; null is what only Quay knows, as long as it does not exist."""
    made: State = next((answer for answer in answers if answer and "token" in answer), {})
    entry = made or observed.facts.get("entry") or {}
    result = {name: entry.get(name) for name in ("uuid", "created", "expires_at", "last_accessed")}
    return {**result, "access_token": made.get("token")} if made or not entry else result


def finish(context: Context, result: State) -> None:
    """Raises QuayError if a new token was lost."""
    refuse_lost(context, result, "access_token", f"The {APPLICATION_TOKEN.title(context.params)}")


SHAPE = Member(PATH, "tokens", "uuid", match=("name",), parse=parse, view=listed("tokens", TokenView))
APPLICATION_TOKEN = Resource(
    kind="application_token",
    label="{name} of application {client_id}",
    keys=(
        Field("organization", required=True, rule=namespace_rule),
        Field("client_id", required=True, rule=namespace_rule),
        Field("name", required=True, rule=name_rule),
    ),
    fields=(
        Field(
            "rights",
            "list",
            on_create=("repo:read",),
            rule=lambda rights: "" if rights else "use at least one scope",
            canonical=lambda rights: tuple(scopes_of(rights)),
            shown=list,
            create_only="Quay cannot change it; recreate: true replaces the token",
            spec={"elements": "str", "choices": [*SCOPES, "all"]},
        ),
    ),
    shape=SHAPE,
    locate=locate,
    read=read,
    writes=(write,),
    returns=returns,
    needs="application_tokens",
)
