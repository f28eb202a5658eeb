# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server on loopback that hands requests on to the emulator and gives some an answer of its own, byte by byte."""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import ssl
import threading
import time
import typing as t

import requests

# Stops what would never end.
LONGEST = 60
HOP = ("connection", "content-length", "transfer-encoding", "content-encoding")
Answer = t.Callable[[socket.socket], None]
Choose = t.Callable[[str, str], t.Optional[Answer]]


@dataclasses.dataclass(frozen=True)
class Wrong:
    """An answer: status line, headers and body as given, sent in pieces with pauses; or nothing but a cut."""

    status: str = "200 OK"
    body: bytes = b""
    content_type: str = "application/json"
    headers: str = ""
    # None: that of the body; empty: none.
    length: str | None = None
    pause: float = 0
    endless: bytes = b""
    cut: bool = False
    reset: bool = False

    def __call__(self, connection: socket.socket) -> None:
        length = str(len(self.body)) if self.length is None else self.length
        lines = [f"HTTP/1.1 {self.status}", f"Content-Type: {self.content_type}" if self.content_type else ""]
        lines += [f"Content-Length: {length}" if length and not self.endless else "", self.headers]
        head = "\r\n".join([*filter(None, lines), "Connection: close", "", ""]).encode("latin-1")
        if self.reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        if self.cut:
            return
        if self.pause:
            for byte in (head + self.body)[:LONGEST]:
                connection.sendall(bytes([byte]))
                time.sleep(self.pause)
            return
        connection.sendall(head + self.body)
        end = time.monotonic() + LONGEST
        while self.endless and time.monotonic() < end:
            connection.sendall(self.endless)


@dataclasses.dataclass(frozen=True)
class Raw:
    """These bytes and nothing else."""

    data: bytes
    wait: float = 0

    def __call__(self, connection: socket.socket) -> None:
        time.sleep(self.wait)
        connection.sendall(self.data)


@contextlib.contextmanager
def serving(upstream: str, choose: Choose, tls: ssl.SSLContext | None = None) -> t.Iterator[str]:
    """Address of the server; ``choose`` gives the answer to a method and path, or None to hand it on."""
    listener = socket.create_server(("127.0.0.1", 0))
    closed = threading.Event()

    def accept() -> None:
        while not closed.is_set():
            with contextlib.suppress(OSError):
                connection = listener.accept()[0]
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    def serve(connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), connection:
            connection.settimeout(LONGEST)
            wrapped = tls.wrap_socket(connection, server_side=True) if tls else connection
            method, path, headers, body = read_request(wrapped)
            answer = choose(method, path)
            (answer or hand_on(upstream, method, path, headers, body))(wrapped)

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        closed.set()
        listener.close()


def read_request(connection: socket.socket) -> tuple[str, str, dict[str, str], bytes]:
    """Method, path with query, headers and body of one request."""
    stream = connection.makefile("rb")
    method, path, _version = stream.readline().decode("latin-1").split()
    headers = {}
    for line in iter(stream.readline, b"\r\n"):
        name, _colon, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    return method, path, headers, stream.read(int(headers.get("content-length", 0)))


def hand_on(upstream: str, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
    """The emulator's own answer."""
    kept = {name: value for name, value in headers.items() if name not in (*HOP, "host", "accept-encoding")}
    answer = requests.request(method, upstream + path, headers=kept, data=body, timeout=LONGEST, allow_redirects=False)
    more = "\r\n".join(f"{name}: {value}" for name, value in answer.headers.items() if name.lower() not in HOP)
    status = f"{answer.status_code} {answer.reason}"
    return Wrong(status, answer.content, "", more)
