# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection is cut, or the process dies, around every write of an apply of some 150 writes."""

from __future__ import annotations

import contextlib
import threading
import typing as t
from unittest import mock

import requests

from tests.faults.case import Case, Options, Place, task, unclean

READS = ("GET", "HEAD")
# The answer never comes: the request did not arrive, or it did; or the process dies after it.
MOMENTS = ("before", "during", "after")
EVERY_SHORT = 37


class DeathError(BaseException):
    """The process dies."""


def document() -> Options:
    """An organization whose first apply sends about 150 writes."""
    robots = [{"name": f"robot{number}", "description": "builds"} for number in range(28)]
    teams = [
        {"name": f"team{number}", "role": "member", "members": ["alice", f"payments+robot{number}"]}
        for number in range(15)
    ]
    repositories = [
        {"name": f"repository{number}", "perms": [{"name": f"team{number % 15}", "type": "team", "role": "write"}]}
        for number in range(37)
    ]
    parts = {"robots": robots, "teams": teams, "repositories": repositories, "quota": {"quota": "10 GiB"}}
    more = {"default_perms": [{"name": "team0", "type": "team", "role": "read"}]}
    return {"organizations": [{"name": "payments", **parts, **more}]}


WRITES = 150


def cases(short: bool) -> t.Iterator[Case]:
    """Every write with every moment."""
    for number in range(1, WRITES + 1, EVERY_SHORT if short else 1):
        for moment in MOMENTS:
            yield Case(f"{moment} write {number}", lambda place, n=number, m=moment: cut(place, n, m))


def cut(place: Place, number: int, moment: str) -> str:
    """Apply with the cut, then again: it must converge, and say what went wrong."""
    from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import APPLY

    options = {**place.connection, "document": document(), "workers": 2}
    with cut_at(number, moment) as reached, contextlib.suppress(DeathError):
        message = task(APPLY, options)[1]
        if message and unclean(message):
            return unclean(message)
    if not reached():
        return f"there was no write {number}"
    for expected in (None, False):
        result, message = task(APPLY, options)
        if result is None:
            return f"the next run failed: {message[:300]}"
        if expected is False and result["changed"]:
            return f"changed again: {result['plan'][:3]}"
    return ""


@contextlib.contextmanager
def cut_at(number: int, moment: str) -> t.Iterator[t.Callable[[], bool]]:
    """Cut the write of this number below everything of the collection; tells whether it came to it."""
    lock, seen, dead, send = threading.Lock(), [0], [False], requests.Session.send

    def spoiled(session: requests.Session, request: t.Any, **options: t.Any) -> t.Any:
        with lock:
            seen[0] += request.method not in READS
            now = request.method not in READS and seen[0] == number
        if dead[0]:
            raise DeathError
        if now and moment == "before":
            raise requests.ConnectionError("cut")
        answer = send(session, request, **options)
        if now and moment == "after":
            dead[0] = True
            raise DeathError
        if now:
            raise requests.ConnectionError("cut")
        return answer

    with mock.patch.object(requests.Session, "send", spoiled):
        yield lambda: seen[0] >= number
