# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the proxy cache of an organization as a section of a registry document."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._objects._proxy_cache import OPTIONS, PROXY_CACHE
from ansible_collections.dockhand.quay.plugins.module_utils._section import Section

SECTION = Section(
    name="proxy_cache",
    resource=PROXY_CACHE,
    within="organizations",
    single=True,
    given=("organization",),
    options=OPTIONS,
    complete=lambda organization, entry: {**entry, "organization": organization["name"]},
    listed=lambda _client, _organization: [{}],
)
