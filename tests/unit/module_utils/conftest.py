# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A toy object with every kind of field, a toy server for its steps, and a server that follows a script."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Field
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Resource
from ansible_collections.dockhand.quay.plugins.module_utils._engine.writes import Create, carry, each
from ansible_collections.dockhand.quay.plugins.module_utils._errors import AnswerLost, Refused
from hypothesis import HealthCheck, settings

# On a busy machine slow examples are no fault of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

PATH = "/boxes/{name}"


def read(client, names, wish):
    box = client.boxes.get(names["name"])
    return Observed(None if box is None else {key: value for key, value in box.items() if key != "password"})


def remove(change):
    yield change.step("delete", "DELETE", PATH)


BOX = Resource(
    kind="box",
    label="{name}",
    keys=(Field("name", required=True),),
    fields=(
        Field("color", on_create="white"),
        Field("text", on_create=""),
        Field(
            "weight",
            "int",
            on_create=0,
            canonical=lambda kilograms: kilograms * 1000,
            shown=lambda grams: grams // 1000,
        ),
        Field("origin", on_create="", create_only="a box cannot move; recreate: true builds another"),
        Field("password", write_only="update_password"),
        Field("owners", "list", spec={"elements": "str"}, on_create=(), identity=str),
    ),
    read=read,
    create=Create("POST", "/boxes", {"color": "color", "origin": "origin"}, names={"name": "name"}),
    writes=(
        carry("set", "PUT", PATH, "text", "color", always=("color",)),
        carry("weigh", "PUT", PATH + "/weight", weight="grams"),
        carry("lock", "PUT", PATH + "/lock", "password"),
        each(
            "owners",
            "owner {owner}",
            ("PUT", PATH + "/owners/{owner}"),
            ("DELETE", PATH + "/owners/{owner}"),
            lambda owner: {"owner": owner},
        ),
    ),
    remove=remove,
)


class Server:
    """Speaks as QuayClient does; ``lose`` answers are lost after the work, ``refuse`` refuses from that write on."""

    def __init__(self, lose=0, refuse_from=None):
        self.boxes = {}
        self.writes = []
        self._lose = lose
        self._refuse_from = refuse_from

    def write(self, method, path, body, purpose):
        if self._refuse_from is not None and len(self.writes) >= self._refuse_from:
            raise Refused(f"Refused to {purpose}.", 400, "")
        self.writes.append((method, path, body))
        self._carry_out(method, path.strip("/").split("/"), body)
        if self._lose:
            self._lose -= 1
            raise AnswerLost("The answer was lost.")
        return {"done": purpose}

    def _carry_out(self, method, parts, body):
        if parts == ["boxes"]:
            self.boxes[body["name"]] = {
                "text": "",
                "weight": 0,
                "owners": [],
                "color": body["color"],
                "origin": body["origin"],
            }
            return
        box = self.boxes[parts[1]]
        if len(parts) == 2 and method == "DELETE":
            del self.boxes[parts[1]]
        elif len(parts) == 2:
            box.update(body)
        elif parts[2] == "weight":
            box["weight"] = body["grams"]
        elif parts[2] == "owners":
            others = [owner for owner in box["owners"] if owner != parts[3]]
            box["owners"] = sorted([*others, parts[3]]) if method == "PUT" else others


@pytest.fixture
def box():
    return BOX


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def make_server():
    return Server


class Script:
    """A local HTTP server that answers with ``answers`` one after the other, and remembers what it was asked."""

    def __init__(self):
        self.answers = []
        self.asked = []
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                script.asked.append((self.command, self.path, dict(self.headers), body.decode()))
                status, headers, content = script.answers.pop(0) if script.answers else ("cut", {}, b"")
                if status == "cut":
                    self.connection.shutdown(socket.SHUT_RDWR)
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = handle_one  # noqa: N815 - the names that http.server looks for

            def log_message(self, *arguments):
                """Keep the test's output quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def will(self, status, body=None, **headers):
        """Add an answer: JSON, a web page where ``body`` is text, or a cut connection where ``status`` is "cut"."""
        page = isinstance(body, str)
        content = body.encode() if page else b"" if body is None else json.dumps(body).encode()
        kind = "text/html; charset=utf-8" if page else "application/json"
        self.answers.append(
            (status, {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}}, content)
        )


@pytest.fixture
def script():
    running = Script()
    yield running
    running.server.shutdown()
    running.server.server_close()
