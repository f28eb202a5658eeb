# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manifests of a repository: layers, labels, pulls, vulnerabilities."""

from __future__ import annotations

import json
import re

from flask import request

from ...data.building import need_normal
from ...data.images import Manifest
from ...data.models import new_uuid
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.crud import Kind, Place
from ...endpoints.errors import MessageError, not_found
from ...endpoints.routing import Area, feature
from ...endpoints.schema import flag, named, object_of, text
from ...endpoints.views import date
from .repositories import PATH, need

area = Area()
ONE = f"{PATH}/manifest/<digest:manifestref>"
KEY = re.compile(r"[a-z0-9](([a-z0-9]|[-.](?![.-]))*[a-z0-9])?")
KEY_RULE = f"Label is of an invalid format or missing please use ^{KEY.pattern}$ format for labels"
# Of keys that only images themselves may bring.
RESERVED = ("com.docker.", "io.docker.", "org.dockerproject.", "org.opencontainers.", "io.cncf.", "io.kubernetes.")
RESERVED += ("io.k8s.", "io.quay", "com.coreos", "com.tectonic", "internal", "quay")
NOT_SCANNED = {"status": "queued", "data": None}
NEW = named(
    "AddLabel",
    object_of(
        ["key", "value", "media_type"],
        key=text(),
        value=text(),
        media_type={"type": ["string", "null"], "enum": ["text/plain", "application/json", None]},
    ),
)


def manifest_of(namespace: str, name: str, manifestref: str, dead: bool = False, **_how) -> Manifest:
    """The time machine's ones are not shown, except to the scanner."""
    found = need(namespace, name).images.manifest(manifestref, dead)
    if found is None:
        raise not_found()
    return found


def may(namespace: str, name: str, read: bool, **_names) -> None:
    auth.need_repo(namespace, name, "read" if read else "write")
    if not read:
        need_normal(namespace, name)


def layers(manifest: Manifest) -> list[dict]:
    return [
        {
            "index": index,
            "compressed_size": layer["size"],
            "is_remote": False,
            "urls": None,
            "command": ["x"],
            "comment": None,
            "author": None,
            "blob_digest": layer["digest"],
            "created_datetime": date(manifest.created),
        }
        for index, layer in enumerate(json.loads(manifest.data)["layers"])
    ]


@area.route("GET", ONE)
def get(namespace: str, name: str, manifestref: str):
    """A list of images has neither layers nor a size."""
    may(namespace, name, read=True)
    manifest = manifest_of(namespace, name, manifestref)
    single = not manifest.children
    return {
        "digest": manifest.digest,
        "is_manifest_list": not single,
        "manifest_data": manifest.data,
        "config_media_type": json.loads(manifest.data)["config"]["mediaType"] if single else None,
        "layers_compressed_size": manifest.size,
        "layers": layers(manifest) if single else None,
    }


class Labels(Kind):
    """Each POST makes one more, also of the same key and value."""

    place, path, one, key = Place(ONE, manifest_of, may), "/labels", "labelid", "id"
    listed, new, calls = "labels", NEW, ("list", "create", "get", "delete")

    def make(self, owner: Manifest, data: dict) -> dict:
        if data["key"].startswith(RESERVED):
            raise MessageError("Label has a reserved prefix")
        if not KEY.fullmatch(data["key"]):
            raise MessageError(KEY_RULE)
        return self.label(data["key"], data["value"], "api", data["media_type"] or self.guessed(data["value"]))

    def guessed(self, value: str) -> str:
        """What begins and ends like an object is taken for JSON."""
        return "application/json" if value.startswith("{") and value.endswith("}") else "text/plain"

    def label(self, key: str, value: str, source: str, media_type: str = "text/plain") -> dict:
        return {"id": new_uuid(), "key": key, "value": value, "source_type": source, "media_type": media_type}

    def ordered(self, entries: list[dict]) -> list[dict]:
        return [entry for entry in entries if entry["key"].startswith(request.args.get("filter", ""))]

    def created(self, entry: dict):
        return {"label": entry}, 201, {"Location": f"{request.path}/{entry['id']}"}

    def deleted(self, entry: dict):
        return "", 204

    def find(self, owner: Manifest, uuid: str, call: str = "get") -> dict:
        entry = super().find(owner, uuid, call)
        if call == "delete" and entry["source_type"] == "manifest":
            raise MessageError("Cannot delete immutable label")
        return entry

    def log(self, verb: str, owner: Manifest, entry: dict) -> None:
        namespace, _slash, name = request.view_args["repository"].partition("/")
        metadata = {name: entry[name] for name in ("id", "key", "value")}
        metadata.update(manifest_digest=owner.digest, namespace=namespace, repo=name)
        if verb == "create":
            metadata["media_type"] = entry["media_type"]
        kind = "manifest_label_add" if verb == "create" else "manifest_label_delete"
        log_action(kind, namespace, metadata, need(namespace, name))


labels = Labels(area)


@area.route("GET", f"{ONE}/pull_statistics", when=feature("IMAGE_PULL_STATS"))
def pulls(namespace: str, name: str, manifestref: str):
    may(namespace, name, read=True)
    manifest = manifest_of(namespace, name, manifestref)
    return {
        "manifest_digest": manifestref,
        "manifest_pull_count": manifest.pulls,
        "last_manifest_pull_date": date(manifest.last_pull),
    }


@area.route("GET", f"{ONE}/security", when=feature("SECURITY_SCANNER"))
def security(namespace: str, name: str, manifestref: str):
    """What a test said that the scanner found, in the form of Clair; without that it still waits for its turn."""
    may(namespace, name, read=True)
    manifest = manifest_of(namespace, name, manifestref, dead=True)
    if manifest.scan is None:
        return NOT_SCANNED
    features = manifest.scan["features"]
    if not flag("vulnerabilities"):
        features = [{**one, "Vulnerabilities": []} for one in features]
    layer = {
        "Name": manifest.digest,
        "ParentName": "",
        "NamespaceName": "",
        "IndexedByVersion": 4,
        "Features": features,
    }
    data = {"Layer": layer} if manifest.scan["status"] == "scanned" else None
    return {"status": manifest.scan["status"], "data": data}


@area.route("GET", f"{PATH}/tokens/")
@area.route("POST", f"{PATH}/tokens/")
@area.route("GET", f"{PATH}/tokens/<code>")
@area.route("PUT", f"{PATH}/tokens/<code>")
@area.route("DELETE", f"{PATH}/tokens/<code>")
def old_tokens(namespace: str, name: str, **_code):
    """Long gone."""
    auth.need_repo(namespace, name, "admin")
    raise MessageError("Handling of access tokens is no longer supported", 410)
