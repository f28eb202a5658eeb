# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the shapes in which Quay keeps its objects, so that a kind is a declaration."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t
from dataclasses import dataclass

from .._client.client import Names, QuayClient
from .._client.views import listed
from .._errors import Forbidden
from .field import Field, State
from .resource import Change, Observed, Resource, Step, Steps, Wish

#: Raises ParentMissing if what an object lives in does not exist.
Parent = t.Callable[[QuayClient, Names], t.Any]


def body(fields: t.Iterable[Field], values: t.Mapping[str, t.Any]) -> State:
    """The canonical ``values`` as Quay takes them; what has no value is left out."""
    sent: State = {}
    for entry in fields:
        if not (entry.computed or entry.trigger):
            entry.write(sent, values.get(entry.name))
    return sent


def read(fields: t.Iterable[Field], answer: t.Mapping[str, t.Any]) -> State:
    """What Quay shows of an object, in canonical form."""
    return {entry.name: entry.read(answer) for entry in fields if entry.readable}


def latest(*keys: str) -> t.Callable[[Observed, list[t.Any]], State]:
    """For ``Resource.returns``: each key from the newest answer that has it, else from what was read, else None."""

    def returns(observed: Observed, answers: list[t.Any]) -> State:
        seen = [observed.facts.get("entry") or {}, *(answer for answer in answers if isinstance(answer, dict))]
        found = ((key, [one[key] for one in seen if one.get(key) is not None]) for key in keys)
        return {key: values[-1] if values else None for key, values in found}

    return returns


