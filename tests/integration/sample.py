# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which tasks of which stories go through the module door in `make test`; in `make doors` and `make live` all do. Pure.

Both doors run the same operation, and the worker door runs every story in full. A module costs a process and an
archive for each task, so the module door runs

* of the stories of APART, each with the name of a module, one task of every *way* in which that module ends: changed or
  not, failed or not, with or without warnings, and after which kinds of refusal by the server (none, 4xx, 5xx),
* of the stories of SHAPES one task of every way in which that module creates or changes something: by which methods it
  wrote, and whether the task has a one-off action that the kind declares (a trigger),
* every task of the story `connection`, which is about what the doors themselves report.

What the run in the worker showed decides it. Of several tasks that with the fewest items goes through the door, in
check mode, for real, and again; the tasks between them run in the worker. So every form of a declaration is in the
sample, which test_sample.py holds, and every way in which a module ends: a kind of one of these forms brings nothing
that a door has not seen.
"""

from __future__ import annotations

import os
import typing as t

from tests.integration.play import Run
from tests.integration.story import module_of, options_of

Event = dict[str, t.Any]
Way = tuple[t.Hashable, ...]

WHOLE = "connection"
# One of each form in which resources are declared: the shape, changed in place or replaced, alone, with triggers.
SHAPES = (
    "quay_application",
    "quay_organization_mirror",
    "quay_repository_prune",
    "quay_robot",
)
# The other forms, and what the doors themselves treat apart: secrets, files, sessions, long results, warnings.
APART = (
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
# The options that are one-off actions of a declaration; a test holds that these are all.
TRIGGERS = frozenset({"cancel_sync", "force_sync", "regenerate", "reset_client_secret", "take_ownership"})
# How a caller asks for all tasks: `make doors`.
ALL = os.environ.get("STORY_TASKS") == "all"


def in_sample(name: str) -> bool:
    """Whether the module door tells anything of the story ``name``."""
    return ALL or name in (WHOLE, *SHAPES, *APART)


def sample(name: str, worker: Run) -> frozenset[str]:
    """The numbers of the tasks of story ``name`` for the module door, by its run in the worker."""
    real = [event for event in worker.events if event["twin"] == "real"]
    if name == WHOLE:
        return frozenset(event["step"] for event in real)
    own = [event for event in real if module_of(worker.steps[event["step"]]) == name]
    ways: dict[Way, str] = {}
    for event in sorted(own, key=lambda one: len(one["result"].get("results", "1"))):
        way = _change(event, options_of(worker.steps[event["step"]])) if name in SHAPES else _way(event)
        if way:
            ways.setdefault(way, event["step"])
    return frozenset(ways.values())


def _way(event: Event) -> Way:
    result = event["result"]
    statuses = {request["status"] or 0 for request in event.get("requests", ())}
    refusals = sorted({status // 100 for status in statuses if status >= 400})
    return event["outcome"], bool(result.get("changed")), "warnings" in result, tuple(refusals)


def _change(event: Event, options: dict[str, t.Any]) -> Way:
    """How the task wrote; nothing if it has changed nothing, or only deleted something, which is alike for all."""
    if event["outcome"] != "ok" or not event["result"].get("changed"):
        return ()
    methods = {request["method"] for request in event.get("requests", ())} - {"GET"}
    return () if methods == {"DELETE"} else (*sorted(methods), not TRIGGERS.isdisjoint(options))
