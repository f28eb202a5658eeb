# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: sends the plans of a whole registry, in an order in which nothing gets in another's way."""

from __future__ import annotations

import typing as t

from .._client.client import QuayClient
from .._client.workers import Progress, Workers
from .._errors import HOPELESS, QuayError, Refused, unexpected
from .item import Item, Verdict
from .pruning import Pruning, harms
from .section import Section


class Executor:
    """Creations and changes by section, removals the other way round, and last what may cost somebody's rights.

    The steps of one item follow each other; different items of a section go side by side. No failure stops the others:
    each is kept with its item.
    """

    def __init__(
        self,
        sections: list[Section],
        items: list[Item],
        pruning: Pruning,
        workers: Workers,
        tell: t.Callable[[str], None],
    ) -> None:
        self._sections, self._items, self._pruning = sections, items, pruning
        self._changing = [item for item in items if item.changes]
        self._workers = workers
        self._progress = Progress(tell, f"{{}} of {len(self._changing)} changes done")
        self._hopeless: QuayError | None = None

    def run(self) -> None:
        """Apply and verify; never raises, whatever becomes of single items."""
        late = [item for item in self._changing if item.section.order.is_late(item)]
        ordinary = [item for item in self._changing if not item.section.order.is_late(item)]
        for section in self._sections:
            self._all(item for item in ordinary if item.section is section and not _waits(item))
        for section in reversed(self._sections):
            self._all(item for item in ordinary if item.section is section and _waits(item))
        # Accounts come after teams, whose new members may fail.
        for section in sorted(self._sections, key=lambda one: not one.parent):
            self._all_harmless([item for item in late if item.section is section])
        # Only now, since some of it comes true with the removals alone.
        done = [item for item in self._changing if not (item.failure or item.kept_because or self._hopeless)]
        # What was expected of those may not have come.
        failed = {item.section.name for item in self._items if item.failure and item.section.order.shapes_others}
        self._judge(done, lambda item: self._verified(item, not failed.isdisjoint(item.section.order.after)))

    def _all(self, items: t.Iterable[Item]) -> None:
        self._judge(list(items), self._one)

    def _judge(self, items: list[Item], work: t.Callable[[Item], Verdict]) -> None:
        for item, verdict in zip(items, self._workers.each(work, items)):
            item.judge(verdict)

    def _all_harmless(self, items: list[Item]) -> None:
        """What may cost rights, but not if it does harm by now, without what has failed."""
        if not items:
            return
        try:
            # By what is there now, not by what was there before.
            found = list(harms(self._workers.client, self._sections, self._items))
        except QuayError as error:
            found = [(str(error), items)]
        except Exception as error:  # as below
            found = [(unexpected(error, "guard"), items)]
        for sentence, harmful in found:
            for item in harmful:
                if item in items:
                    item.judge(Verdict(failure=sentence))
        self._all(item for item in items if not item.failure)

    def _one(self, item: Item) -> Verdict:
        if item.blocked:
            verdict = item.blocked
        elif self._hopeless:
            verdict = Verdict.not_tried(str(self._hopeless).rstrip("."))
        else:
            verdict = self._attempt(item, self._applied if item.path else self._pruned)
        self._progress.count()
        return verdict

    def _applied(self, client: QuayClient, item: Item) -> None:
        item.work.apply(client)

    def _pruned(self, client: QuayClient, item: Item) -> Verdict | None:
        """Delete what nobody named, unless there is a reason by now to keep it: deletions come long after the plan."""
        kept = self._pruning.why_kept(client, item)
        if not kept:
            item.work.apply(client)
        return kept

    def _verified(self, item: Item, doubtful: bool) -> Verdict:
        return self._attempt(item, lambda client, one: one.work.verify(client, doubtful))

    def _attempt(self, item: Item, work: t.Callable[[QuayClient, Item], Verdict | None]) -> Verdict:
        try:
            return work(self._workers.client, item) or Verdict()
        except QuayError as error:
            if isinstance(error, HOPELESS):
                self._hopeless = error
            if not item.path and isinstance(error, Refused) and error.status == 400:
                # Nobody named this one; what Quay still needs, such as the robot of a mirror, goes another time.
                return Verdict(kept_because=str(error))
            return Verdict(failure=str(error))
        except Exception as error:  # what Quay returned once to others must not be lost with it
            return Verdict(failure=unexpected(error, item.title))


def _waits(item: Item) -> bool:
    return item.removes and not item.section.order.shapes_others
