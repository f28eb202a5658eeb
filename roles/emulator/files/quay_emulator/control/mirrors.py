# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Quay's worker does with mirrors, which here nobody synchronizes."""

from __future__ import annotations

from flask import request

from .builds import repository


def mirrors(emulator):
    """Change what the mirror of a ``repository`` or an ``organization`` shows, such as its sync_status.

    ``repositories`` are those that an organization has found: ``[{name, sync_status, status_message}]``.
    """
    body = request.get_json()
    if "repository" in body:
        mirror = repository(emulator, body.pop("repository")).mirror
    else:
        org = emulator.store.get(body.pop("organization"), "org")
        mirror = org and org.mirror
    if mirror is None:
        raise ValueError("no such mirror")
    if strange := body.keys() - {*mirror, "repositories"}:
        raise ValueError(f"a mirror has no {', '.join(sorted(strange))}")
    mirror.update(body)
    return {"sync_status": mirror["sync_status"]}


SWITCHES = [("POST", "mirrors", mirrors)]
