# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: immutability policies of an organization as a section of a document."""

from __future__ import annotations

from ..._document.section import Entry, below
from .resource import ORGANIZATION_IMMUTABILITY

SECTION = below(
    "organizations",
    ORGANIZATION_IMMUTABILITY,
    name="immutability",
    inherits={"namespace": "name"},
    entry=Entry(left_out=("new_tag_pattern",)),
)
