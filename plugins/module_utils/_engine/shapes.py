# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what the shapes share in which Quay keeps its objects (member.py, singleton.py)."""

from __future__ import annotations

import contextlib
import typing as t

from .._client.client import Names, QuayClient
from .._errors import Forbidden
from .field import Field, State
from .resource import Change, Observed

#: Raises ParentMissing if what an object lives in does not exist.
Parent = t.Callable[[QuayClient, Names], t.Any]


def body(fields: t.Iterable[Field], values: t.Mapping[str, t.Any]) -> State:
    """The canonical ``values`` as Quay takes them; what has no value is left out."""
    sent: State = {}
    for entry in fields:
        if not (entry.computed or entry.trigger) and values.get(entry.name) is not None:
            entry.write(sent, values[entry.name])
    return sent


def differing(change: Change) -> State:
    """What a change has to carry, as Quay takes it; null clears."""
    sent: State = {}
    for entry in change.resource.fields:
        if entry.name in change.stated:
            entry.write(sent, change.after[entry.name])
    return sent


def read(fields: t.Iterable[Field], answer: t.Mapping[str, t.Any]) -> State:
    """What Quay shows of an object, in canonical form."""
    return {entry.name: entry.read(answer) for entry in fields if entry.readable}


def latest(*keys: str, name: str = "") -> t.Callable[[Observed, list[t.Any]], State]:
    """For ``Resource.returns``: each key from the newest answer that has it, else from what was read, else None.

    ``name``: the key of an entry's id: if tasks created several at once, a later look shows which one has stayed.
    """

    def returns(observed: Observed, answers: list[t.Any]) -> State:
        entry = observed.facts.get("entry") or {}
        stayed = entry.get(name) if observed.first else None
        own = [one for one in answers if isinstance(one, dict) and (not stayed or one.get(name, stayed) == stayed)]
        seen = [entry, *own]
        found = ((key, [one[key] for one in seen if one.get(key) is not None]) for key in keys)
        return {key: values[-1] if values else None for key, values in found}

    return returns


def look(client: QuayClient, path: str, names: Names, parent: Parent | None, view: t.Any) -> t.Any:
    """GET of ``path``; a refusal or a 404 is explained by the parent. None if only the object is missing.

    Raises ParentMissing, Forbidden if the parent is there, and QuayError.
    """
    try:
        answer = client.get(path, names, view=view)
    except Forbidden:
        if parent:
            with contextlib.suppress(Forbidden):
                parent(client, names)
        raise
    if answer is None and parent:
        parent(client, names)
    return answer
