# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the form that describes one kind of Quay object, and what a plan sees of one object."""

from __future__ import annotations

import dataclasses
import typing as t
from dataclasses import dataclass, field

from .._client.client import Names, QuayClient, address
from .field import Field, State

Steps = t.Iterable["Step"]


@dataclass(frozen=True)
class Step:
    """One write below /api/v1.

    ``needs``: the capability that the route takes (_client/capabilities.py); without it nothing is sent at all.
    ``undo`` is sent if a later step of the same object is refused. ``look``: the steps after it need something that
    its answer lacks, such as an id, so the engine observes and plans again. ``contested``: others may have made another
    one at the same moment, so they get time to do it before that look. ``there``: with these words Quay refuses to
    make what it has already; where no look shows that to the account, the step counts as done. ``twin``: it deletes
    another object of the same name.
    """

    method: str
    path: str
    body: t.Any
    purpose: str
    needs: str = ""
    undo: Step | None = None
    look: bool = False
    contested: bool = False
    there: str = ""
    twin: bool = False


@dataclass(frozen=True)
class Observed:
    """What Quay has. ``fields`` (canonical) is None if there is no such object.

    ``facts``: what steps and results need besides the options: ids, tokens, who asked.
    ``names``: parts of paths that the look has found.
    ``initial``: what Quay itself gives to a new object beyond the ``on_create`` of its fields.
    ``first``: what the first look of this task found, before it changed anything; None at that look itself.
    """

    fields: State | None
    facts: State = field(default_factory=dict)
    initial: State = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    first: Observed | None = None

    @property
    def before(self) -> Observed:
        """What was there before this task changed anything."""
        return self.first or self


