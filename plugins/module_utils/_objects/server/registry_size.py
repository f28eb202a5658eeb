# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the size of all images of a registry, which Quay calculates on demand.

A worker of Quay does that, and only with FEATURE_QUOTA_MANAGEMENT (quay workers/quotaregistrysizeworker.py).
"""

from __future__ import annotations

import datetime as dt
import typing as t

from ..._client.capabilities import require
from ..._client.client import QuayClient
from ..._client.views import MaybeNumber
from ..._engine.action import Action, act, check_waiting, poll
from ..._engine.operation import Context, Operation, Params, inform
from ..._errors import QuayError
from ..._text.codec import size_text
from ..._text.times import iso

PATH = "/superuser/registrysize/"
# Seconds between two looks at the calculation, at most.
LONGEST_PAUSE = 30.0
SPEC: Params = {
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "float", "default": 600.0},
    "wait_interval": {"type": "float", "default": 2.0},
}


class SizeView(t.TypedDict):
    """GET /superuser/registrysize/ (quay endpoints/api/superuser.py)."""

    size_bytes: MaybeNumber
    last_ran: MaybeNumber
    queued: bool
    running: bool


def read(client: QuayClient) -> Params:
    """The last result, and whether another calculation is under way. Raises QuayError."""
    answer = client.get(PATH, {}, missing=(), view=SizeView)
    size, milliseconds = int(answer["size_bytes"] or 0), answer["last_ran"]
    ended = dt.datetime.fromtimestamp(int(milliseconds) // 1000, dt.timezone.utc) if milliseconds else None
    return {
        # Before the first calculation Quay says 0.
        "size_bytes": size if ended else None,
        "size": size_text(size) if ended else None,
        "calculated": iso(ended) if ended else None,
        "calculating": bool(answer["queued"] or answer["running"]),
    }


def calculate(context: Context) -> Params:
    """Start a calculation unless there is one, and wait for its end. Raises QuayError."""
    check_waiting(context.params)
    client, wait = context.client, context.params["wait"]
    now = read(client)
    result: Params = {"changed": False}
    if not now["calculating"]:
        require(client, "registry_size")
        after = {"calculating": True}

        def send() -> Params:
            client.write("POST", PATH, None, "calculate the size of the registry")
            return {}

        result = act(context, Action("size of the registry", {"calculating": False}, after, send))
        now = {**now, **after}
    if context.check_mode:
        # What comes of it, only Quay knows.
        return {**result, "registry_size": {**dict.fromkeys(now), "calculating": False} if wait else now}
    if wait:
        now = _wait(context, now, result)
    return {**result, "registry_size": now}


def _wait(context: Context, now: Params, result: Params) -> Params:
    limit = context.params["wait_timeout"]
    pause = context.params["wait_interval"]
    now = poll(lambda: read(context.client), now, lambda one: not one["calculating"], limit, pause, LONGEST_PAUSE)
    if now["calculating"]:
        late = (
            f"The size of the registry is not calculated after {limit:g} seconds (wait_timeout); Quay goes on with it."
        )
        raise QuayError(late, {**result, "registry_size": now})
    return now


REGISTRY_SIZE = Operation(SPEC, calculate)
REGISTRY_SIZE_INFO = inform({}, lambda context: {"registry_size": read(context.client)}, {})
