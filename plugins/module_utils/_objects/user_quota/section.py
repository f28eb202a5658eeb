# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the quota of a user as a section of a registry document."""

from __future__ import annotations

from ..._document.section import below
from .resource import USER_QUOTA

SECTION = below("users", USER_QUOTA, inherits={"username": "username"}, name="quota")
