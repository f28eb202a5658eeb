# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: a client whose single reads are answered from what whole lists have told already."""

from __future__ import annotations

import collections
import threading
import typing as t

from .._client.check import JSON
from .._client.client import API, QuayClient
from .._client.workers import Workers
from .._errors import (
    CredentialsRefused,
    ParentMissing,
    QuayError,
    Refused,
)
from .section import Answers, Gathering, Item, Reading

Amendment = tuple[str, str, t.Callable[[t.Any], None]]


class Missing(Refused):
    """A known answer: Quay has no such thing."""

    def __init__(self, said: str = "Not Found", status: int = 404) -> None:
        super().__init__(f"Quay says: {said}.", status, said)


class SharedReads(QuayClient):
    """Reads like any client, but each thing only once, and not at all where a list has told it."""

    def __init__(self, lead: QuayClient, workers: Workers) -> None:
        super().__init__(lead.transport, lead.auth)
        self._published = lead._published
        self._workers = workers
        self._answers: Answers = {}
        self._amendments: list[Amendment] = []
        self._to_be_made: set[str] = set()
        self._locks: dict[t.Any, threading.Lock] = collections.defaultdict(threading.Lock)
        self._seen: dict[t.Any, t.Any] = {}

    def learn(self, answers: Answers) -> None:
        """Know the answers by path below /api/v1; one that is a Refused is raised."""
        self._answers.update(answers)

    def amend(self, beginning: str, ending: str, change: t.Callable[[t.Any], None]) -> None:
        """Predict what will change in all answers whose paths begin and end so, also in those that are read later.

        ``change`` does it in place.
        """
        amendment = (beginning, ending, change)
        self._amendments.append(amendment)
        read = [(path, answer) for (path, *_query), answer in self._seen.items()]
        for path, answer in [*self._answers.items(), *read]:
            _amend(amendment, path, answer)

    def will_be_made(self, path: str) -> None:
        """There is nothing at ``path`` nor below it yet, so nothing below it is asked."""
        self._to_be_made.add(path)

    def call(
        self,
        method: str,
        path: str,
        purpose: str,
        body: t.Any = None,
        query: t.Mapping[str, t.Any] | None = None,
        missing: t.Sequence[int] = (),
        patience: float = 1.0,
        view: t.Any = JSON,
    ) -> t.Any:
        key = path[len(API) :] if path.startswith(API) else path
        answer = self._answers.get(key)
        if answer is None and self._is_to_be_made(key):
            if 404 not in missing:
                raise ParentMissing(f"Could not {purpose}: it does not exist yet.")
            return None
        if answer is None:
            return self._shared(path, purpose, query, missing, patience, view)
        if isinstance(answer, Refused):
            if answer.status in missing:
                return None
            raise answer
        return answer

    def _shared(
        self,
        path: str,
        purpose: str,
        query: t.Mapping[str, t.Any] | None,
        missing: t.Sequence[int],
        patience: float,
        view: t.Any,
    ) -> t.Any:
        key = (path, tuple(sorted((query or {}).items())), tuple(missing))
        with self._locks[key]:
            if key not in self._seen:
                answer = self._workers.client.call("GET", path, purpose, None, query, missing, patience, view)
                for amendment in self._amendments:
                    _amend(amendment, path, answer)
                self._seen[key] = answer
        return self._seen[key]

    def _is_to_be_made(self, key: str) -> bool:
        parts = key.split("/")
        return any("/".join(parts[:length]) in self._to_be_made for length in range(3, len(parts) + 1))


def _amend(amendment: Amendment, path: str, answer: t.Any) -> None:
    beginning, ending, change = amendment
    known = answer is not None and not isinstance(answer, Refused)
    if known and path.endswith(ending) and path.startswith((beginning, API + beginning)):
        change(answer)


def gather(workers: Workers, reads: SharedReads, gatherings: list[tuple[list[Item], Gathering]]) -> None:
    """Drive all generators side by side: one wave of their readings after the other; tells failures to the items.

    Raises CredentialsRefused, which is no matter of single items, and QuayError where a session ended on the way.
    """
    renewed = reads.auth.renewed
    given: list[t.Any] = [None] * len(gatherings)
    while gatherings:
        asking = []
        for (items, gathering), answers in zip(gatherings, given):
            wave = _next_wave(reads, items, gathering, answers)
            if wave is not None:
                asking.append((items, gathering, wave))
        readings = [reading for _items, _gathering, wave in asking for reading in wave]
        told = iter(workers.each(lambda reading: _read(reading, workers), readings))
        gatherings = [(items, gathering) for items, gathering, _wave in asking]
        given = [[next(told) for _one in wave] for _items, _gathering, wave in asking]
    if reads.auth.renewed != renewed:
        # To an ended session Quay shows shorter lists, with 200.
        raise QuayError("The session ended while lists were read, which may be short of entries: run again.")


def _read(reading: Reading, workers: Workers) -> t.Any:
    try:
        return reading(workers.client)
    except QuayError as error:
        return error


def _next_wave(
    reads: SharedReads, items: list[Item], gathering: Gathering, answers: list[t.Any] | None
) -> list[Reading] | None:
    """What the generator asks for next; None where it has come to its end."""
    failed = next((answer for answer in answers or () if isinstance(answer, QuayError)), None)
    try:
        if failed:
            return gathering.throw(failed)
        return next(gathering) if answers is None else gathering.send(answers)
    except StopIteration as end:
        reads.learn(end.value)
    except CredentialsRefused:
        raise
    except QuayError as error:
        for item in items:
            item.failure = str(error)
    return None
