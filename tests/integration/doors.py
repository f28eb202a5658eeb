# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a story ran alike through both doors: results, warnings and masking, event by event. Pure."""

from __future__ import annotations

import difflib
import json
import re
import typing as t

from tests.integration.play import Run

# What differs from run to run, and what stands for it.
CHANGING = (
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "<uuid>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?"), "<time>"),
    (re.compile(r"\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})"), "<time>"),
    (re.compile(r"\b(?=[\w+/-]*\d)[A-Za-z0-9_+/-]{20,}={0,2}"), "<random>"),
    (re.compile(r'"[0-9a-f]{7}"'), '"<commit>"'),
)
# ansible-core 2.19 and 2.20 fill these in for a module and not for an action: the door cannot change that.
FILLED = ("exception", "failed_when_suppressed_exception")
FILLER = "(traceback unavailable)"
MOST_SHOWN = 5
NUMBERS = ("id", "created_at", "expires_at", "timestamp")


def differences(worker: Run, module: Run) -> list[str]:
    """One diff for each event that differs, of the first few."""
    ours, theirs = _told(worker), _told(module)
    found = [f"{len(ours)} events in the worker, {len(theirs)} as a module"] if len(ours) != len(theirs) else []
    for one, other in zip(ours, theirs):
        if one != other:
            lines = difflib.unified_diff(one.splitlines(), other.splitlines(), "worker", "module", lineterm="", n=2)
            found.append("\n".join([_name(one), *lines]))
    return found[:MOST_SHOWN] + ([f"and {len(found) - MOST_SHOWN} more"] if len(found) > MOST_SHOWN else [])


def _told(run: Run) -> list[str]:
    events = [event for event in run.events if event["twin"]]
    return [_calm(json.dumps(_alike(event), indent=1, sort_keys=True), run.word) for event in events]


def _alike(event: dict[str, t.Any]) -> dict[str, t.Any]:
    kept = {key: event[key] for key in ("step", "twin", "name", "outcome")}
    return {**kept, "result": _without_filler(event["result"])}


def _without_filler(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {
            key: "<number>" if key in NUMBERS and isinstance(item, int) else _without_filler(item)
            for key, item in value.items()
            if not (key in FILLED and item == FILLER)
        }
    return [_without_filler(item) for item in value] if isinstance(value, list) else value


def _calm(text: str, word: str) -> str:
    text = text.replace(word, "<story>")
    for pattern, replacement in CHANGING:
        text = pattern.sub(replacement, text)
    return text


def _name(event: str) -> str:
    told = json.loads(event)
    return f"[{told['twin']} {told['step']}] {told['name']}"
