# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: deletes the chosen tags, several at a time; no failure of one stops the others."""

from __future__ import annotations

import typing as t

from ..._client.client import Names, address
from ..._client.workers import Progress, Workers
from ..._engine.resource import Step
from ..._engine.settle import settle
from ..._errors import HOPELESS, QuayError, Refused
from ..tag.read import live_tag
from ..tag.resource import TAG_PATH
from .choose import Tag, subject_of

CONFLICT = 409


class Deletion:
    """What came of it: ``deleted``, ``immutable`` (since the list was read), and ``failures``, one sentence each."""

    def __init__(self, workers: Workers, names: Names, tell: t.Callable[[str], None]) -> None:
        self._workers, self._names, self._tell = workers, names, tell
        self._hopeless: QuayError | None = None
        self.deleted: list[Tag] = []
        self.immutable: list[Tag] = []
        self.failures: list[str] = []

    def run(self, tags: t.Sequence[Tag]) -> None:
        """Images first, and then what is attached to them, which Quay may already have let end with them."""
        self._progress = Progress(self._tell, f"{{}} of {len(tags)} tags deleted")
        self._workers.each(self._delete, [tag for tag in tags if not subject_of(tag.name)])
        self._workers.each(self._delete, [tag for tag in tags if subject_of(tag.name)])
        if self._hopeless:
            self.failures.append(str(self._hopeless))

    def _delete(self, tag: Tag) -> None:
        if self._hopeless:
            return
        try:
            self._send(tag)
        except HOPELESS as error:
            self._hopeless = error
        except QuayError as error:
            if isinstance(error, Refused) and error.status == CONFLICT:
                self.immutable.append(tag)
            else:
                self.failures.append(str(error))
        else:
            self.deleted.append(tag)
            self._progress.count()

    def _send(self, tag: Tag) -> None:
        client = self._workers.client
        purpose = f"delete tag {tag.name} of {self._names['repository']}"
        step = Step("DELETE", address(TAG_PATH, {**self._names, "tag": tag.name}), None, purpose)

        def look() -> list[Step]:
            now = live_tag(client, self._names, tag.name)
            # One that was pushed meanwhile is another.
            return [step] if now and now["manifest_digest"] == tag.digest else []

        settle(client, [step], look, [], [])
