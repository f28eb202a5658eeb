# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: repositories of an organization as a section of a registry document."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._objects._organization_answers import REPOSITORIES
from ansible_collections.dockhand.quay.plugins.module_utils._objects._repository import REPOSITORY
from ansible_collections.dockhand.quay.plugins.module_utils._objects._repository_read import REPOSITORY_PATH
from ansible_collections.dockhand.quay.plugins.module_utils._resource import State
from ansible_collections.dockhand.quay.plugins.module_utils._section import Item, Section


def listed(client: QuayClient, organization: State) -> list[State]:
    names = client.get(REPOSITORIES, {"organization": organization["name"]}, missing=())
    return [{"name": name} for name in names]


def precious(client: QuayClient, item: Item) -> str | None:
    """Quay deletes images with a repository without asking; the list of tags knows those of the time machine, too."""
    tags = client.get(REPOSITORY_PATH + "/tag/", item.work.names, {"limit": 1}, missing=())["tags"]
    return "it holds images, or its time machine does" if tags else None


def exported(entry: State, item: Item) -> State:
    """Without what Quay gave to whoever created it, and to the robot of a mirror; a star is the exporter's own."""
    facts = item.work.observed.facts
    perms = [
        grant
        for grant in entry.get("perms", ())
        if (grant["name"], grant["role"]) != (facts.get("caller"), "admin")
        and grant["name"] != facts.get("mirror_robot")
    ]
    return {**{name: value for name, value in entry.items() if name != "star"}, "perms": perms}


SECTION = Section(
    name="repositories",
    resource=REPOSITORY,
    within="organizations",
    complete=lambda organization, entry: {**entry, "name": f"{organization['name']}/{str(entry['name']).rstrip('/')}"},
    # Policies are a section of their own.
    left_out=("auto_prune_method", "auto_prune_value"),
    after=("users", "robots", "teams", "default_perms"),
    place=REPOSITORY_PATH,
    listed=listed,
    exported=exported,
    precious=precious,
)
