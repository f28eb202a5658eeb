# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: one entry of a registry document on its way to its declared state."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .._engine.reconcile import Reconciliation
from .._errors import HOPELESS, QuayError
from .section import Params, Section


@dataclass(frozen=True)
class Verdict:
    """Why an item is not as declared (``failure``), or why it was not deleted (``kept_because``); empty if neither.

    ``cause``: of an item that was not tried, what prevented it; the same for all that it prevented.
    """

    failure: str = ""
    kept_because: str = ""
    cause: str = ""

    @classmethod
    def not_tried(cls, cause: str) -> Verdict:
        """The verdict on something that ``cause``, a sentence without its period, prevented."""
        return cls(failure=f"not tried: {cause}", cause=cause)


@dataclass(eq=False)
class Item:
    """One entry of a document: ``path`` is its place in the document, empty if it is not declared.

    ``entry`` are its options in the document, ``params`` those of its resource.
    """

    section: Section
    path: str
    params: Params
    parent: Item | None
    work: Reconciliation
    entry: Params
    below: dict[str, list[Item]] = field(default_factory=dict)
    verdict: Verdict = Verdict()

    def judge(self, verdict: Verdict) -> None:
        """Take what came of some work on it; the first failure stays."""
        if (verdict.failure or verdict.kept_because) and not self.failure:
            self.verdict = verdict

    @property
    def failure(self) -> str:
        """Why it is not as declared."""
        return self.verdict.failure

    @property
    def kept_because(self) -> str:
        """Why it was not deleted."""
        return self.verdict.kept_because

    @property
    def title(self) -> str:
        """How messages name it."""
        if self.work.names:
            return self.section.resource.title(self.work.names)
        keys = (self.params.get(name) for name in self.section.own_keys)
        return self.path or " ".join([self.section.resource.kind, *(str(key) for key in keys if key)])

    @property
    def label(self) -> str:
        """Its full name, such as ``payments/devs``, which is unique within its kind."""
        return self.section.resource.label.format(**(self.work.names or self.params))

    @property
    def creates(self) -> bool:
        """Whether the plan creates it."""
        return bool(self.work.planned.steps) and self.work.observed.fields is None

    @property
    def changes(self) -> bool:
        """Whether something was or is to be done, and has not failed."""
        return bool(self.work.planned.steps) and not (self.failure or self.kept_because)

    @property
    def outcome(self) -> Params | None:
        """What it comes to be; None if it does not exist then."""
        return self.work.planned.outcome if self.changes else self.work.observed.fields

    @property
    def removes(self) -> bool:
        """Whether it must not exist."""
        return bool(self.params["state"] == "absent")

    @property
    def blocked(self) -> Verdict | None:
        """The verdict if what it is nested in has failed."""
        if not (self.parent and self.parent.failure):
            return None
        return Verdict.not_tried(self.parent.verdict.cause or f"{self.parent.title} failed")

    def inner(self, name: str) -> list[Item]:
        """All entries of the section ``name`` below this one, at any depth."""
        found = list(self.below.get(name, ()))
        for items in self.below.values():
            for item in items:
                found += item.inner(name)
        return found


Items = dict[str, list[Item]]
Harm = tuple[str, list[Item]]


def attempt(work: t.Callable[[], Verdict | None]) -> Verdict:
    """What came of some work on an item: a QuayError is its failure.

    Raises what concerns all items (HOPELESS).
    """
    try:
        return work() or Verdict()
    except HOPELESS:
        raise
    except QuayError as error:
        return Verdict(failure=str(error))
