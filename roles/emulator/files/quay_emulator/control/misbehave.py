# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on request: wrong statuses, HTML pages, cuts, slow and lost answers, a crash, expired page tokens."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass

KINDS = ("status", "html", "cut", "slow", "lost_answer", "crash", "expired_page_token")


@dataclass
class Fault:
    """One order to misbehave, for the next matching requests."""

    kind: str
    status: int = 503
    times: int = 1
    method: str | None = None
    path: str | None = None
    retry_after: int | None = None
    after: int = 0
    seconds: float = 1.0
    after_writes: int = 0

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")

    def takes(self, method: str, path: str) -> bool:
        """Whether this request is to be spoiled; counts down."""
        if self.kind == "crash":
            return self.after_writes <= 0
        if (self.method and self.method != method) or (self.path and not re.search(self.path, path)):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return self.times >= 0

    def answer(self) -> tuple[str, list[tuple[str, str]], bytes]:
        """Of the kinds status and html."""
        kind, body = "application/json", b'{"message": "Emulated fault"}'
        if self.kind == "html":
            kind, body = "text/html", b"<html><body><h1>Gateway trouble</h1></body></html>"
        headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
        if self.retry_after is not None:
            headers.append(("Retry-After", str(self.retry_after)))
        return f"{self.status} Emulated", headers, body


def first_match(faults: list[Fault], method: str, path: str) -> Fault | None:
    return next((fault for fault in faults if fault.takes(method, path)), None)


def written(faults: list[Fault]) -> None:
    """Count a successful write towards a crash."""
    for fault in faults:
        fault.after_writes -= 1


def forget_page(environ: dict) -> None:
    """As the real server does with a token that has expired: the first page again."""
    environ["QUERY_STRING"] = re.sub(r"(^|&)next_page=[^&]*", "", environ["QUERY_STRING"])


def cut(environ: dict) -> None:
    """Close the connection without an answer."""
    connection = environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError("the emulator was told to cut this connection")
