# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the shape of one object below a parent."""

from __future__ import annotations

import dataclasses
import typing as t
from dataclasses import dataclass

from .._client.client import Names, QuayClient
from .field import State
from .resource import Change, Observed, Resource, Step, Steps, Wish
from .shapes import Parent, body, differing, look, read


@dataclass(frozen=True)
class Singleton:
    """One object below a parent, at ``path``.

    ``view``: the type of the answer (_client/views.py).
    ``exists(answer)``: whether the answer shows one; without it, Quay answers 404 if there is none.
    ``update``: the method that changes it and carries what differs; None: it is deleted and created again, and the old
    one comes back if the new one is refused.
    ``complete(change, body)``: the body with what Quay wants besides, or wants otherwise.
    ``apart(change)``: Quay does not take all of a change at once, so it is looked at again.
    ``before(change)``: steps between, such as a test of the new one.
    ``restore(change)``: the body that brings the old one back.
    ``purpose(change, verb, body)``: what a write is for, if not "verb kind label".
    ``needs`` and ``vague`` as of Member.
    """

    path: str
    view: t.Any
    exists: t.Callable[[State], t.Any] = lambda _answer: True
    update: str | None = None
    complete: t.Callable[[Change, State], State] = lambda _change, sent: sent
    apart: t.Callable[[Change], bool] = lambda _change: False
    before: t.Callable[[Change], Steps] = lambda _change: ()
    restore: t.Callable[[Change], State] = lambda change: body(change.resource.fields, change.before)
    purpose: t.Callable[[Change, str, State | None], str] | None = None
    needs: str = ""
    parent: Parent | None = None
    vague: bool = False

    @property
    def replaces(self) -> bool:
        """Whether Quay does not change it in place, so that it is deleted and created again."""
        return self.update is None

    def read(self, resource: Resource, client: QuayClient, names: Names, wish: Wish) -> Observed:
        """Look at the object; ``facts`` has Quay's answer as ``entry``. Raises ParentMissing and QuayError."""
        answer = look(client, self.path, names, self.parent, self.view)
        if answer and self.exists(answer):
            return Observed(read(resource.fields, answer), {"entry": answer})
        if self.vague and self.parent and wish.state == "present":
            self.parent(client, names)
        return Observed(None)

    def write(self, change: Change) -> Steps:
        """The requests that create, change or replace it; none if nothing differs. Raises as ``Change.step``."""
        exists = change.observed.fields is not None
        if exists and not change.stated:
            return
        if exists and self.update:
            step = self._step(change, "change", self.update, self.complete(change, differing(change)))
            yield dataclasses.replace(step, look=self.apart(change))
            return
        if exists:
            yield self._delete(change)
        yield from self.before(change)
        whole = body(change.resource.fields, change.after)
        yield self._step(change, "create", "POST", self.complete(change, whole))

    def remove(self, change: Change) -> Steps:
        """The request that deletes it. Raises as ``Change.step``."""
        yield self._delete(change)

    def _delete(self, change: Change) -> Step:
        """It comes back if a later step is refused."""
        undo = self._step(change, "restore", "POST", self.restore(change))
        return dataclasses.replace(self._step(change, "delete", "DELETE"), undo=undo)

    def _step(self, change: Change, verb: str, method: str, sent: State | None = None) -> Step:
        # What was read from the route proves it.
        needs = "" if change.observed.fields is not None else self.needs
        step = change.step(verb, method, self.path, sent, needs)
        return dataclasses.replace(step, purpose=self.purpose(change, verb, sent)) if self.purpose else step
