# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: auto-prune policies of a repository as a section of a registry document."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._objects._organization_prune_section import declarable
from ansible_collections.dockhand.quay.plugins.module_utils._objects._prune import policies_of
from ansible_collections.dockhand.quay.plugins.module_utils._objects._prune_policy import canonical
from ansible_collections.dockhand.quay.plugins.module_utils._objects._repository_prune import REPOSITORY_PRUNE
from ansible_collections.dockhand.quay.plugins.module_utils._resource import State
from ansible_collections.dockhand.quay.plugins.module_utils._section import Section


def listed(client: QuayClient, repository: State) -> list[State]:
    return declarable(policies_of(client, {"place": f"repository/{repository['name']}"}))


def complete(repository: State, entry: State) -> State:
    return {**entry, **canonical(entry), "repository": repository["name"]}


SECTION = Section(
    name="prune",
    resource=REPOSITORY_PRUNE,
    within="repositories",
    given=("repository",),
    complete=complete,
    listed=listed,
)
