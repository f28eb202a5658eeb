# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prints nothing, and writes a line of JSON for each result into the file that DEMO_TALLY names."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: tally
type: stdout
short_description: One line of JSON for each result
description: For the demo, which tells in its own words what happened.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "tally"

    def note(self, result, failed=False):
        """What the demo needs of one result; of a loop, of one item."""
        told = result._result
        line = {
            "action": result._task.action.rsplit(".", 1)[-1],
            "changed": bool(told.get("changed")),
            "failed": failed,
            "message": told.get("msg"),
            "facts": told.get("ansible_facts", {}),
        }
        with Path(os.environ["DEMO_TALLY"]).open("a") as tally:
            tally.write(json.dumps(line, default=str) + "\n")

    def v2_runner_on_ok(self, result):
        if "results" not in result._result:
            self.note(result)

    def v2_runner_item_on_ok(self, result):
        self.note(result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        if "results" not in result._result:
            self.note(result, failed=not ignore_errors)

    def v2_runner_item_on_failed(self, result):
        self.note(result, failed=True)
