# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: robots of an organization as a section of a registry document."""

from __future__ import annotations

import typing as t

from ..._client.client import QuayClient
from ..._client.views import RobotsView
from ..._document.bulk_reads import SharedReads
from ..._document.item import Item
from ..._document.section import Bulk, Entry, Removal, Returned, Section, listing
from ..._engine.resource import State
from ..removal_guard import forget, references
from .resource import ROBOT


def short_name(robot: State) -> State:
    """The name without that of the organization."""
    return {"name": robot["name"].rpartition("+")[2]}


def predict(reads: SharedReads, item: Item) -> None:
    """With a robot go its grants, its memberships and its default permissions, also where it is re-created."""
    if any(step.method == "DELETE" for step in item.work.planned.steps):
        forget(reads, "user", item.params["name"])


def lost_with(_client: QuayClient, item: Item) -> list[str]:
    """Whoever uses a robot that is re-created must get its new token."""
    return [f"the token of {item.title}"] if item.work.planned.recreated else []


def finish(context: t.Any, result: State) -> None:
    """A token that does not exist yet is null."""
    if context.params["state"] == "present":
        result.setdefault("token", None)


SECTION = Section(
    name="robots",
    resource=ROBOT,
    parent="organizations",
    listed=listing("/organization/{name}/robots", "robots", short_name, RobotsView),
    entry=Entry(
        options={"recreate": {"type": "bool", "default": False}},
        complete=lambda organization, entry: {"name": f"{organization['name']}+{entry['name']}"},
    ),
    removal=Removal(lost_with=lost_with, guard=lambda _client, items: references("robots", items)),
    bulk=Bulk(predict=predict),
    returned=Returned(once={"tokens": "token"}, finish=finish),
)