@dataclass(frozen=True)
class Wish:
    """What the user declared: ``fields`` in canonical form, only those specified. Not specified never means empty.

    ``options``: the other options of the task, such as ``update_password``, for ``adapt``.
    ``keep_twins``: equal entries of a list that should hold one are left alone.
    ``contended``: this task found nothing and has created it, as others may have at the same moment.
    ``warnings``: what the user should know of how the wish was adapted.
    """

    fields: State
    state: str = "present"
    append: bool = True
    recreate: bool = False
    options: State = field(default_factory=dict)
    keep_twins: bool = False
    contended: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What a write sees: the object before and after (canonical), and the names of the fields that differ."""

    resource: Resource
    names: Names
    before: State
    after: State
    differs: frozenset[str]
    observed: Observed = Observed(None)
    wish: Wish = field(default_factory=lambda: Wish({}))

    @property
    def facts(self) -> State:
        """What the look has found besides the fields."""
        return self.observed.facts

    @property
    def stated(self) -> frozenset[str]:
        """The names of the fields that differ and are state: a trigger has a request of its own."""
        triggers = {entry.name for entry in self.resource.fields if entry.trigger}
        return self.differs - triggers

    def step(
        self,
        verb: str,
        method: str,
        path: str,
        body: t.Any = None,
        needs: str = "",
        undo: Step | None = None,
        **names: t.Any,
    ) -> Step:
        """A step whose purpose reads "verb kind label"; ``names`` fill the path in addition to the object's own.

        Raises QuayError for a name that cannot be part of a path (``address``).
        """
        filled = address(path, {**self.names, **names})
        return Step(method, filled, body, f"{verb} {self.resource.title(self.names)}", needs, undo)

    def entries(self, name: str) -> tuple[dict[t.Any, t.Any], dict[t.Any, t.Any]]:
        """The entries of the set ``name`` before and after, by what identifies them."""
        (identity,) = (entry.identity for entry in self.resource.fields if entry.name == name and entry.identity)
        before, after = (
            {identity(item): item for item in values.get(name) or ()} for values in (self.before, self.after)
        )
        return before, after


Write = t.Callable[[Change], Steps]
Read = t.Callable[[QuayClient, Names, Wish], Observed]


class Shape(t.Protocol):
    """How Quay keeps the objects of a kind (shapes.py); a resource may replace any part by a function of its own."""

    @property
    def replaces(self) -> bool:
        """Whether Quay changes none in place, so that another one takes its place."""

    def read(self, resource: Resource, client: QuayClient, names: Names, wish: Wish) -> Observed:
        """What Quay has of the object. Raises ParentMissing, Forbidden and QuayError."""

    def write(self, change: Change) -> Steps:
        """The requests that create it or bring it to what is declared. Raises as ``Change.step``."""

    def remove(self, change: Change) -> Steps:
        """The requests that delete it. Raises as ``Change.step``."""


@dataclass(frozen=True)
class Resource:
    """One kind of Quay object.

    ``shape``: how Quay keeps it; the functions replace a part of it, and without a shape they are all there is:
    ``read(client, names, wish)`` observes the object, no further than the wish needs,
    ``create`` makes it; ``writes`` then run in their order for the fields that still differ, ``remove`` deletes it.

    ``locate(client, params)`` gives the names that paths are filled with; without it the options of ``keys``.
    ``resume(first, now)``: what counts of the first look at a later one, after this task has changed something.
    ``adapt(client, names, observed, wish)`` fits a wish to what Quay allows here, with a warning or a refusal.
    ``returns(observed, answers)`` adds keys to the result from what was read and what the writes answered.
    ``needs``: the capability of the server without which there are no such objects.
    ``verify``: a 2xx of Quay is no proof here: read again.
    Functions that take a client raise QuayError, for what they are asked or what Quay refuses; ``read`` ParentMissing.
    """

    kind: str
    label: str
    keys: tuple[Field, ...]
    fields: tuple[Field, ...]
    shape: Shape | None = None
    read: Read | None = None
    remove: Write | None = None
    create: Creation | None = None
    writes: tuple[Write, ...] = ()
    locate: t.Callable[[QuayClient, State], Names] | None = None
    resume: t.Callable[[Observed, Observed], Observed] | None = None
    adapt: t.Callable[[QuayClient, Names, Observed, Wish], Wish] | None = None
    returns: t.Callable[[Observed, list[t.Any]], State] | None = None
    needs: str = ""
    verify: bool = False

    def title(self, names: Names) -> str:
        """``team payments/devs``: how messages name the object."""
        return f"{self.kind.replace('_', ' ')} {self.label.format(**names)}"

    def observe(self, client: QuayClient, names: Names, wish: Wish) -> Observed:
        """What Quay has; raises ParentMissing if the object has no place to be in, and QuayError."""
        if self.read:
            return self.read(client, names, wish)
        return self._shape.read(self, client, names, wish)

    def changing(self, change: Change) -> Steps:
        """The writes that bring an object that exists, or was just created, to what is declared.

        Raises as ``Change.step``.
        """
        triggers = [one.trigger for one in self.fields if one.trigger and one.name in change.differs]
        for one in triggers:
            if one.first:
                yield dataclasses.replace(change.step(one.verb, one.method, one.path), look=True)
        if not self.writes:
            yield from self._shape.write(change)
        for write in self.writes:
            yield from write(change)
        for one in triggers:
            if not one.first:
                yield change.step(one.verb, one.method, one.path)

    def removing(self, change: Change) -> Steps:
        """The writes that delete it. Raises as ``Change.step``."""
        return self.remove(change) if self.remove else self._shape.remove(change)

    @property
    def _shape(self) -> Shape:
        if self.shape is None:
            raise TypeError(f"{self.kind} has neither a shape nor a function for this")
        return self.shape


class Creation(t.Protocol):
    """The request that creates an object."""

    @property
    def fields(self) -> t.Mapping[str, str]:
        """The options that it carries -> their keys in the body."""

    def __call__(self, change: Change) -> Steps:
        """The request. Raises as ``Change.step``."""
