# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Speaks to the emulator from inside a story, without a module; does nothing on a real server.

``emulator: {switch: misbehave, kind: html}`` moves a switch of its control/switches.py,
``emulator: {api: organization/, name: payments}`` asks its API as the superuser.
``method`` is POST where not given; all other keys are the body.
``emulator: {requests: [{switch: reset}, {api: …}]}`` sends several.

On a real server, images come by the program that STORY_PUSH names, if any: the body on its standard input, the answer
of the emulator on its output.
"""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        emulator = os.environ.get("STORY_EMULATOR")
        requests = json.loads(json.dumps(self._task.args, default=str))
        push = os.environ.get("STORY_PUSH")
        if not emulator and push and requests.get("switch") == "images":
            done = subprocess.run([push], input=json.dumps(requests), capture_output=True, text=True, check=True)
            return {"changed": False, "answer": json.loads(done.stdout)}
        if not emulator or self._task.check_mode:
            return {"skipped": True, "changed": False}
        answers = [_ask(emulator, request) for request in requests.get("requests", [requests])]
        return {"changed": False, "answer": answers[-1]}


def _ask(emulator, body):
    method = body.pop("method", "POST")
    path = f"_emulator/{body.pop('switch')}" if "switch" in body else f"api/v1/{body.pop('api')}"
    request = urllib.request.Request(f"{emulator}/{path}", method=method)
    request.add_header("Content-Type", "application/json")
    if path.startswith("api/"):
        request.add_header("Authorization", f"Bearer {os.environ['STORY_QUAY_TOKEN']}")
    # A body with a method of its own stands apart from that of the request.
    request.data = json.dumps(body.get("body", body)).encode()
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read() or b"null")
