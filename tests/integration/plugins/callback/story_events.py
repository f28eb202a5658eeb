# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes the results of a story as JSON lines, and lets the emulator refuse writes during check twins.

STORY_EVENTS names the file, STORY_EMULATOR the emulator (not set on a real server).
"""

from __future__ import annotations

import json
import os
import urllib.request

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: story_events
type: aggregate
short_description: results of a story as JSON lines
description: For the tests of dockhand.quay.
requirements: [the environment variables STORY_EVENTS and STORY_EMULATOR]
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "story_events"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self._emulator = os.environ.get("STORY_EMULATOR")
        self._refusing = False

    # A task starts here, in the parent, before a worker is made for it.
    def v2_playbook_on_task_start(self, task, is_conditional):
        if not self._emulator:
            return
        refuse = task.vars.get("story_twin") == "check"
        if refuse != self._refusing:
            self._ask("POST", "settings", {"refuse_writes": refuse})
            self._refusing = refuse
        self._ask("DELETE", "requests")

    def v2_runner_on_ok(self, result):
        self._note("ok", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._note("failed", result)

    def v2_runner_on_skipped(self, result):
        self._note("skipped", result)

    def v2_runner_on_unreachable(self, result):
        self._note("failed", result)

    def _note(self, outcome, result):
        task = result._task
        event = {
            "step": task.vars.get("story_step"),
            "twin": task.vars.get("story_twin"),
            "name": task.get_name(),
            "action": task.action,
            "tags": sorted(task.tags),
            "outcome": outcome,
            "result": result._result,
        }
        if self._emulator and event["twin"]:
            event["requests"] = [
                {key: request[key] for key in ("method", "path", "status")}
                for request in self._ask("GET", "requests")
                if request["path"].startswith("/api/")
            ]
        with open(os.environ["STORY_EVENTS"], "a", encoding="utf-8") as events:
            events.write(json.dumps(event, default=str) + "\n")

    def _ask(self, method, path, body=None):
        request = urllib.request.Request(f"{self._emulator}/_emulator/{path}", method=method)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
