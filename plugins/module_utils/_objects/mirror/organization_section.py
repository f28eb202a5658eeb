# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the mirror of an organization as a section of a registry document."""

from __future__ import annotations

from ..._document.section import Order, below
from .export import EXPORT
from .organization import ORGANIZATION_MIRROR

SECTION = below(
    "organizations",
    ORGANIZATION_MIRROR,
    name="mirror",
    inherits={"organization": "name"},
    order=Order(after=("robots",)),
    export=EXPORT,
)
