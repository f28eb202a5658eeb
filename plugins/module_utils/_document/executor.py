# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: sends the plans of a whole registry, in an order in which nothing gets in another's way."""

from __future__ import annotations

import threading
import time
import typing as t

from .._client.client import QuayClient
from .._client.workers import Workers
from .._errors import (
    CredentialsRefused,
    QuayError,
    Refused,
    ServerAway,
    unexpected,
)
from .section import Harm, Item, Section

TELL_EVERY = 2.0


class Executor:
    """Creations and changes by section, removals the other way round, and last what may cost somebody's rights.

    The steps of one item follow each other; different items of a section go side by side. No failure stops the others:
    each is kept with its item. ``why_kept(client, item)``: why something that nobody named must stay.
    ``harms(client)``: what would do harm, if only what has not failed comes true.
    """

    def __init__(
        self,
        sections: list[Section],
        items: list[Item],
        why_kept: t.Callable[[QuayClient, Item], str | None],
        harms: t.Callable[[QuayClient], t.Iterable[Harm]],
        workers: Workers,
        tell: t.Callable[[str], None],
    ) -> None:
        self._sections, self._items, self._why_kept, self._harms = sections, items, why_kept, harms
        self._workers, self._tell = workers, tell
        self._lock = threading.Lock()
        self._done, self._told = 0, time.monotonic()
        self._hopeless: QuayError | None = None

    def run(self) -> None:
        late = [item for item in self._items if item.section.is_late(item)]
        ordinary = [item for item in self._items if not item.section.is_late(item)]
        for section in self._sections:
            self._all(item for item in ordinary if item.section is section and not _waits(item))
        for section in reversed(self._sections):
            self._all(item for item in ordinary if item.section is section and _waits(item))
        # Accounts come after teams, whose new members may fail.
        for section in sorted(self._sections, key=lambda one: not one.parent):
            self._all_harmless([item for item in late if item.section is section])
        # Only now, since some of it comes true with the removals alone.
        done = [item for item in self._items if not (item.failure or item.kept_because or self._hopeless)]
        # What was expected of those may not have come.
        failed = {item.section.name for item in self._items if item.failure and item.section.shapes_others}
        self._workers.each(lambda item: self._verify(item, not failed.isdisjoint(item.section.after)), done)

    def _all(self, items: t.Iterable[Item]) -> None:
        self._workers.each(self._one, list(items))

    def _all_harmless(self, items: list[Item]) -> None:
        """What may cost rights, but not where it does harm by now, without what has failed."""
        try:
            # By what is there now, not by what was there before.
            harms = list(self._harms(self._workers.client)) if items else []
        except QuayError as error:
            harms = [(str(error), items)]
        for sentence, harmful in harms:
            for item in harmful:
                if item in items:
                    item.failure = sentence
        self._all(item for item in items if not item.failure)

    def _one(self, item: Item) -> None:
        if item.parent and item.parent.failure:
            item.failure = f"not tried, since {item.parent.title} failed"
        elif self._hopeless:
            item.failure = f"not tried, since: {self._hopeless}"
        else:
            self._attempt(item, item.work.apply if item.path else lambda client: self._prune(client, item))
        self._count()

    def _prune(self, client: QuayClient, item: Item) -> None:
        """Remove what nobody named, unless there is a reason by now to keep it: removals come long after the plan."""
        item.kept_because = self._why_kept(client, item) or ""
        if not item.kept_because:
            item.work.apply(client)

    def _verify(self, item: Item, doubtful: bool) -> None:
        self._attempt(item, lambda client: item.work.verify(client, doubtful))

    def _attempt(self, item: Item, work: t.Callable[[t.Any], None]) -> None:
        try:
            work(self._workers.client)
        except QuayError as error:
            if isinstance(error, (CredentialsRefused, ServerAway)):
                self._hopeless = error
            if not item.path and isinstance(error, Refused) and error.status == 400:
                # Nobody named this one; what Quay still needs, such as the robot of a mirror, goes another time.
                item.kept_because = str(error)
            else:
                item.failure = str(error)
        except Exception as error:  # what others were given by Quay must not be lost with it
            item.failure = unexpected(error, item.title)

    def _count(self) -> None:
        with self._lock:
            self._done += 1
            if time.monotonic() - self._told > TELL_EVERY:
                self._told = time.monotonic()
                self._tell(f"{self._done} of {len(self._items)} changes done")


def _waits(item: Item) -> bool:
    return item.removes and not item.section.shapes_others
