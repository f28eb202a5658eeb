# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the OAuth tokens of an application in a list."""

from __future__ import annotations

from ..._client.capabilities import explaining
from ..._engine.field import State
from ..._engine.operation import Context, Params, inform, searched
from ..._engine.reconcile import check_names
from .resource import APPLICATION_TOKEN, parse, tokens_of

SPEC: Params = {
    "organization": {"type": "str", "required": True},
    "client_id": {"type": "str", "required": True},
    "name": {"type": "str"},
}


def list_tokens(context: Context) -> Params:
    """All that have not expired, sorted by name. Raises QuayError."""
    params, client = context.params, context.client
    is_wanted = searched(params, "name")
    names = {name: params[name] for name in ("organization", "client_id")}
    check_names(APPLICATION_TOKEN, names)
    with explaining(client, "application_tokens"):
        tokens = [_shown(entry) for entry in tokens_of(client, names) if is_wanted(entry["name"] or "")]
    return {"application_tokens": sorted(tokens, key=lambda token: (token["name"], token["uuid"]))}


def _shown(entry: State) -> State:
    seen = {name: entry[name] for name in ("uuid", "created_by", "created", "expires_at", "last_accessed")}
    values = parse(entry)
    return {**seen, "name": values["name"], "rights": list(values["rights"])}


APPLICATION_TOKEN_INFO = inform(SPEC, list_tokens, {"application_tokens": []})
