# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: OAuth tokens that applications hold for the connected user, and offers of such tokens.

Quay lets users list and revoke them (quay endpoints/api/user.py); it shows neither their age nor which one is in use.
"""

from __future__ import annotations

import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import Named, listed
from ..._engine.field import Field, State
from ..._engine.member import Member
from ..._engine.operation import Params
from ..._engine.resource import Observed, Resource, Wish
from ..._text.name_rules import namespace_rule, text_rule

PLACES = {False: "authorizations", True: "assignedauthorization"}
OPTIONS: Params = {
    "offered": {"type": "bool", "default": False},
    # There is no API to grant one; quay_api_token does.
    "state": {"type": "str", "choices": ["absent"], "default": "absent"},
}
CONSTRAINTS: Params = {"required_one_of": [("uuid", "organization")], "required_by": {"application": ["organization"]}}


class ApplicationView(Named):
    """The application that an authorization is for."""

    organization: Named


class _Scope(t.TypedDict):
    scope: str


class AuthorizationView(t.TypedDict):
    """One of GET /user/authorizations and GET /user/assignedauthorization."""

    uuid: str
    application: ApplicationView
    scopes: list[_Scope]


def parse(entry: State) -> State:
    """What names it."""
    application = entry["application"]
    return {
        "uuid": entry["uuid"],
        "organization": application["organization"]["name"],
        "application": application["name"],
    }


def locate(_client: QuayClient, params: State) -> Names:
    """The place in the path, and the title that names what is specified."""
    parts = [f"{name} {params[name]}" for name in ("uuid", "application", "organization") if params[name] is not None]
    return {"place": PLACES[params["offered"]], "title": ", ".join(parts)}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """All that have what is specified. Raises QuayError."""
    given = {key.name: names[key.name] for key in AUTHORIZATION.keys if names[key.name] is not None}
    meant = [entry for entry in SHAPE.listed(client, names) or () if given.items() <= parse(entry).items()]
    return SHAPE.choose(AUTHORIZATION, meant, names, wish)


SHAPE = Member(
    "/user/{+place}", "authorizations", "uuid", match=(), parse=parse, view=listed("authorizations", AuthorizationView)
)
AUTHORIZATION = Resource(
    kind="authorization",
    label="of {title}",
    keys=(
        Field("uuid", rule=namespace_rule),
        Field("organization", rule=namespace_rule),
        Field("application", rule=text_rule),
    ),
    fields=(),
    shape=SHAPE,
    locate=locate,
    read=read,
    # Of the offers; without them there is nothing to revoke.
    needs="assigned_tokens",
)
