# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the shape of an entry of a list, to which Quay gives an id."""

from __future__ import annotations

import dataclasses
import typing as t
from dataclasses import dataclass

from .._client.client import Names, QuayClient
from .._errors import QuayError
from .field import State
from .resource import Change, Observed, Resource, Step, Steps, Wish
from .shapes import Parent, body, look, read

#: What an entry says, in canonical form, and the entry as Quay shows it.
Seen = tuple[State, State]


@dataclass(frozen=True)
class Member:
    """An entry of a list below ``path``, with an id that Quay gives; nothing keeps Quay from having equal ones.

    ``entries``: the key of the list in the answer; ``id``: the key of the id in an entry.
    ``match``: the keys and fields that name an entry; of several equal ones, that with the smallest id stays, so that
    tasks at the same moment agree on it, and the others are deleted: if anything of the entry is declared that its name
    does not say, and if this task has just created it, which therefore looks again.
    ``view``: the type of the list's answer (_client/views.py).
    ``update``: the method that changes one in place; None: a new one takes its place, and then the old one is deleted.
    ``below``: the path of one entry.
    ``renamed``: the option that gives another name (the key that it is shown as), so an entry of either is meant.
    ``alone``: with ``append: false`` it is the only entry: one of the others becomes it, the rest is deleted.
    ``gives_way``: that look waits for others at the same moment, as what a task returns is of no use without its entry.
    ``parse(entry)`` and ``render(values)``: between an entry and canonical values, if ``Field.api`` is not enough.
    ``needs``: the capability of the route, asked for before a write unless the list has been read from it.
    ``vague``: Quay answers with an empty list if the parent does not exist, so ``parent`` is asked then.
    """

    path: str
    entries: str
    id: str
    match: tuple[str, ...]
    view: t.Any
    update: str | None = "PUT"
    below: str = ""
    renamed: str = ""
    alone: bool = False
    gives_way: bool = False
    parse: t.Callable[[State], State] | None = None
    render: t.Callable[[State], State] | None = None
    needs: str = ""
    parent: Parent | None = None
    vague: bool = False

    @property
    def replaces(self) -> bool:
        """Whether Quay changes no entry in place, so that another one takes its place."""
        return self.update is None

    @property
    def entry_path(self) -> str:
        """The template for the path of one entry, with its ``{id}``."""
        return self.below or self.path.rstrip("/") + "/{id}"

    def listed(self, client: QuayClient, names: Names) -> list[State] | None:
        """All entries as Quay shows them; None if there is no such list, with its parent or without.

        Raises ParentMissing, Forbidden and QuayError.
        """
        answer = look(client, self.path, names, self.parent, self.view)
        return None if answer is None else t.cast("list[State]", answer[self.entries])

    def values(self, resource: Resource, entry: State) -> State:
        """What an entry says, in canonical form."""
        return self.parse(entry) if self.parse else read((*resource.keys, *resource.fields), entry)

    def read(self, resource: Resource, client: QuayClient, names: Names, wish: Wish) -> Observed:
        """Look for the entry in its list; see ``choose``. Raises ParentMissing, Forbidden and QuayError."""
        listed = self.listed(client, names)
        if not listed and self.vague and self.parent and wish.state == "present":
            self.parent(client, names)
        observed = self.choose(resource, listed or [], names, wish)
        return observed if listed is None else dataclasses.replace(observed, facts={**observed.facts, "proven": True})

    def choose(self, resource: Resource, listed: t.Iterable[State], names: Names, wish: Wish) -> Observed:
        """The entry that is meant, its twins, and all others; ``listed``: the entries as Quay shows them.

        Raises QuayError if entries of both names exist, the present one and the one that ``renamed`` gives.
        """
        seen = [(self.values(resource, entry), entry) for entry in listed]
        equal = self._equal(resource, seen, names, wish)
        others = [entry for values, entry in seen if (values, entry) not in equal]
        if not equal:
            return Observed(None, {"others": others})

        def differs(one: Seen) -> bool:
            return any(one[0].get(name, value) != value for name, value in wish.fields.items())

        shown = [values for values, _entry in equal]
        if wish.keep_twins:
            equal = sorted(equal, key=differs)
        else:
            # Quay lists them in any order. What cannot be changed would be replaced, though one is as declared.
            equal = sorted(equal, key=lambda one: (self.replaces and differs(one), one[1][self.id]))
        (values, first), *twins = equal
        fields = {entry.name: values[entry.name] for entry in resource.fields if entry.readable}
        if twins and wish.fields and not wish.keep_twins:
            # What is declared is not so as long as a twin says something else.
            own = wish.fields.keys() - {*self.match}
            fields.update({name: _joined(shown, name) for name in own})
        facts = {"entry": first, "values": values, "twins": [twin for _values, twin in twins], "others": others}
        return Observed(fields, facts, names={"id": first[self.id]})

    def _equal(self, resource: Resource, seen: list[Seen], names: Names, wish: Wish) -> list[Seen]:
        """The entries that are meant, by the present name or by the new one; raises QuayError if both are there."""
        wanted = {name: names[name] for name in self.match}
        equal = [one for one in seen if wanted.items() <= one[0].items()]
        new_name = wish.fields.get(self.renamed)
        (name,) = [entry.shown_as for entry in resource.fields if entry.name == self.renamed] or [""]
        if not new_name or new_name == names[name]:
            return equal
        wanted[name] = new_name
        renamed = [one for one in seen if wanted.items() <= one[0].items()]
        if equal and renamed:
            both = f"{resource.title(names)} and {resource.title({**names, name: new_name})}"
            raise QuayError(f"{self.renamed}: {both} both exist. Delete one of them, or leave out {self.renamed}.")
        return equal or renamed

    def write(self, change: Change) -> Steps:
        """The requests that create, change or replace the entry and delete its twins. Raises as ``Change.step``."""
        others = (
            [] if change.wish.append or not self.alone else [one[self.id] for one in change.facts.get("others", ())]
        )
        whole = self._body(change, whole=True)
        if change.observed.fields is None and others and self.update:
            first, *others = others
            yield self._step(change, "replace another by", self.update, self.entry_path, whole, id=first)
        elif change.observed.fields is None:
            creation = self._step(change, "create", "POST", self.path, whole)
            look = self._tells_apart(change.resource) and not change.wish.keep_twins
            yield dataclasses.replace(creation, look=look, contested=look and self.gives_way)
        elif self._is_other(change) and self.update:
            yield self._step(change, "change", self.update, self.entry_path, self._body(change, whole=False))
        elif self._is_other(change):
            yield self._step(change, "replace", "POST", self.path, whole)
            yield self._step(change, "delete the old", "DELETE", self.entry_path)
        for other in others:
            yield self._step(change, "delete another beside", "DELETE", self.entry_path, id=other)
        # Twins that can only be the same do no harm.
        differing = change.wish.fields.keys() - {*self.match} or not change.wish.append
        if (change.wish.contended or (differing and change.wish.fields)) and not change.wish.keep_twins:
            yield from self._without_twins(change, "delete a twin of")

    def _is_other(self, change: Change) -> bool:
        """Whether the first of the equal entries is not as declared; a secret that is sent always makes a change."""
        values = change.facts["values"]
        return any(values.get(name) != change.after[name] for name in change.stated)

    def _tells_apart(self, resource: Resource) -> bool:
        """Whether entries of one name can differ."""
        return not {entry.name for entry in resource.fields} <= {*self.match}

    def remove(self, change: Change) -> Steps:
        """The requests that delete the entry and its twins. Raises as ``Change.step``."""
        yield self._step(change, "delete", "DELETE", self.entry_path, id=change.facts["entry"][self.id])
        yield from self._without_twins(change, "delete")

    def _without_twins(self, change: Change, verb: str) -> Steps:
        for twin in change.facts.get("twins", ()):
            step = self._step(change, verb, "DELETE", self.entry_path, id=twin[self.id])
            # Without a name, all entries that are found are meant.
            yield dataclasses.replace(step, twin=bool(self.match))

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


def _joined(several: t.Sequence[State], name: str) -> t.Any:
    """The values of all twins, as a diff shows them: ``admin, read``."""
    return ", ".join(str(values[name]) for values in several)
