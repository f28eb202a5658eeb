# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: labels of images as a section of a registry document."""

from __future__ import annotations

import dataclasses
import itertools
import typing as t

from ..._client.client import Names, QuayClient
from ..._document.item import Harm, Item, Items
from ..._document.section import Entry, Removal, below
from ..._engine.field import Field
from ..._engine.resource import Observed, State, Wish
from ..._errors import BadInput, ParentMissing, QuayError
from .label import CONSTRAINTS, LABEL, OPTIONS, read


def read_pushed(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """Nothing in a document pushes images, so an image that is missing now does not come with the repository.

    Raises ParentMissing only for an absent label, and QuayError.
    """
    try:
        return read(client, names, wish)
    except ParentMissing:
        if wish.state == "absent":
            raise
        raise QuayError(f"Image {names['image']} does not exist. Push it first.") from None


def complete(repository: State, entry: State) -> State:
    """The full image of a tag or a digest, and the state that the repository will have, if declared."""
    mark = "@" if ":" in str(entry["image"]) else ":"
    return {"image": f"{repository['name']}{mark}{entry['image']}", "repo_state": repository.get("repo_state")}


def _undoes(one: Item, other: Item) -> bool:
    """Whether an entry deletes the label that the other one adds."""
    own, value = one.params["value"], other.params["value"]
    if other.removes or one.params["key"] != other.params["key"]:
        return False
    return own in (None, value) if one.removes else own != value and bool(one.params["replace"])


def _contradict(one: Item, other: Item) -> bool:
    return any(_undoes(*pair) for pair in ((one, other), (other, one)))


def fault(item: Item) -> BadInput | None:
    """What is wrong with an entry that contradicts an earlier one for the same image."""
    earlier = item.parent.below.get("labels", ()) if item.parent else ()
    same = (one for one in earlier if one.params["image"] == item.params["image"])
    if not any(_contradict(item, one) for one in same):
        return None
    rule = "another entry for this image contradicts it; for several values of a key, set replace to false in each"
    return BadInput("key", item.params["key"], rule)


def guard(_client: QuayClient, items: Items) -> t.Iterator[Harm]:
    """Tags that turn out to be the same image, whose labels would be changed at each run."""
    for one, other in itertools.combinations([item for item in items["labels"] if item.path], 2):
        same = one.parent is other.parent and _digest(one) == _digest(other) != ""
        if same and one.params["image"] != other.params["image"] and _contradict(one, other):
            why = "they are the same image. Declare its labels once, or set replace to false"
            yield f"Nothing was changed: {one.title} and {other.title} contradict each other: {why}.", [one, other]


def _digest(item: Item) -> str:
    return str(item.work.all_names.get("digest") or "")


def lost_with(_client: QuayClient, item: Item) -> list[str]:
    """The labels that its plan deletes, besides the one that the entry itself stands for."""
    gone = [f"value {one['value']} of {item.title}" for one in item.work.observed.facts.get("gone", ())]
    return gone[1:] if item.removes else gone


SECTION = below(
    "repositories",
    # Here a key of an image can have several entries, one for each value.
    dataclasses.replace(LABEL, kind="manifest_label", keys=(*LABEL.keys, Field("value")), read=read_pushed),
    inherits={},
    name="labels",
    entry=Entry(options={"replace": OPTIONS["replace"]}, constraints=CONSTRAINTS, complete=complete, fault=fault),
    removal=Removal(lost_with=lost_with, guard=guard),
)
