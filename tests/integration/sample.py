# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which tasks of which stories go through the module door in `make test`; in `make doors` and `make live` all do. Pure.

Both doors run the same operation, and the worker door runs every story in full. A module costs a process and an
archive for each task, so the module door runs

* of the stories of SHAPES, each with the name of a module, one task of every *way* in which that module ends: changed
  or not, failed or not, with or without warnings, and after which kinds of refusal by the server (none, 4xx, 5xx); what
  the run in the worker showed decides it. The one with the fewest items, in check mode, for real, and again,
* every task of the story `connection`, which is about what the doors themselves report.

The tasks between them run in the worker. So each shape, with every way in which it ends, is in the sample;
a kind that declares a shape brings nothing that a door has not seen.
"""

from __future__ import annotations

import os
import typing as t

from tests.integration.play import Run
from tests.integration.story import module_of

Event = dict[str, t.Any]
Way = tuple[t.Hashable, ...]

WHOLE = "connection"
# One of each shape, and what the doors themselves treat apart: secrets, files, sessions, long results, warnings.
SHAPES = (
    "quay_api_token",
    "quay_application_info",
    "quay_apply",
    "quay_build",
    "quay_export",
    "quay_first_user",
    "quay_login",
    "quay_notification",
    "quay_proxy_cache",
    "quay_superuser",
    "quay_tag_prune",
    "quay_team",
    "quay_team_sync",
    "quay_usage_logs",
)
# How a caller asks for all tasks: `make doors`.
ALL = os.environ.get("STORY_TASKS") == "all"


def in_sample(name: str) -> bool:
    """Whether the module door tells anything of the story ``name``."""
    return ALL or name in (WHOLE, *SHAPES)


def sample(name: str, worker: Run) -> frozenset[str]:
    """The numbers of the tasks of story ``name`` for the module door, by its run in the worker."""
    real = [event for event in worker.events if event["twin"] == "real"]
    if name == WHOLE:
        return frozenset(event["step"] for event in real)
    own = [event for event in real if module_of(worker.steps[event["step"]]) == name]
    ways: dict[Way, str] = {}
    for event in sorted(own, key=lambda one: len(one["result"].get("results", "1"))):
        ways.setdefault(_way(event), event["step"])
    return frozenset(ways.values())


def _way(event: Event) -> Way:
    result = event["result"]
    statuses = {request["status"] or 0 for request in event.get("requests", ())}
    refusals = sorted({status // 100 for status in statuses if status >= 400})
    return event["outcome"], bool(result.get("changed")), "warnings" in result, tuple(refusals)
