# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the proxy cache of an organization as a section of a registry document."""

from __future__ import annotations

from ..._document.item import Item
from ..._document.section import Entry, Export, below
from .resource import HIDDEN, OPTIONS, PROXY_CACHE


def omitted(item: Item) -> list[str]:
    """That the export leaves out credentials, which Quay does not show."""
    return [f"The export leaves out username and password of {item.title}: {HIDDEN}."]


SECTION = below(
    "organizations",
    PROXY_CACHE,
    inherits={"organization": "name"},
    entry=Entry(options=OPTIONS),
    export=Export(omitted=omitted),
)
