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
from .shapes import Parent, body, look, read


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
        if exists and not change.stated:
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
