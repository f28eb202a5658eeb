# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads of builds and triggers (quay endpoints/api/build.py, trigger.py)."""

from __future__ import annotations

import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import MaybeNamed, MaybeObject, MaybeText, Named, Object
from ..._engine.resource import State
from ..._errors import (
    FeatureOff,
    ParentMissing,
    QuayError,
)
from ..repository.read import find_repository, full_name
from ..shared import find_namespace

BUILDS, TRIGGERS = "/repository/{+repository}/build/", "/repository/{+repository}/trigger/"
# Of any repository, for superusers.
ANY_BUILD = "/superuser/{build_id}/build"
# Older builds are not looked at.
NEWEST = 100


class BuildView(t.TypedDict):
    """A build (quay endpoints/api/build.py, build_status_view)."""

    id: str
    phase: str
    started: MaybeText
    display_name: MaybeText
    tags: t.Any
    trigger: MaybeObject
    trigger_metadata: MaybeObject
    pull_robot: MaybeObject
    dockerfile_path: MaybeText
    context: MaybeText
    manual_user: MaybeText
    is_writer: bool
    error: MaybeText


class _Trigger(t.TypedDict):
    id: str
    service: str
    is_active: bool
    enabled: bool
    disabled_reason: MaybeText
    build_source: MaybeText
    repository_url: MaybeText
    config: Object


class TriggerView(_Trigger, total=False):
    """A trigger as administrators see it (quay endpoints/api/build.py, trigger_view)."""

    pull_robot: MaybeNamed


class BuildsView(t.TypedDict, total=False):
    """GET …/build/; without the feature, Quay takes the address for that of a repository."""

    builds: list[BuildView]


class TriggersView(t.TypedDict, total=False):
    """GET …/trigger/, likewise."""

    triggers: list[TriggerView]


class _Repository(Named):
    namespace: str


class AnyBuildView(BuildView):
    """GET /superuser/<id>/build (quay endpoints/api/superuser.py)."""

    repository: _Repository


def place(client: QuayClient, params: State) -> Names:
    """The repository's full name, and its namespace. Raises QuayError."""
    name = full_name(client, params["repository"])
    return {"repository": name, "namespace": name.partition("/")[0]}


def read_builds(client: QuayClient, names: Names, limit: int = NEWEST) -> list[State]:
    """The newest ``limit`` builds, the newest first; of a missing repository none.

    Raises ParentMissing without the namespace, FeatureOff without builds, and QuayError.
    """
    return _list(client, names, BUILDS, "builds", {"limit": limit}, BuildsView)


def read_triggers(client: QuayClient, names: Names) -> list[State]:
    """All triggers; of a missing repository none. Raises as ``read_builds``."""
    return _list(client, names, TRIGGERS, "triggers", {}, TriggersView)


def _list(client: QuayClient, names: Names, path: str, key: str, query: State, view: t.Any) -> list[State]:
    """The list, which also proves that the route exists: else Quay takes a write below it for one to a repository."""
    answer = client.get(path, names, query, view=view)
    if answer is None:
        find_namespace(client, names)
    if key not in (answer or {}):
        cause = "builds are disabled or this Quay version does not have them"
        raise FeatureOff(f"{client.transport.endpoint.url} has no {key} of repositories: {cause}.", 404, "")
    return t.cast("list[State]", answer[key])


def find_trigger(client: QuayClient, names: Names, wanted: str) -> State | None:
    """The trigger with this id, or the only one that builds from this source.

    Raises QuayError if there are several, and as ``read_builds``.
    """
    triggers = read_triggers(client, names)
    found = [one for one in triggers if one["id"] == wanted] or [
        one for one in triggers if one["build_source"] == wanted
    ]
    if len(found) > 1:
        raise QuayError(
            f"Repository {names['repository']} has {len(found)} build triggers for {wanted}: specify the id."
        )
    return found[0] if found else None


def need_trigger(client: QuayClient, names: Names, wanted: str) -> State:
    """The same; raises ParentMissing where there is none, since the API makes no triggers."""
    trigger = find_trigger(client, names, wanted)
    if trigger is None:
        find_repository(client, names)
        made = "triggers can be created only on Quay's own pages"
        raise ParentMissing(f"Repository {names['repository']} has no build trigger {wanted}: {made}.")
    return trigger


def read_build(client: QuayClient, names: Names, build_id: str) -> State:
    """One build; raises ParentMissing without the repository, QuayError where it has none with this id."""
    build = client.get(BUILDS + "{build_id}", {**names, "build_id": build_id}, view=BuildView)
    if build is None:
        find_repository(client, names)
        raise QuayError(f"Repository {names['repository']} has no build {build_id}.")
    return t.cast("State", build)
