# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the OAuth applications of an organization as a section of a registry document."""

from __future__ import annotations

from ..._document.section import Entry, Removal, below
from .resource import APPLICATION

SECTION = below(
    "organizations",
    APPLICATION,
    inherits={"organization": "name"},
    entry=Entry(left_out=("new_name", "reset_client_secret")),
    # Quay's own.
    removal=Removal(never_pruned=lambda item: item.params["name"] == "__quay_bootstrap_app"),
)
