# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: mirrors with the state of their synchronization, and how all of them are doing."""

from __future__ import annotations

import typing as t

from ..._client.capabilities import explaining, require
from ..._client.client import Names, QuayClient
from ..._client.views import Object, listed
from ..._engine.field import Field, State, arguments
from ..._engine.operation import Context, Operation, Params, inform
from ..._engine.plan import shown_object
from ..._engine.reconcile import check_names
from ..._engine.resource import Resource, Wish
from ..._engine.singleton import Singleton
from ..._errors import BadInput, FeatureOff
from ..._text.name_rules import namespace_rule
from .organization import ORGANIZATION_MIRROR
from .organization import PATH as ORGANIZATION_PATH
from .repository import REPOSITORY_MIRROR

STATUS = ("sync_status", "sync_retries_remaining", "sync_expiration_date")
MORE = ("has_external_registry_password", "repo_sync_status_counts", "creation_date")
HEALTH = "/repository/mirror/health"
LONGEST_PAGE, LONGEST_DETAIL = 500, 1000
NAMESPACE = Field("namespace", rule=namespace_rule)


class _Page(t.TypedDict):
    has_more: bool


class _Repositories(t.TypedDict):
    details: list[Object]
    pagination: _Page


class _Issue(t.TypedDict):
    severity: str
    message: str


class _Health(t.TypedDict):
    healthy: bool
    workers: Object
    repositories: _Repositories
    issues: list[_Issue]


class HealthView(_Health, total=False):
    """GET /repository/mirror/health (quay endpoints/api/mirrorhealth.py)."""

    tags_pending: int


def mirror_of(
    resource: Resource, details: t.Callable[[Context, Names], State] = lambda _context, _names: {}, **options: t.Any
) -> Operation:
    """The operation that shows the mirror of one place, as a list of one or none.

    ``details(context, names)``: what only a further request shows.
    """
    shape = t.cast("Singleton", resource.shape)

    def read(context: Context) -> Params:
        params = {key.name: context.params[key.name] for key in resource.keys}
        check_names(resource, params)
        names = {**params, **(resource.locate(context.client, params) if resource.locate else {})}
        entry = _entry(resource, shape, context.client, names)
        if entry is None:
            return {"mirrors": []}
        keys = {key.name: names[key.name] for key in resource.keys}
        status = {name: entry[name] for name in (*STATUS, *MORE) if name in entry}
        values = {one.name: one.read(entry) for one in resource.fields if one.stored}
        return {"mirrors": [{**keys, **shown_object(resource, values), **status, **details(context, names)}]}

    return inform({**arguments(resource.keys), **options}, read, {"mirrors": []})


def _entry(resource: Resource, shape: Singleton, client: QuayClient, names: Names) -> State | None:
    """The mirror as Quay shows it; raises ParentMissing, FeatureOff and QuayError."""
    with explaining(client, resource.needs, (FeatureOff,)):
        observed = shape.read(resource, client, names, Wish({}))
    if observed.fields is None:
        require(client, resource.needs)
    return observed.facts.get("entry")


def repositories(context: Context, names: Names) -> State:
    """The repositories that the mirror of an organization has found, if they are asked for. Raises QuayError."""
    if not context.params["repositories"]:
        return {}
    found: list[State] = []
    page, more = 1, True
    while more:
        query = {"page": page, "limit": LONGEST_PAGE}
        path = ORGANIZATION_PATH + "/repositories"
        answer = context.client.get(path, names, query, missing=(), view=listed("repositories", Object))
        found, page, more = [*found, *answer["repositories"]], page + 1, bool(answer.get("has_next"))
    return {"repositories": found}


def health(context: Context) -> Params:
    """How the enabled mirrors of a namespace, or of the whole registry, are doing; raises QuayError."""
    namespace = context.params["namespace"]
    broken = namespace_rule(namespace) if namespace else ""
    if broken:
        raise BadInput("namespace", namespace, broken)
    require(context.client, "mirror_health")
    place = {"namespace": namespace} if namespace else {}
    mirrors: list[State] = []
    while True:
        query = {**place, "detailed": "true", "limit": LONGEST_DETAIL, "offset": len(mirrors)}
        answer = context.client.get(HEALTH, {}, query, missing=(), view=HealthView)
        mirrors += answer["repositories"].pop("details")
        if not answer["repositories"].pop("pagination")["has_more"]:
            # All of it is of this second.
            issues = [{name: issue[name] for name in ("severity", "message")} for issue in answer["issues"]]
            summary = {name: answer.get(name) for name in ("healthy", "workers", "repositories", "tags_pending")}
            return {"health": {**summary, "issues": issues}, "mirrors": mirrors}


REPOSITORY_INFO = mirror_of(REPOSITORY_MIRROR)
ORGANIZATION_INFO = mirror_of(ORGANIZATION_MIRROR, repositories, repositories={"type": "bool", "default": False})
HEALTH_INFO = inform(arguments([NAMESPACE]), health, {})
