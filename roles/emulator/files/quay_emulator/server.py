# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outermost layer: it notes every request, misbehaves, waits, and calls the application."""

from __future__ import annotations

import io
import threading
import time

from werkzeug.wrappers import Request, Response

from .app import create_app, existing
from .control import misbehave
from .control.switches import create_control
from .data.store import Store
from .settings import Settings

WRITES = ("POST", "PUT", "PATCH", "DELETE")


class Emulator:
    """One emulated registry, as a WSGI application."""

    def __init__(self, settings: dict | None = None):
        self.start_settings = dict(settings or {})
        self.lock = threading.RLock()
        self.log: list[dict] = []
        self.faults: list[misbehave.Fault] = []
        self.reset()
        self.control = create_control(self)

    def reset(self) -> None:
        with self.lock:
            self.settings = Settings(self.start_settings)
            self.store = Store(self.settings)
            self.app = create_app(existing(self.settings))
            self.log.clear()
            self.faults.clear()

    def change_settings(self, changes: dict) -> None:
        with self.lock:
            self.settings.change(changes)
            if "empty" in changes:
                # It is about the start, so the registry starts over.
                self.store.clear()
            self.app = create_app(existing(self.settings))

    def __call__(self, environ, start_response):
        # An unread body would spoil the next request of the connection.
        environ["wsgi.input"] = io.BytesIO(Request(environ).get_data())
        if environ["PATH_INFO"].startswith("/_emulator/"):
            return self.control(environ, start_response)
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        with self.lock:
            entry = {"number": len(self.log) + 1, "method": method, "path": path}
            entry.update(query=environ["QUERY_STRING"], status=None, auth=self.who(environ))
            self.log.append(entry)
            fault = misbehave.first_match(self.faults, method, path)
        self.wait(entry["auth"])
        return self.answer(environ, start_response, entry, fault)

    def who(self, environ) -> str:
        """What kind of credentials came, whether they are good or not."""
        if environ.get("HTTP_AUTHORIZATION", "").lower().startswith("bearer "):
            return "token"
        if "HTTP_AUTHORIZATION" in environ:
            return "other"
        return "session" if "_csrf_token=" in environ.get("HTTP_COOKIE", "") else "none"

    def wait(self, kind: str) -> None:
        milliseconds = self.settings["latency"].get(f"{kind}_ms", 0)
        if milliseconds:
            time.sleep(milliseconds / 1000)

    def answer(self, environ, start_response, entry: dict, fault: misbehave.Fault | None):
        if fault and fault.kind in ("cut", "crash"):
            misbehave.cut(environ)
        if fault and fault.kind == "slow":
            time.sleep(fault.seconds)
        if fault and fault.kind == "expired_page_token":
            misbehave.forget_page(environ)
        if fault and fault.kind in ("status", "html"):
            status, headers, body = fault.answer()
            entry["status"] = int(status.split()[0])
            start_response(status, headers)
            return [body]
        if self.refused(entry):
            response = Response('{"message": "The emulator refuses all writes."}', 599, content_type="application/json")
        else:
            with self.lock:
                environ["emulator.store"] = self.store
                response = Response.from_app(self.app, environ, buffered=True)
        entry["status"] = response.status_code
        if entry["method"] in WRITES and response.status_code < 300:
            misbehave.written(self.faults)
        if fault and fault.kind == "lost_answer":
            misbehave.cut(environ)
        return response(environ, start_response)

    def refused(self, entry: dict) -> bool:
        path = entry["path"]
        api = path.startswith("/api/v1/") and not path.startswith("/api/v1/signin")
        return self.settings["refuse_writes"] and api and entry["method"] in WRITES
