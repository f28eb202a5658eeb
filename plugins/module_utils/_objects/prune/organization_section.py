# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: auto-prune policies of an organization as a section of a registry document."""

from __future__ import annotations

from ..._document.section import below
from .listed import ENTRY, EXPORT, REMOVAL, declared, listed_in
from .organization import ORGANIZATION_PRUNE

SECTION = below(
    "organizations",
    declared(ORGANIZATION_PRUNE),
    name="prune",
    inherits={"namespace": "name"},
    listed=listed_in("organization/{name}"),
    entry=ENTRY,
    removal=REMOVAL,
    export=EXPORT,
)
