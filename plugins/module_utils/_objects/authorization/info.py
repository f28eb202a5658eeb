# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the OAuth authorizations of the connected user in a list."""

from __future__ import annotations

from ..._client.views import listed
from ..._engine.field import State
from ..._engine.operation import Context, Params, inform, searched
from ..shared import read_needing
from .resource import PLACES, AuthorizationView, parse

SPEC: Params = {"application": {"type": "str"}, "offered": {"type": "bool", "default": False}}


def list_authorizations(context: Context) -> Params:
    """All of them, or all offers, sorted by organization and application. Raises QuayError."""
    is_wanted = searched(context.params, "application")
    path = f"/user/{PLACES[context.params['offered']]}"
    view = listed("authorizations", AuthorizationView)
    entries = read_needing(context.client, "assigned_tokens", path, view=view)["authorizations"]
    found = [_shown(entry) for entry in entries if is_wanted(entry["application"]["name"])]
    found.sort(key=lambda one: (one["organization"], one["application"], one["uuid"]))
    return {"authorizations": found}


def _shown(entry: State) -> State:
    return {**parse(entry), "rights": sorted(one["scope"] for one in entry["scopes"])}


AUTHORIZATION_INFO = inform(SPEC, list_authorizations, {})
