# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: application-specific tokens, with which users sign in to the registry.

Quay shows the code of a token to its owner at any time (quay endpoints/api/appspecifictokens.py).
"""

from __future__ import annotations

import dataclasses
import typing as t
from urllib.parse import urlsplit

from ..._client.client import Names, QuayClient
from ..._client.views import MaybeText, listed
from ..._engine.field import Field, State
from ..._engine.member import Member
from ..._engine.resource import Observed, Resource, Wish
from ..._text.docker_config import docker_config, login
from ..._text.name_rules import text_rule

PATH = "/user/apptoken"
USERNAME = "$app"
SHOWN = ("uuid", "created", "expiration", "last_accessed", "token_code")


class TokenView(t.TypedDict):
    """A token in a list, without its code."""

    uuid: str
    title: str
    created: MaybeText
    expiration: MaybeText
    last_accessed: MaybeText


class OneTokenView(t.TypedDict):
    """GET /user/apptoken/<uuid>."""

    token: TokenView


TokensView = listed("tokens", TokenView)


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The first token of this name that is valid; expired ones are listed, but Quay has nothing else of them.

    Raises QuayError.
    """
    observed = SHAPE.read(DOCKER_TOKEN, client, names, wish)
    registry = {"registry": urlsplit(client.transport.endpoint.url).netloc}
    if wish.state == "absent":
        return observed
    entries = [observed.facts["entry"], *observed.facts["twins"]] if observed.fields is not None else []
    for entry in entries:
        answer = client.get(SHAPE.entry_path, {"id": entry["uuid"]}, view=OneTokenView)
        if answer:
            return dataclasses.replace(observed, facts={**observed.facts, **registry, "entry": answer["token"]})
    return Observed(None, {**registry, "others": entries})


def returns(observed: Observed, answers: list[t.Any]) -> State:
    """Null is what only Quay knows, as long as the token does not exist."""
    seen = [answer["token"] for answer in answers if answer]
    token = seen[-1] if seen else observed.facts.get("entry") or {}
    result = {**{name: token.get(name) for name in SHOWN}, "username": USERNAME}
    auth = login(USERNAME, token["token_code"]) if token else None
    config = docker_config({observed.facts["registry"]: {"auth": auth}}) if auth else None
    return {**result, "auth_b64": auth, "dockerconfigjson_b64": config}


def finish(_context: t.Any, result: State) -> None:
    """The name also at the top level."""
    if "docker_token" in result:
        result["name"] = result["docker_token"]["name"]


SHAPE = Member(PATH, "tokens", "uuid", match=("name",), view=TokensView)
DOCKER_TOKEN = Resource(
    kind="docker_token",
    label="{name}",
    keys=(Field("name", required=True, api="title", rule=text_rule),),
    fields=(),
    shape=SHAPE,
    read=read,
    returns=returns,
    needs="app_tokens",
)
