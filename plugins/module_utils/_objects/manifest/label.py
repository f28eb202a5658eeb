# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: labels of manifests (quay endpoints/api/manifest.py, data/model/oci/label.py)."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import listed
from ..._engine.field import Field
from ..._engine.resource import Change, Observed, Resource, State, Steps, Wish
from ..._errors import ParentMissing
from ..repository.read import find_repository, refuse_state
from ..tag.read import MANIFEST, digest_of_image, image_rule, locate_image

LABELS = MANIFEST + "/labels"
# quay util/validation.py, VALID_LABEL_KEY_REGEX; config.py, DEFAULT_LABEL_KEY_RESERVED_PREFIXES.
_KEY = re.compile(r"[a-z0-9](([a-z0-9]|[-.](?![.-]))*[a-z0-9])?")
_RESERVED = (
    *("com.docker.", "io.docker.", "org.dockerproject.", "org.opencontainers.", "io.cncf.", "io.kubernetes."),
    *("io.k8s.", "io.quay", "com.coreos", "com.tectonic", "internal", "quay"),
)


class LabelView(t.TypedDict):
    """A label (quay endpoints/api/manifest.py, _label_dict); ``source_type`` is manifest or api."""

    id: str
    key: str
    value: str
    source_type: str
    media_type: str


def new_key_rule(key: str) -> str:
    """The key of a new label; images themselves may have others."""
    if key.startswith(_RESERVED):
        return f"use a key that does not start with {', '.join(_RESERVED)}"
    return "" if _KEY.fullmatch(key) else "use lower-case letters and digits, with single '.' or '-' between them"


def read_labels(client: QuayClient, names: Names, prefix: str | None = None) -> list[State]:
    """The labels of the manifest ``digest``; raises ParentMissing."""
    answer = client.get(LABELS, names, {"filter": prefix} if prefix else None, view=listed("labels", LabelView))
    if answer is None:
        raise ParentMissing(f"Image {names['image']} does not exist.")
    return t.cast("list[State]", answer["labels"])


def locate(client: QuayClient, params: State) -> Names:
    """The image with its full repository, and the value. Raises QuayError."""
    return {**locate_image(client, params["image"])[1], "value": params["value"]}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The values of the key; ``facts``: those that are to be deleted, and the label as it is or will be.

    Raises ParentMissing and QuayError.
    """
    value, replace = names["value"], wish.options["replace"]
    manifest = {"digest": digest_of_image(client, names)}
    names = {**names, **manifest}
    labels = [one for one in read_labels(client, names) if one["key"] == names["key"]]
    own = [one for one in labels if one["source_type"] == "api"]
    if wish.state == "absent":
        gone = [one for one in own if value in (None, one["value"])]
        return Observed({"values": _values(gone)} if gone else None, {"gone": gone}, names=manifest)
    found = next((one for one in labels if one["value"] == value), None)
    new = {"id": None, "key": names["key"], "value": value, "media_type": "text/plain", "source_type": "api"}
    gone = [one for one in own if one["value"] != value] if replace else []
    facts = {"gone": gone, "label": found or new}
    return Observed({"values": _values(labels)} if labels else None, facts, names=manifest)


def _values(labels: t.Iterable[State]) -> list[str]:
    return sorted({one["value"] for one in labels})


def adapt(client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """The values that the key must have: those that stay, and the specified one.

    Raises QuayError for a change that Quay refuses in this repository.
    """
    there = (observed.fields or {}).get("values", [])
    gone = {one["value"] for one in observed.facts.get("gone", ())}
    added = [names["value"]] if wish.state == "present" else []
    values = sorted({*there, *added} - gone)
    # Without facts the image does not exist yet, which check mode takes for granted.
    if values != there and observed.facts:
        _refuse_state(client, names, wish)
    return dataclasses.replace(wish, fields={"values": values} if added else wish.fields)


def _refuse_state(client: QuayClient, names: Names, wish: Wish) -> None:
    """Raise QuayError unless the repository is, or is declared to be, in the state NORMAL."""
    state = wish.options.get("repo_state") or find_repository(client, names)["state"]
    refuse_state(state, f"change label {names['key']} of {names['image']}", "the state of its repository")


def write(change: Change) -> Steps:
    """The new one first, so that the key is never without a value."""
    value = change.names["value"]
    if value not in (change.before["values"] or ()):
        body = {"key": change.names["key"], "value": value, "media_type": "text/plain"}
        yield change.step("add", "POST", LABELS, body)
    yield from remove(change)


def remove(change: Change) -> Steps:
    """One request for each label that must be deleted. Raises as ``Change.step``."""
    for label in change.facts.get("gone", ()):
        yield change.step("delete", "DELETE", LABELS + "/{id}", id=label["id"])


def returns(observed: Observed, answers: list[t.Any]) -> State:
    """The label itself, with the id that Quay gave to a new one."""
    made = [answer["label"] for answer in answers if isinstance(answer, dict)]
    label = made[-1] if made else observed.facts.get("label", {})
    return {name: label.get(name) for name in ("id", "key", "value", "media_type", "source_type")}


LABEL = Resource(
    kind="label",
    label="{key} of {image}",
    keys=(
        Field("image", required=True, rule=image_rule),
        Field("key", required=True, new_rule=new_key_rule, spec={"no_log": False}),
    ),
    fields=(Field("values", "list", computed=True),),
    locate=locate,
    read=read,
    adapt=adapt,
    writes=(write,),
    remove=remove,
    returns=returns,
)
OPTIONS = {"value": {"type": "str"}, "replace": {"type": "bool", "default": True}}
CONSTRAINTS = {"required_if": [("state", "present", ("value",))]}
