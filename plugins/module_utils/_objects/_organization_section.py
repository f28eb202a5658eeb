# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: organizations as a section of a registry document."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._client import address
from ansible_collections.dockhand.quay.plugins.module_utils._objects._organization import ORGANIZATION
from ansible_collections.dockhand.quay.plugins.module_utils._objects._organization_answers import PATH
from ansible_collections.dockhand.quay.plugins.module_utils._objects._organization_lists import gather
from ansible_collections.dockhand.quay.plugins.module_utils._section import Item, Section
from ansible_collections.dockhand.quay.plugins.module_utils._shared_reads import SharedReads


def foretell(reads: SharedReads, item: Item) -> None:
    """A new organization has nothing yet but the team of its owner."""
    if item.creates:
        names = {"organization": item.params["name"]}
        view = {"name": item.params["name"], "is_admin": True, "teams": {}, "quotas": []}
        reads.learn({address(PATH, names): view, address(PATH + "/prototypes", names): {"prototypes": []}})


SECTION = Section(
    name="organizations",
    resource=ORGANIZATION,
    complete=lambda _parent, entry: entry,
    # A document declares what is; a rename is a deed, and policies are a section of their own.
    left_out=("new_name", "auto_prune_method", "auto_prune_value"),
    after=("users",),
    place="/organization/{name}",
    gather=gather,
    foretell=foretell,
)
