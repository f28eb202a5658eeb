# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: messages as a section of a registry document."""

from __future__ import annotations

from ..._document.bulk_reads import SharedReads
from ..._document.section import Entry, Section
from ..._engine.field import State
from .resource import MESSAGE, SHAPE


def listed(reads: SharedReads, _nothing: State) -> list[State]:
    """Each text once, sorted. Raises QuayError."""
    texts = {entry["content"] for entry in SHAPE.listed(reads, {}) or ()}
    return [{"content": text} for text in sorted(texts)]


SECTION = Section(
    name="messages",
    resource=MESSAGE,
    entry=Entry(options={"content": {"type": "str", "required": True}}),
    listed=listed,
)