def look(client: QuayClient, path: str, names: Names, parent: Parent | None, view: t.Any) -> t.Any:
    """GET of ``path``; a refusal or a 404 is explained by the parent. None if only the object is missing.

    Raises ParentMissing, and Forbidden if the parent is there.
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


@dataclass(frozen=True)
class Member:
    """An entry of a list below ``path``, with an id that Quay gives; nothing keeps Quay from having equal ones.

    ``entries``: the key of the list in the answer; ``id``: the key of the id in an entry.
    ``match``: the keys and fields that name an entry; of several equal ones, the first counts that is as declared,
    and the others are deleted if anything of the entry is declared. ``update``: the method that changes one in place;
    None: a new one takes its place, and then the old one is deleted. ``below``: the path of one entry.
    ``alone``: with ``append: false`` it is the only entry: one of the others becomes it, the rest is deleted.
    ``parse(entry)`` and ``render(values)``: between an entry and canonical values, if ``Field.api`` is not enough.
    ``needs``: the capability of the route, asked for before a write unless the list has been read from it.
    ``vague``: Quay answers with an empty list if the parent does not exist, so ``parent`` is asked then.
    ``view``: the type of the list's answer (_client/views.py), if it has one of its own.
    """

    path: str
    entries: str
    id: str
    match: tuple[str, ...]
    update: str | None = "PUT"
    below: str = ""
    alone: bool = False
    parse: t.Callable[[State], State] | None = None
    render: t.Callable[[State], State] | None = None
    needs: str = ""
    parent: Parent | None = None
    vague: bool = False
    view: t.Any = None

    @property
    def replaces(self) -> bool:
        return self.update is None

    @property
    def entry_path(self) -> str:
        return self.below or self.path.rstrip("/") + "/{id}"

    def listed(self, client: QuayClient, names: Names) -> list[State] | None:
        """All entries as Quay shows them; None if there is no such list, with its parent or without.

        Raises ParentMissing, Forbidden and QuayError.
        """
        answer = look(client, self.path, names, self.parent, self.view or listed(self.entries))
        return None if answer is None else t.cast("list[State]", answer[self.entries])

    def values(self, resource: Resource, entry: State) -> State:
        """What an entry says, in canonical form."""
        return self.parse(entry) if self.parse else read((*resource.keys, *resource.fields), entry)

    def read(self, resource: Resource, client: QuayClient, names: Names, wish: Wish) -> Observed:
        listed = self.listed(client, names)
        if not listed and self.vague and self.parent and wish.state == "present":
            self.parent(client, names)
        observed = self.choose(resource, listed or [], names, wish)
        return observed if listed is None else dataclasses.replace(observed, facts={**observed.facts, "proven": True})

    def choose(self, resource: Resource, listed: t.Iterable[State], names: Names, wish: Wish) -> Observed:
        """The entry that is meant, its twins, and the others if it should be alone."""
        wanted = {name: names[name] for name in self.match}
        seen = [(self.values(resource, entry), entry) for entry in listed]
        equal = [one for one in seen if wanted.items() <= one[0].items()]
        others = [entry for values, entry in seen if not wanted.items() <= values.items()]
        if not equal:
            return Observed(None, {"others": others})

        def differs(one: tuple[State, State]) -> bool:
            return any(one[0].get(name, value) != value for name, value in wish.fields.items())

        (values, first), *twins = sorted(equal, key=differs)
        fields = {entry.name: values[entry.name] for entry in resource.fields if entry.readable}
        if twins and wish.fields and not wish.keep_twins:
            # What is declared is not so as long as a twin says something else.
            fields.update({name: _joined([values, *(one for one, _twin in twins)], name) for name in wish.fields})
        facts = {"entry": first, "values": values, "twins": [twin for _values, twin in twins], "others": others}
        return Observed(fields, facts, names={"id": first[self.id]})

    def write(self, change: Change) -> Steps:
        others = [] if change.wish.append or not self.alone else [entry[self.id] for entry in change.facts["others"]]
        whole = self._body(change, whole=True)
        if change.observed.fields is None and others and self.update:
            first, *others = others
            yield self._step(change, "replace another by", self.update, self.entry_path, whole, id=first)
        elif change.observed.fields is None:
            yield self._step(change, "create", "POST", self.path, whole)
        elif self._is_other(change) and self.update:
            yield self._step(change, "change", self.update, self.entry_path, self._body(change, whole=False))
        elif self._is_other(change):
            yield self._step(change, "replace", "POST", self.path, whole)
            yield self._step(change, "delete the old", "DELETE", self.entry_path)
        for other in others:
            yield self._step(change, "delete another beside", "DELETE", self.entry_path, id=other)
        if change.wish.fields and not change.wish.keep_twins:
            for twin in change.facts.get("twins", ()):
                yield self._step(change, "delete a twin of", "DELETE", self.entry_path, id=twin[self.id])

    def _is_other(self, change: Change) -> bool:
        """Whether the first of the equal entries is not as declared; a secret that is sent always makes a change."""
        values = change.facts["values"]
        return any(values.get(name) != change.after[name] for name in change.differs)

    def remove(self, change: Change) -> Steps:
        for entry in (change.facts["entry"], *change.facts["twins"]):
            yield self._step(change, "delete", "DELETE", self.entry_path, id=entry[self.id])

    def _body(self, change: Change, whole: bool) -> State:
        """All that a new entry is sent with, or all of a changed one but what names it."""
        values = {**change.names, **change.after}
        if self.render:
            return self.render(values)
        resource = change.resource
        fields = {entry.name: entry for entry in (*resource.keys, *resource.fields)}
        own = [entry for entry in resource.fields if entry.name not in self.match]
        return body([*map(fields.__getitem__, self.match), *own] if whole else own, values)

    def _step(
        self, change: Change, verb: str, method: str, path: str, sent: State | None = None, **names: t.Any
    ) -> Step:
        needs = "" if change.facts.get("proven") else self.needs
        return change.step(verb, method, path, sent, needs, **names)


@dataclass(frozen=True)
class Singleton:
    """One object below a parent, at ``path``.

    ``exists(view)``: whether the answer shows one. ``update``: the method that changes it; None: it is deleted and
    created again, and the old one comes back if the new one is refused.
    ``before(change)``: steps between, such as a test of the new one.
    ``restore(change)``: the body that brings the old one back.
    ``purpose(change, verb, body)``: what a write is for, if not "verb kind label". ``vague`` as of Member.
    """

    path: str
    exists: t.Callable[[State], t.Any]
    update: str | None = None
    before: t.Callable[[Change], Steps] = lambda _change: ()
    restore: t.Callable[[Change], State] = lambda change: body(change.resource.fields, change.before)
    purpose: t.Callable[[Change, str, State | None], str] | None = None
    needs: str = ""
    parent: Parent | None = None
    vague: bool = False

    @property
    def replaces(self) -> bool:
        return self.update is None

    def read(self, resource: Resource, client: QuayClient, names: Names, wish: Wish) -> Observed:
        view = look(client, self.path, names, self.parent, dict)
        if view and self.exists(view):
            return Observed(read(resource.fields, view), {"entry": view})
        if self.vague and self.parent and wish.state == "present":
            self.parent(client, names)
        return Observed(None)

    def write(self, change: Change) -> Steps:
        exists = change.observed.fields is not None
        if exists and not change.differs:
            return
        fields = change.resource.fields
        method = "POST"
        if exists and self.update:
            method = self.update
        elif exists:
            yield self._delete(change)
        yield from self.before(change)
        yield self._step(change, "change" if method != "POST" else "create", method, body(fields, change.after))

    def remove(self, change: Change) -> Steps:
        yield self._delete(change)

    def _delete(self, change: Change) -> Step:
        """It comes back if a later step is refused."""
        undo = self._step(change, "restore", "POST", self.restore(change))
        return dataclasses.replace(self._step(change, "delete", "DELETE"), undo=undo)

    def _step(self, change: Change, verb: str, method: str, sent: State | None = None) -> Step:
        step = change.step(verb, method, self.path, sent, self.needs)
        return dataclasses.replace(step, purpose=self.purpose(change, verb, sent)) if self.purpose else step


def _joined(several: t.Sequence[State], name: str) -> t.Any:
    """The values of all twins, as a diff shows them: ``admin, read``."""
    return ", ".join(str(values[name]) for values in several)
