# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: application-specific tokens in lists, without their codes."""

from __future__ import annotations

from ..._engine.operation import Context, Params, inform, searched
from ..._text.times import iso, parsed
from ..shared import read_needing
from .resource import PATH, TokensView

TIMES = ("created", "expiration", "last_accessed")
SPEC: Params = {
    "name": {"type": "str"},
    "all_users": {"type": "bool", "default": False},
    "expiring": {"type": "bool", "default": False},
}


def list_tokens(context: Context) -> Params:
    """The tokens of the account, or of all users, sorted by title. Raises QuayError."""
    params = context.params
    is_wanted = searched(params, "name")
    needs, path = ("all_app_tokens", "/superuser/apptokens") if params["all_users"] else ("app_tokens", PATH)
    query = {"expiring": "true"} if params["expiring"] else {}
    listed = read_needing(context.client, needs, path, query=query, view=TokensView)["tokens"]
    tokens = [
        {
            "uuid": entry["uuid"],
            "name": entry["title"],
            **{name: iso(parsed(entry[name])) if entry[name] else None for name in TIMES},
        }
        for entry in listed
        if is_wanted(entry["title"])
    ]
    return {"docker_tokens": sorted(tokens, key=lambda token: (token["name"], token["uuid"]))}


DOCKER_TOKEN_INFO = inform(SPEC, list_tokens, {})
