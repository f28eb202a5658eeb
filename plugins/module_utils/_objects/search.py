# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: Quay's own search (quay endpoints/api/search.py)."""

from __future__ import annotations

import typing as t

from .._client.client import QuayClient
from .._client.views import MaybeNamed, MaybeText, Named, listed
from .._engine.operation import Context, Params, inform
from .._engine.resource import State
from .._errors import BadInput


class _Result(Named):
    kind: str


class ResultView(_Result, total=False):
    """What is found; only a repository has all of it (quay endpoints/api/search.py)."""

    namespace: Named
    organization: MaybeNamed
    is_robot: bool
    is_public: bool
    description: MaybeText


RESULTS = listed("results", ResultView)
# Quay repeats the last page after that many.
MOST_PAGES = 10


def search(context: Context) -> Params:
    """What Quay finds, in its order. Raises BadInput and QuayError."""
    client, params = context.client, context.params
    if not params["query"].strip():
        raise BadInput("query", params["query"], "use one character or more")
    if params["type"] == "entities":
        query = {"includeTeams": "true", "includeOrgs": "true", "namespace": params["namespace"] or ""}
        names = {"prefix": params["query"]}
        found = client.get("/entities/{prefix}", names, query, missing=(), view=RESULTS)["results"]
    elif params["type"] == "repositories":
        found = list(_repositories(client, params["query"]))
    else:
        found = client.get("/find/all", {}, {"query": params["query"]}, missing=(), view=RESULTS)["results"]
    return {"results": [_shown(one) for one in found]}


def _repositories(client: QuayClient, text: str) -> t.Iterator[State]:
    for page in range(1, MOST_PAGES + 1):
        query = {"query": text, "page": page, "includeUsage": "true"}
        answer = client.get("/find/repositories", {}, query, missing=(), view=RESULTS)
        yield from answer["results"]
        if not answer.get("has_additional"):
            return


def _shown(view: State) -> State:
    """One form for all kinds: the place is an organization, or the namespace of a repository."""
    kind = {"org": "organization"}.get(view["kind"], view["kind"])
    is_robot = kind == "robot" or bool(view.get("is_robot"))
    place = view.get("namespace") or view.get("organization") or {}
    shown = {"kind": "robot" if is_robot else kind, "name": view["name"], "namespace": place.get("name")}
    if kind == "repository":
        shown["name"] = "/".join(filter(None, (place.get("name"), view["name"])))
        shown.update(description=view.get("description") or "", is_public=view.get("is_public"))
    return shown


SEARCH_INFO = inform(
    {
        "query": {"type": "str", "required": True},
        "type": {"type": "str", "choices": ["all", "entities", "repositories"], "default": "all"},
        "namespace": {"type": "str"},
    },
    search,
    {"results": []},
)
