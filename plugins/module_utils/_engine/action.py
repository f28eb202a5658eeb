# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: a one-off action, which check mode predicts and the diff shows, and waiting for its end."""

from __future__ import annotations

import time
import typing as t
from dataclasses import dataclass, field

from .._errors import BadInput
from .._text.codec import pause_rule
from .field import State
from .operation import Context, Params

Seen = t.TypeVar("Seen")
PACE = 1.5


@dataclass(frozen=True)
class Action:
    """``title`` heads the diff, ``before`` and ``after`` are its two sides.

    ``send()`` carries it out and returns what the result gains; ``predicted``: the same as far as it is known before.
    """

    title: str
    before: State
    after: State
    send: t.Callable[[], Params]
    predicted: Params = field(default_factory=dict)


def act(context: Context, action: Action) -> Params:
    """The result of the action, which is carried out unless in check mode. Raises QuayError."""
    result: Params = {"changed": True}
    if context.diff:
        header = {"before_header": action.title, "after_header": action.title}
        result["diff"] = {**header, "before": action.before, "after": action.after}
    return {**result, **(action.predicted if context.check_mode else action.send())}


def check_waiting(params: Params) -> None:
    """Hold the options for how long and how often to look against their bounds; raises BadInput."""
    for option in ("wait_timeout", "wait_interval"):
        broken = pause_rule(params[option]) if params.get(option) is not None else ""
        if broken:
            raise BadInput(option, params[option], broken)


def poll(
    look: t.Callable[[], Seen],
    seen: Seen,
    ended: t.Callable[[Seen], t.Any],
    limit: float,
    pause: float,
    longest: float,
) -> Seen:
    """Look until it has ended, less and less often; what was seen last, also if that took ``limit`` seconds.

    ``pause`` and ``longest``: seconds between two looks, at first and at most. Raises what ``look`` raises.
    """
    deadline = time.monotonic() + limit
    while not ended(seen):
        left = deadline - time.monotonic()
        if left <= 0:
            break
        time.sleep(min(pause, left))
        pause = max(pause, min(PACE * pause, longest))
        seen = look()
    return seen
