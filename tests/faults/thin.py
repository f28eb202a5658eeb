# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Quay's own answers, but with something missing or a text in its place: a success, or one clean message.

Each example runs on what is before it, and again on what it has made; each time one answer lacks a key, or has a text
in place of an object, of a list, or of the entries of a list.
"""

from __future__ import annotations

import dataclasses
import json
import os
import typing as t
from unittest import mock

from tests.faults.case import Case, Options, Place, aside, task, unclean
from tests.faults.empty import writes
from tests.faults.examples import PAIR, Example, examples, operation_of
from tests.integration.emulator import TOKEN
from tests.tools.generate import modules

SECONDS = 60
NO_END = (None, "Unexpected: no end", [])
# All entries of a list.
EACH = None
# An object with more keys is a table, such as that of all settings.
MOST_KEYS = 40
TEXT = "text"
# A list, one object, and a list within an object; each answers few requests.
SHORT = ("quay_application", "quay_proxy_cache_info", "quay_quota_info")
Keys = tuple[t.Optional[str], ...]


@dataclasses.dataclass(frozen=True)
class Thinning:
    """What answers to a GET of ``path`` lack: the key at the end of ``keys``, or a text is in its place."""

    path: str
    keys: Keys
    replaced: bool

    def __str__(self) -> str:
        place = ".".join(key or "*" for key in self.keys)
        return f"GET {self.path} {'with a text as' if self.replaced else 'without'} {place}"

    def __call__(self, path: str, content: t.Any) -> None:
        if path == self.path:
            self._thin(content, self.keys)

    def _thin(self, value: t.Any, keys: Keys) -> None:
        key, rest = keys[0], keys[1:]
        if key is EACH and rest:
            for entry in value if isinstance(value, list) else value.values():
                self._thin(entry, rest)
        elif isinstance(value, list) and key is EACH:
            value[:] = [TEXT] * len(value)
        elif isinstance(value, dict) and key in value:
            if rest:
                self._thin(value[key], rest)
            elif self.replaced:
                value[key] = TEXT
            else:
                del value[key]


def thinnings(path: str, value: t.Any, keys: Keys = ()) -> t.Iterator[Thinning]:
    """All that can be missing in an answer."""
    if isinstance(value, list) and value:
        yield Thinning(path, (*keys, EACH), replaced=True)
        for entry in value:
            yield from thinnings(path, entry, (*keys, EACH))
    elif isinstance(value, dict) and is_table(value):
        for entry in value.values():
            yield from thinnings(path, entry, (*keys, EACH))
    elif isinstance(value, dict) and len(value) <= MOST_KEYS:
        for key, part in value.items():
            yield Thinning(path, (*keys, key), replaced=False)
            if isinstance(part, (dict, list)):
                yield Thinning(path, (*keys, key), replaced=True)
            yield from thinnings(path, part, (*keys, key))


def is_table(value: Options) -> bool:
    """Whether its keys are names of objects of one kind."""
    forms = {frozenset(entry) if isinstance(entry, dict) else None for entry in value.values()}
    return len(value) > 1 and len(forms) == 1 and None not in forms


def cases(short: bool) -> t.Iterator[Case]:
    """Each example, on what is before it, and on what it has made itself; of a module each thinning once."""
    for module in SHORT if short else modules():
        tried: set[Thinning] = set()
        for number, example in enumerate(examples(module)[: 1 if short else None]):
            for again in (True,) if short else (True, False):
                title = f"{module}, example {number + 1}{', again' if again else ''}"
                yield Case(title, lambda place, e=example, a=again, t=tried: survives(place, e, a, t))


def survives(place: Place, example: Example, again: bool, tried: set[Thinning]) -> str:
    """What is wrong with the messages; ``tried`` grows by what is tried."""
    # Some modules write files.
    os.chdir(place.folder)
    prepare(place, example, again)
    written, faults = -1, []
    left = [one for one in run(place, example)[2] if one not in tried]
    tried.update(left)
    for thinning in left:
        if writes(place) != written:
            prepare(place, example, again)
            written = writes(place)
        _result, message, _thinnings = run(place, example, thinning)
        fault = message and unclean(message, TOKEN)
        if fault:
            faults.append(f"{thinning}: {fault}")
    return "; ".join(faults)


def prepare(place: Place, example: Example, again: bool) -> None:
    """A fresh emulator with what the example needs, and with what it makes."""
    example.prepare(place)
    if again:
        run(place, example)


def run(
    place: Place, example: Example, thin: t.Callable[[str, t.Any], None] = lambda _path, _content: None
) -> tuple[Options | None, str, list[Thinning]]:
    """The result of the example or its message, and all that could be missing in the answers that it reads."""
    operation = operation_of(example.module)
    spec = operation.argument_spec()
    account = place.connection if "quay_token" in spec else {**place.connection, **PAIR}
    options = {**{name: one for name, one in account.items() if name in spec}, **example.options}

    def work() -> tuple[Options | None, str, list[Thinning]]:
        from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Transport

        send, seen = Transport._send_once, {}

        def thinned(transport: Transport, request: t.Any) -> t.Any:
            answer = send(transport, request)
            if request.method == "GET" and answer.status_code == 200 and answer.content[:1] in (b"{", b"["):
                content = json.loads(answer.content)
                seen.update(dict.fromkeys(thinnings(request.path, content)))
                thin(request.path, content)
                answer._content = json.dumps(content).encode()
            return answer

        with mock.patch.object(Transport, "_send_once", thinned):
            return (*task(operation, options), list(seen))

    # In a process of its own, since a client remembers what its server has.
    return aside(work, SECONDS) or NO_END
