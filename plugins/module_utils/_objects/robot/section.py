# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: robots of an organization as a section of a registry document."""

from __future__ import annotations

import typing as t

from ..._client.client import QuayClient
from ..._client.views import RobotsView
from ..._document.bulk_reads import SharedReads
from ..._document.section import Item, Section
from ..._engine.resource import State
from ..removal_guard import forget, references
from .resource import ROBOT


def listed(client: QuayClient, organization: State) -> list[State]:
    robots = client.get("/organization/{name}/robots", organization, missing=(), view=RobotsView)["robots"]
    return [{"name": name} for name in sorted(robot["name"].rpartition("+")[2] for robot in robots)]


def predict(reads: SharedReads, item: Item) -> None:
    """With a robot go its grants, its memberships and its default permissions, also where it is made anew."""
    if any(step.method == "DELETE" for step in item.work.planned.steps):
        forget(reads, "user", item.params["name"])


def lost_with(_client: QuayClient, item: Item) -> list[str]:
    """Whoever uses a robot that is made anew must get its new token."""
    return [f"the token of {item.title}"] if item.work.planned.recreated else []


def finish(context: t.Any, result: State) -> None:
    """A token that does not exist yet is null."""
    if context.params["state"] == "present":
        result.setdefault("token", None)


SECTION = Section(
    name="robots",
    resource=ROBOT,
    parent="organizations",
    complete=lambda organization, entry: {**entry, "name": f"{organization['name']}+{entry['name']}"},
    left_out=("regenerate",),
    options={"recreate": {"type": "bool", "default": False}},
    returned_once={"tokens": "token"},
    listed=listed,
    predict=predict,
    guard=lambda _client, items: references("robots", items),
    lost_with=lost_with,
    finish=finish,
)
