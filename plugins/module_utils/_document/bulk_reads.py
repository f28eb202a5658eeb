# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: whole lists read in waves, and a client whose single reads are answered from them."""

from __future__ import annotations

import collections
import threading
import typing as t
from dataclasses import dataclass

from .._client.check import JSON
from .._client.client import API, QuayClient
from .._client.workers import Workers
from .._errors import HOPELESS, ParentMissing, QuayError, Refused

if t.TYPE_CHECKING:
    from .item import Item

Answers = dict[str, t.Any]
Reading = t.Callable[[QuayClient], t.Any]
Result = t.TypeVar("Result")
#: Yields waves of readings, is sent their answers, and returns what they amount to.
Asking = t.Generator[list[Reading], list[t.Any], Result]
Gathering = Asking[Answers]
#: without(path, answer): the answer as it is once a name no longer exists; pure.
Without = t.Callable[[str, t.Any], t.Any]


class Missing(Refused):
    """A known answer: Quay has no such thing."""

    def __init__(self, said: str = "Not Found", status: int = 404) -> None:
        super().__init__(f"Quay says: {said}.", status, said)


@dataclass(frozen=True)
class Wanted:
    """What is to be read as a whole, not only where entries name it: names of sections, or of options in them."""

    whole: frozenset[str] = frozenset()

    def all_of(self, name: str) -> bool:
        """Whether all of the section or option ``name`` is wanted."""
        return name in self.whole


def reading(template: str, names: t.Mapping[str, t.Any], missing: t.Sequence[int] = (), view: t.Any = JSON) -> Reading:
    """A GET to be sent by whichever thread is free; it raises as ``QuayClient.get``."""
    return lambda client: client.get(template, names, missing=missing, view=view)


def together(*askings: Asking[t.Any]) -> Asking[list[t.Any]]:
    """Run several generators side by side, their waves as one; what each returns. Raises what they raise."""
    results: list[t.Any] = [None] * len(askings)

    def next_wave(number: int, given: list[t.Any] | None) -> list[Reading] | None:
        try:
            return next(askings[number]) if given is None else askings[number].send(given)
        except StopIteration as end:
            results[number] = end.value
        return None

    answers: dict[int, list[t.Any] | None] = dict.fromkeys(range(len(askings)))
    while answers:
        asked = {number: next_wave(number, given) for number, given in answers.items()}
        waves = {number: wave for number, wave in asked.items() if wave is not None}
        told = iter((yield [one for wave in waves.values() for one in wave])) if waves else iter(())
        answers = {number: [next(told) for _one in wave] for number, wave in waves.items()}
    return results


class SharedReads(QuayClient):
    """Reads like any client, but each thing only once, and not at all if a list has answered it."""

    def __init__(self, lead: QuayClient, workers: Workers) -> None:
        super().__init__(lead.transport, lead.auth)
        self._published = lead._published
        self._workers = workers
        self._answers: Answers = {}
        self._gone: list[Without] = []
        self._new: set[str] = set()
        self._locks: dict[t.Any, threading.Lock] = collections.defaultdict(threading.Lock)
        self._seen: dict[t.Any, t.Any] = {}

    def learn(self, answers: Answers) -> None:
        """Know the answers by path below /api/v1; one that is a Refused is raised."""
        self._answers.update(answers)

    def known(self, path: str) -> t.Any:
        """What a list has answered under ``path``; raises the Refused that was learned, or QuayError if nothing was."""
        answer = self._answers.get(path)
        if isinstance(answer, Refused):
            raise answer
        if answer is None:
            raise QuayError(f"Could not list {path} as a whole.")
        return answer

    def is_new(self, path: str) -> None:
        """Predict that ``path`` is created: nothing below it exists yet, so nothing there is asked."""
        self._new.add(path)

    def is_gone(self, without: Without) -> None:
        """Predict that a name no longer exists: what is known is known without it, and what is read from now on."""
        self._gone.append(without)
        self._answers = {path: _without(without, path, answer) for path, answer in self._answers.items()}
        self._seen = {key: _without(without, _below_api(key[0]), answer) for key, answer in self._seen.items()}

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
        """As of QuayClient; also raises a Refused that was learned, and ParentMissing below what is predicted as new.

        Raises RuntimeError for anything but a GET, which it could not share.
        """
        if method != "GET" or body is not None:
            raise RuntimeError(f"SharedReads sends GET requests only, not {method} {path}")
        key = _below_api(path)
        answer = self._answers.get(key)
        if answer is None and self._is_below_new(key):
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
                for without in self._gone:
                    answer = _without(without, _below_api(path), answer)
                self._seen[key] = answer
        return self._seen[key]

    def _is_below_new(self, key: str) -> bool:
        parts = key.split("/")
        return any("/".join(parts[:length]) in self._new for length in range(3, len(parts) + 1))


def _below_api(path: str) -> str:
    return path[len(API) :] if path.startswith(API) else path


def _without(without: Without, path: str, answer: t.Any) -> t.Any:
    return answer if answer is None or isinstance(answer, Refused) else without(path, answer)


def gather(
    workers: Workers, reads: SharedReads, gatherings: list[tuple[list[Item], Gathering]]
) -> list[tuple[Item, QuayError]]:
    """Drive all generators side by side, one wave of their readings after the other; the items that failed.

    Raises what concerns all items (HOPELESS), and QuayError if a session ended on the way.
    """
    renewed = reads.auth.renewed
    failed: list[tuple[Item, QuayError]] = []
    given: list[t.Any] = [None] * len(gatherings)
    while gatherings:
        asked = [_next_wave(reads, gathering, answers) for (_items, gathering), answers in zip(gatherings, given)]
        failed += [
            (item, wave)
            for (items, _gathering), wave in zip(gatherings, asked)
            if isinstance(wave, QuayError)
            for item in items
        ]
        going = [(one, wave) for one, wave in zip(gatherings, asked) if isinstance(wave, list)]
        told = iter(workers.each(lambda one: _read(one, workers), [one for _gathering, wave in going for one in wave]))
        gatherings = [gathering for gathering, _wave in going]
        given = [[next(told) for _one in wave] for _gathering, wave in going]
    if reads.auth.renewed != renewed:
        # To an ended session Quay shows shorter lists, with 200.
        raise QuayError("The session ended while lists were read, so entries may be missing. Run the task again.")
    return failed


def _read(one: Reading, workers: Workers) -> t.Any:
    try:
        return one(workers.client)
    except QuayError as error:
        return error


def _next_wave(
    reads: SharedReads, gathering: Gathering, answers: list[t.Any] | None
) -> list[Reading] | QuayError | None:
    """What the generator asks for next; None at its end, the error if it failed."""
    failed = next((answer for answer in answers or () if isinstance(answer, QuayError)), None)
    try:
        if failed:
            return gathering.throw(failed)
        return next(gathering) if answers is None else gathering.send(answers)
    except StopIteration as end:
        reads.learn(end.value)
    except HOPELESS:
        raise
    except QuayError as error:
        return error
    return None
