# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: sends the steps of one object, and decides what an answer means by looking again.

A lost answer, a refusal that may mean that somebody was faster, and an answer that lacks an id are the same question:
what is there now? If it is as declared, all is well; if something else is left to do, that is done; if the same request
would be sent again, a lost one is sent again and a refusal stands.
"""

from __future__ import annotations

import time
import typing as t

from .._client.client import QuayClient
from .._errors import AnswerLost, CredentialsRefused, FeatureOff, ParentMissing, QuayError, Refused
from .resource import Step

#: How often the steps of one object are sent before it is given up.
LOOKS = 4
#: Seconds that others get at most for what they began at the same moment.
MOST_FOR_OTHERS = 5.0
#: Statuses with which Quay refuses what another request has just done; what is gone is nobody's, and so forbidden.
MAYBE_DONE = (400, 403, 404, 409)


def settle(
    client: QuayClient,
    steps: t.Sequence[Step],
    look: t.Callable[[], t.Sequence[Step]],
    answers: list[t.Any],
    done: list[Step],
) -> bool:
    """Send ``steps`` until nothing is left to do.

    ``look`` observes and plans again. ``answers`` collects what Quay answered, ``done`` all that Quay may have carried
    out; the ``undo`` of these is sent if it fails. Returns whether something is there that no look shows.
    Raises QuayError.
    """
    trouble: QuayError | None = None
    unseen, attempts = False, 0
    refused: list[Step] = []
    while attempts < LOOKS:
        trouble, failed = _send(client, steps, answers, done)
        if failed is None:
            return unseen
        left = _look_again(look, trouble, client, done)
        if isinstance(trouble, Refused):
            refused.append(failed)
        else:
            attempts += 1
        # What others have done meanwhile is progress, however often; what was refused once stays refused.
        if isinstance(trouble, Refused) and any(_same(step, one) for step in left for one in refused):
            if not (failed.there and failed.there in trouble.said):
                break
            unseen, left = True, [step for step in left if not _same(step, failed)]
        if not left:
            return unseen
        steps = left
    error = trouble or QuayError(
        f"Could not {steps[0].purpose}: Quay accepted the requests, but after {LOOKS} attempts it is still missing."
    )
    undo(client, done, error)
    raise error


def give_way(looked: float) -> None:
    """Wait four times the time since ``looked``: who found nothing at that moment either has then created theirs.

    ``looked``: seconds of ``time.monotonic``; it waits ``MOST_FOR_OTHERS`` at most.
    """
    time.sleep(min(4 * (time.monotonic() - looked), MOST_FOR_OTHERS))


def _send(
    client: QuayClient, steps: t.Sequence[Step], answers: list[t.Any], done: list[Step]
) -> tuple[QuayError | None, Step | None]:
    """Send in order, and stop at the first step that only another look can judge; that step, and its trouble if any."""
    for step in steps:
        try:
            answers.append(client.write(step.method, step.path, step.body, step.purpose))
        except AnswerLost as error:
            done.append(step)
            return error, step
        except Refused as error:
            if not _maybe_done(error):
                undo(client, done, error)
                raise
            return error, step
        except QuayError as error:
            undo(client, done, error)
            raise
        done.append(step)
        if step.look:
            return None, step
    return None, None


def _maybe_done(error: Refused) -> bool:
    clear = isinstance(error, (CredentialsRefused, FeatureOff))
    return error.status in MAYBE_DONE and not clear


def _look_again(
    look: t.Callable[[], t.Sequence[Step]], trouble: QuayError | None, client: QuayClient, done: t.Sequence[Step]
) -> t.Sequence[Step]:
    try:
        return look()
    except QuayError as error:
        # What the object lived in has gone; else the refusal itself says more than a look that fails.
        cause = trouble if isinstance(trouble, Refused) and not isinstance(error, ParentMissing) else error
        undo(client, done, cause)
        raise cause from error


def _same(one: Step, other: Step) -> bool:
    return (one.method, one.path, one.body) == (other.method, other.path, other.body)


def undo(client: QuayClient, done: t.Sequence[Step], cause: QuayError) -> None:
    """Send the ``undo`` of all that was done, the last first. Raises ``cause`` with what went wrong with that."""
    undos = {(step.undo.method, step.undo.path): step.undo for step in reversed(done) if step.undo}
    try:
        for step in undos.values():
            client.write(step.method, step.path, step.body, step.purpose)
    except QuayError as error:
        raise QuayError(f"{cause} And then: {error}", cause.result) from cause
