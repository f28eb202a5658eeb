# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What services do by themselves."""

from __future__ import annotations

from flask import request

from ..api.superuser.keys import new_key


def submit(emulator):
    """A service makes a key, which nobody has approved yet."""
    body = request.get_json()
    key = new_key(body["service"], None, body.get("name", ""), {"created_by": "CLI tool"})
    emulator.store.entries["keys"].append(key)
    return {"kid": key["kid"]}


SWITCHES = [("POST", "submit_key", submit)]
