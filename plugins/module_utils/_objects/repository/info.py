# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: lists repositories (quay endpoints/api/repository.py)."""

from __future__ import annotations

import datetime as dt

from ..._client.auth import Anonymous
from ..._client.client import QuayClient
from ..._client.views import RepositoryView
from ..._engine.operation import Context, Params, inform, searched
from ..._engine.resource import State
from ..._errors import BadInput, ParentMissing
from ..._text.name_rules import namespace_rule
from ..._text.times import iso
from ..shared import prove_credentials


def list_repositories(context: Context) -> Params:
    """Those that the account may see, in a namespace or everywhere, sorted; raises ParentMissing."""
    client, params, namespace = context.client, context.params, context.params["namespace"]
    if namespace is not None and namespace_rule(namespace):
        raise BadInput("namespace", namespace, namespace_rule(namespace))
    is_wanted = searched(params, "name")
    place = {"namespace": namespace} if namespace else {"public": "true"}
    query = {"starred": "true"} if params["starred"] else place
    views = list(client.pages("/repository", {}, "repositories", {**query, "last_modified": "true"}, RepositoryView))
    _prove(client, namespace, bool(views))
    found = [_shown(view) for view in views if namespace in (None, view["namespace"])]
    found.sort(key=lambda repository: str(repository["name"]))
    return {"repositories": [repository for repository in found if is_wanted(repository["name"])]}


def _prove(client: QuayClient, namespace: str | None, found: bool) -> None:
    """A dead token and a missing namespace get a list, too: what is public, or nothing."""
    if namespace and not found and not client.is_namespace(namespace):
        raise ParentMissing(f"Organization {namespace} does not exist.")
    if not isinstance(client.auth, Anonymous):
        prove_credentials(client, namespace or "quay")


def _shown(view: State) -> State:
    modified, report = view.get("last_modified"), view.get("quota_report") or {}
    return {
        "name": f"{view['namespace']}/{view['name']}",
        "visibility": "public" if view["is_public"] else "private",
        "description": view["description"] or "",
        "repo_state": view.get("state"),
        "star": bool(view.get("is_starred")),
        "last_modified": iso(dt.datetime.fromtimestamp(modified, dt.timezone.utc)) if modified else None,
        "size": report.get("quota_bytes"),
    }


REPOSITORY_INFO = inform(
    {"namespace": {"type": "str"}, "name": {"type": "str"}, "starred": {"type": "bool", "default": False}},
    list_repositories,
    {"repositories": []},
)
