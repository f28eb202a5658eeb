# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start the emulator."""

from __future__ import annotations

import argparse
import json
import logging
import os
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response

from .server import Emulator


class Handler(WSGIRequestHandler):
    """Keep-alive, as the real server, and no line per request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def run_wsgi(self) -> None:
        """In place of Werkzeug's, which closes each connection because a body may be left unread."""
        environ = self.make_environ()
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        try:
            response = Response.from_app(self.server.app, environ, buffered=True)
        except ConnectionAbortedError:
            self.close_connection = True
            return
        body, status, headers = response.get_wsgi_response(environ)
        code, _dummy, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"".join(body))

    def log(self, *_args) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(prog="quay_emulator", description="An emulated Quay registry on 127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--port-file", type=Path, help="gets the URL once the emulator listens")
    parser.add_argument("--settings", type=Path, help="JSON file of settings that differ from the defaults")
    parser.add_argument("--pid-file", type=Path)
    options = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    settings = json.loads(options.settings.read_text()) if options.settings else {}
    server = make_server("127.0.0.1", options.port, Emulator(settings), threaded=True, request_handler=Handler)
    if options.pid_file:
        options.pid_file.write_text(f"{os.getpid()}\n")
    if options.port_file:
        write_whole(options.port_file, f"http://127.0.0.1:{server.server_port}")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def write_whole(path: Path, text: str) -> None:
    """A reader must never see half of it."""
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(text)
    temporary.replace(path)


if __name__ == "__main__":
    main()
