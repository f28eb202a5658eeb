# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: auto-prune policies of a repository as a section of a registry document."""

from __future__ import annotations

from ..._client.client import QuayClient
from ..._document.section import Section
from ..._engine.resource import State
from .organization_section import declarable
from .policy import canonical
from .repository import REPOSITORY_PRUNE
from .resource import policies_of


def listed(client: QuayClient, repository: State) -> list[State]:
    return declarable(policies_of(client, {"place": f"repository/{repository['name']}"}))


def complete(repository: State, entry: State) -> State:
    return {**entry, **canonical(entry), "repository": repository["name"]}


SECTION = Section(
    name="prune",
    resource=REPOSITORY_PRUNE,
    parent="repositories",
    inherited=("repository",),
    complete=complete,
    listed=listed,
)
