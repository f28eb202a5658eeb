# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what Quay shows of an image (quay endpoints/api/manifest.py, secscan.py)."""

from __future__ import annotations

import typing as t

from ..._client.check import json_of
from ..._client.client import Names, QuayClient
from ..._client.views import MaybeNumber, MaybeText, Object
from ..._engine.operation import Context, Params, Run, inform
from ..._engine.resource import State
from ..._errors import FeatureOff, ParentMissing, ReadFailed
from ..tag.read import MANIFEST, check_image, digest_of_image, locate_image
from .label import read_labels

IMAGE: Params = {"image": {"type": "str", "required": True}}
LAYER_KEYS = (
    *("index", "command", "created_datetime", "compressed_size", "blob_digest", "is_remote", "urls"),
    *("comment", "author"),
)


class LayerView(t.TypedDict):
    """A layer (quay endpoints/api/manifest.py, _layer_dict); the rest of it is returned as it is."""

    index: int


MaybeLayers = t.Optional[list[LayerView]]


class ManifestView(t.TypedDict):
    """A manifest (quay endpoints/api/manifest.py, _manifest_dict); a list of images has no layers."""

    digest: str
    is_manifest_list: bool
    manifest_data: str
    config_media_type: MaybeText
    layers_compressed_size: MaybeNumber
    layers: MaybeLayers


MaybeObjects = t.Optional[list[Object]]


class _Layer(t.TypedDict, total=False):
    Features: MaybeObjects


MaybeLayer = t.Optional[_Layer]


class _Data(t.TypedDict, total=False):
    Layer: MaybeLayer


MaybeData = t.Optional[_Data]


class ScanView(t.TypedDict):
    """What the scanner says (quay endpoints/api/secscan.py)."""

    status: str
    data: MaybeData


def of_image(read: t.Callable[[Context, Names], Params], ended: bool = False) -> Run:
    """Reads of the option image, whose names have its digest; ``ended``: also of a tag that has ended."""

    def run(context: Context) -> Params:
        check_image("image", context.params["image"])
        _reference, names = locate_image(context.client, context.params["image"])
        return read(context, {**names, "digest": digest_of_image(context.client, names, ended)})

    return run


def or_nothing(read: Run, nothing: Params) -> Run:
    """The same, but what does not exist is no error: the result then is ``nothing``."""

    def run(context: Context) -> Params:
        try:
            return read(context)
        except ParentMissing:
            return nothing

    return run


def read_manifest(client: QuayClient, names: Names) -> State:
    """The manifest ``digest``; raises ParentMissing."""
    found = client.get(MANIFEST, names, view=ManifestView)
    if found is None:
        raise ParentMissing(f"Image {names['image']} does not exist.")
    return t.cast("State", found)


def list_layers(context: Context, names: Names) -> Params:
    """The last build step first; a list of images has none. Raises ParentMissing and QuayError."""
    layers = read_manifest(context.client, names)["layers"] or []
    layers.sort(key=lambda layer: -layer["index"])
    return {"layers": [{key: layer.get(key) for key in LAYER_KEYS} for layer in layers]}


def list_labels(context: Context, names: Names) -> Params:
    """All labels, or those of one key. Raises ParentMissing and QuayError."""
    key = context.params["key"]
    labels = read_labels(context.client, names, key)
    return {"labels": [label for label in labels if key in (None, label["key"])]}


def list_vulnerabilities(context: Context, names: Names) -> Params:
    """Packages with findings, and whether the scanner has looked. Raises QuayError."""
    try:
        scan = context.client.get(MANIFEST + "/security", names, {"vulnerabilities": "true"}, view=ScanView)
    except FeatureOff:
        scan = None
    except ReadFailed as error:
        # Quay did not get an answer of its scanner (DownstreamIssue, 520).
        context.warn(str(error))
        scan = None
    if scan is None:
        return UNKNOWN
    layer = (scan["data"] or {}).get("Layer") or {}
    keys = ("Name", "Version", "VersionFormat", "Vulnerabilities")
    packages = [one for one in layer.get("Features") or () if one.get("Vulnerabilities")]
    return {"status": scan["status"], "vulnerabilities": [{key: one.get(key, "") for key in keys} for one in packages]}


def show_manifest(context: Context, names: Names) -> Params:
    """The manifest with its images, if it is a list of them; raises ParentMissing."""
    found = read_manifest(context.client, names)
    content = json_of(found["manifest_data"].encode())
    content = content if isinstance(content, dict) else {}
    return {
        "manifest": {
            "repository": names["repository"],
            "digest": found["digest"],
            "media_type": content.get("mediaType"),
            "config_media_type": found["config_media_type"],
            "is_manifest_list": found["is_manifest_list"],
            "size": found["layers_compressed_size"] or 0,
            "children": [_child(one) for one in content.get("manifests") or ()],
            "annotations": content.get("annotations") or {},
            "content": found["manifest_data"],
        }
    }


def _child(entry: State) -> State:
    platform = entry.get("platform") or {}
    return {
        "digest": entry.get("digest"),
        "media_type": entry.get("mediaType"),
        "size": entry.get("size"),
        "os": platform.get("os"),
        "architecture": platform.get("architecture"),
        "variant": platform.get("variant"),
        "annotations": entry.get("annotations") or {},
    }


UNKNOWN: Params = {"status": "unknown", "vulnerabilities": []}
NO_LABELS: Params = {"labels": []}
NO_LAYERS: Params = {"layers": []}
LABEL_INFO = inform(
    {**IMAGE, "key": {"type": "str", "no_log": False}}, or_nothing(of_image(list_labels), NO_LABELS), NO_LABELS
)
LAYER_INFO = inform(IMAGE, or_nothing(of_image(list_layers, ended=True), NO_LAYERS), NO_LAYERS)
MANIFEST_INFO = inform(IMAGE, of_image(show_manifest), {"manifest": None})
VULNERABILITY_INFO = inform(IMAGE, or_nothing(of_image(list_vulnerabilities), UNKNOWN), UNKNOWN)
