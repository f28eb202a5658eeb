# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the mirror of a repository as a section of a registry document."""

from __future__ import annotations

from ..._client.client import QuayClient
from ..._client.views import RepositoryView
from ..._document.section import Entry, Order, below
from ..._engine.field import State
from .export import EXPORT
from .repository import REPOSITORY_MIRROR


def listed(client: QuayClient, repository: State) -> list[State]:
    """The mirror of a repository in another state does nothing; the repository has been read already.

    Raises QuayError.
    """
    view = client.get("/repository/{+name}", repository, {"includeTags": "false"}, view=RepositoryView)
    return [{}] if view and view["state"] == "MIRROR" else []


SECTION = below(
    "repositories",
    REPOSITORY_MIRROR,
    name="mirror",
    inherits={"name": "name"},
    listed=listed,
    entry=Entry(
        # Quay cannot delete it.
        left_out=("state",),
        complete=lambda repository, _entry: {"state": "present", "repo_state": repository.get("repo_state")},
    ),
    order=Order(after=("robots",)),
    export=EXPORT,
)
