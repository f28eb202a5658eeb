# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs of the engine on the toy object of conftest.py, and answers of its server that are none."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._engine import reconcile
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    AnswerLost,
    Refused,
)


def run(box, server, check_mode=False, diff=True, **params):
    warnings = []
    result = reconcile.reconcile(box, server, {"name": "crate", **params}, check_mode, diff, warnings.append)
    return result, warnings


def paint_and_delete(change):
    undo = change.step("paint back", "PUT", "/boxes/{name}", {"color": "red"})
    yield change.step("paint", "PUT", "/boxes/{name}", {"color": "black"}, undo=undo)
    yield change.step("delete", "DELETE", "/boxes/{name}")


def no_answer(*_request):
    raise AnswerLost("Nobody knows.")


def refuse(method, path):
    raise Refused("In use.", 400, "")


def do_nothing(method, path):
    return {}
