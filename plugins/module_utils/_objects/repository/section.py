# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: repositories of an organization as a section of a registry document."""

from __future__ import annotations

from ..._client.client import QuayClient, address
from ..._document.bulk_reads import SharedReads
from ..._document.item import Item
from ..._document.section import Bulk, Entry, Export, Order, Removal, Section
from ..._engine.resource import State
from ..tag.read import TagsView
from .read import REPOSITORIES, REPOSITORY_PATH
from .resource import REPOSITORY


def listed(reads: SharedReads, organization: State) -> list[State]:
    """As the organization's list has them, which only its administrators see as a whole.

    Raises QuayError if that was not read.
    """
    return [{"name": name} for name in reads.known(address(REPOSITORIES, {"organization": organization["name"]}))]


def data_loss(client: QuayClient, item: Item) -> str | None:
    """Quay deletes images with a repository without asking; the list of tags knows those of the time machine, too.

    Raises QuayError.
    """
    page = client.get(REPOSITORY_PATH + "/tag/", item.work.names, {"limit": 1}, missing=(), view=TagsView)
    return "it holds images, or its time machine does" if page["tags"] else None


def exported(entry: State, item: Item) -> State:
    """Without what Quay gave to whoever created it, and to the robot of a mirror; a star is the exporter's own.

    Also without the state of a repository that the mirror of its organization made, which nobody else can set.
    """
    facts, foreign = item.work.observed.facts, _foreign_robots(item)
    perms = [
        grant
        for grant in entry.get("perms", ())
        if (grant["name"], grant["role"]) != (facts.get("caller"), "admin")
        and grant["name"] not in (facts.get("mirror_robot"), *foreign)
    ]
    own = {"star": entry.get("star"), "repo_state": "ORG_MIRROR"}
    return {**{name: value for name, value in entry.items() if (name, value) not in own.items()}, "perms": perms}


def omitted(item: Item) -> list[str]:
    """A sentence about grants of foreign robots, which no export has."""
    foreign = ", ".join(_foreign_robots(item))
    why = "Quay gives this to robots of other namespaces by default permissions only"
    return [f"The export leaves out what {foreign} may do with {item.title}: {why}."] if foreign else []


def _foreign_robots(item: Item) -> list[str]:
    """Robots with a grant that nobody could give them again."""
    grants = (item.work.observed.fields or {}).get("perms", ())
    own = item.work.names["namespace"] + "+"
    return [grant["name"] for grant in grants if "+" in grant["name"] and not grant["name"].startswith(own)]


SECTION = Section(
    name="repositories",
    resource=REPOSITORY,
    parent="organizations",
    listed=listed,
    entry=Entry(
        # Policies are a section of their own.
        left_out=("auto_prune_method", "auto_prune_value"),
        # One name for each repository, as lists have it.
        complete=lambda organization, entry: {"name": f"{organization['name']}/{str(entry['name']).rstrip('/')}"},
    ),
    order=Order(after=("users", "robots", "teams", "default_perms")),
    removal=Removal(data_loss=data_loss),
    export=Export(entry=exported, omitted=omitted),
    bulk=Bulk(place=REPOSITORY_PATH),
)
