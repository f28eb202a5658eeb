# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the operation of quay_team_sync, and of the modules that say ``sync`` for ``state``."""

from __future__ import annotations

import typing as t

from ..._client.client import QuayClient
from ..._engine.action import check_waiting, poll
from ..._engine.field import arguments
from ..._engine.operation import Context, Operation, Params
from ..._engine.reconcile import check_names, reconcile
from ..._errors import BadInput, QuayError
from .read import last_update
from .resource import TEAM_SYNC

# Seconds between two looks for the first synchronization, at first and at most.
PAUSE, LONGEST_PAUSE = 1.0, 15.0


def synchronize(groups: t.Sequence[str], constraints: Params, **options: Params) -> Operation:
    """The operation of a module that takes these ``groups`` and these other ``options``."""
    fields = [*TEAM_SYNC.keys, *(entry for entry in TEAM_SYNC.fields if entry.name in groups)]
    # Only a group of OIDC takes people from the team at once.
    force = {"force": {"type": "bool", "default": False}} if "group_name" in groups else {}
    return Operation({**arguments(fields), **options, **force}, converge, constraints)


def converge(context: Context) -> Params:
    """Tie or untie, and wait for the first synchronization where that is asked for. Raises BadInput and QuayError."""
    params = dict(context.params)
    if "sync" in params:
        params["state"] = "present" if params["sync"] else "absent"
    check_names(TEAM_SYNC, params)
    waiting = params["state"] == "present" and params.get("wait")
    if waiting:
        _check_wait(params)
    result = reconcile(TEAM_SYNC, context.client, params, context.check_mode, context.diff, context.warn)
    if "team_sync" in result:
        last_updated = result.pop("last_updated")
        # After a change, what was read is of the tie before.
        result["team_sync"]["last_updated"] = None if result["changed"] else last_updated
        if waiting and not context.check_mode and not result["team_sync"]["last_updated"]:
            _wait(context.client, params, result)
    return result


def _check_wait(params: Params) -> None:
    check_waiting(params)
    if params["group_name"]:
        raise BadInput("wait", True, "members of an OIDC group are added when they sign in; set wait=false")


def _wait(client: QuayClient, params: Params, result: Params) -> None:
    """Until Quay has brought in the members of the group for the first time; looks less and less often."""
    limit = params["wait_timeout"]
    updated = poll(lambda: last_update(client, params), None, bool, limit, PAUSE, LONGEST_PAUSE)
    if not updated:
        team = TEAM_SYNC.label.format(**params)
        cause = f"Quay's worker did not bring in the members within {limit:g} seconds (wait_timeout)"
        raise QuayError(f"Team {team} is synchronized with its group, but {cause}.", result)
    result["team_sync"]["last_updated"] = updated
