# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A toy registry of boxes with lids, in memory, and its two sections of a document."""

from __future__ import annotations

import contextlib

from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Token
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Endpoint, Transport
from ansible_collections.dockhand.quay.plugins.module_utils._client.workers import Workers
from ansible_collections.dockhand.quay.plugins.module_utils._document.planner import Planner
from ansible_collections.dockhand.quay.plugins.module_utils._document.pruning import Pruning
from ansible_collections.dockhand.quay.plugins.module_utils._document.reader import DocumentReader
from ansible_collections.dockhand.quay.plugins.module_utils._document.section import Bulk, Section, below, listing
from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Field
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Resource
from ansible_collections.dockhand.quay.plugins.module_utils._engine.writes import Create, carry
from ansible_collections.dockhand.quay.plugins.module_utils._errors import ParentMissing

BOX_PATH, LID_PATH = "/boxes/{name}", "/boxes/{box}/lids/{name}"


class Registry(QuayClient):
    """Its objects by path; ``sent`` are the writes, and ``refuse`` maps requests to errors."""

    def __init__(self, **things):
        super().__init__(Transport(Endpoint("http://127.0.0.1:9")), Token("t"))
        self.things = {f"/{path.replace('__', '/')}": fields for path, fields in things.items()}
        self.asked, self.sent, self.refuse = [], [], {}

    def twin(self, _transport):
        return self

    def call(self, method, path, _purpose, body=None, query=None, missing=(), patience=1.0, view=None):
        path = path.replace("/api/v1", "")
        (self.asked if method == "GET" else self.sent).append(f"{method} {path}".replace("GET ", ""))
        if f"{method} {path}" in self.refuse:
            raise self.refuse[f"{method} {path}"]
        if method == "PUT":
            self.things[path] = {**self.things.get(path, {}), **body}
        elif method == "DELETE":
            self.things = {one: fields for one, fields in self.things.items() if not f"{one}/".startswith(f"{path}/")}
        elif path.endswith("s"):
            parts = [one.rpartition("/") for one in self.things]
            return {"entries": [{"name": name} for place, _slash, name in parts if place == path]}
        return self.things.get(path)


def read_box(client, names, _wish):
    return Observed(client.get(BOX_PATH, names))


def read_lid(client, names, _wish):
    if client.get("/boxes/{box}", names) is None:
        raise ParentMissing(f"Box {names['box']} does not exist.")
    return Observed(client.get(LID_PATH, names))


def remove_box(change):
    yield change.step("delete", "DELETE", BOX_PATH)


def remove_lid(change):
    yield change.step("delete", "DELETE", LID_PATH)


def no_capital(name):
    return "use lower-case letters" if name != name.lower() else ""


BOX = Resource(
    "box",
    "{name}",
    (Field("name", required=True, new_rule=no_capital, rule=lambda name: "use a name" if name == "bad" else ""),),
    (Field("color", on_create="white"), Field("owners", "list", spec={"elements": "str"}, on_create=(), identity=str)),
    read=read_box,
    create=Create("PUT", BOX_PATH, {"color": "color", "owners": "owners"}),
    writes=(carry("set", "PUT", BOX_PATH, "color", "owners"),),
    remove=remove_box,
)
LID = Resource(
    "lid",
    "{box}/{name}",
    (Field("box", required=True), Field("name", required=True)),
    (Field("color", on_create="white"),),
    read=read_lid,
    create=Create("PUT", LID_PATH, {"color": "color"}),
    writes=(carry("set", "PUT", LID_PATH, "color"),),
    remove=remove_lid,
)


def names_of(entry):
    return {"name": entry["name"]}


BOXES = Section(
    "boxes",
    BOX,
    listed=listing("/boxes", "entries", names_of, dict),
    bulk=Bulk(place=BOX_PATH),
)
LIDS = below("boxes", LID, {"box": "name"}, listing("/boxes/{name}/lids", "entries", names_of, dict))


@contextlib.contextmanager
def planned(client, document, sections=(BOXES, LIDS), **pruning):
    """The planner of a document after its plan, with its reader and workers."""
    reader = DocumentReader(sections)
    content = reader.read(document)
    content.refuse_faults()
    workers = Workers(client, 2)
    planner = Planner(client, workers, reader, content, Pruning(**pruning))
    try:
        planner.plan(lambda _text: None)
        yield planner, reader, workers
    finally:
        workers.close()
