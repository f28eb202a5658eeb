# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One emulator in process, and short ways to ask it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from werkzeug.test import Client

sys.path.insert(0, str(Path(__file__).parents[3] / "roles" / "emulator" / "files"))

from quay_emulator import PASSWORD, SUPERUSER, TOKEN
from quay_emulator.server import Emulator


class Quay:
    def __init__(self):
        self.client = Client(Emulator())
        self.token = self.superuser = TOKEN

    def ask(self, method, path, body=None, **query):
        headers = {"Authorization": f"Bearer {self.token}"}
        more = {"query_string": query, "headers": headers, "environ_base": {"REMOTE_ADDR": "127.0.0.1"}}
        return self.client.open(f"/api/v1{path}", method=method, json=body, **more)

    def get(self, path, **query):
        return self.ask("GET", path, **query).json

    def control(self, switch, **body):
        answer = self.client.post(f"/_emulator/{switch}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json

    def act_as(self, username):
        self.control("user", username=username, password=PASSWORD)
        self.token = self.control("token", username=username)["token"]

    def sign_in(self):
        token = self.client.get("/csrf_token").json["csrf_token"]
        body = {"username": SUPERUSER, "password": PASSWORD}
        self.client.post("/api/v1/signin", json=body, headers={"X-CSRF-Token": token})

    def repository(self, name="lab/app"):
        namespace, short = name.split("/")
        self.ask("POST", "/organization/", {"name": namespace})
        body = {"namespace": namespace, "repository": short, "visibility": "private", "description": ""}
        assert self.ask("POST", "/repository", body).status_code == 201
        return f"/repository/{name}"


@pytest.fixture
def quay():
    return Quay()
