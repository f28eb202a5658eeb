# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that are not Quay's: each gives one clean message, and a success is true.

Each kind of answer is given to the first read and to the first write of a team that is there (read) or not (write).
"""

from __future__ import annotations

import os
import typing as t
from unittest import mock

from tests.faults.bad_server import Raw, Wrong, serving
from tests.faults.case import Case, Options, Place, aside, task, unclean
from tests.integration.emulator import TOKEN
from tests.integration.place import Api

HTML = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Company portal</body></html>"
LOGIN = "Location: https://login.example.com/authorize?state=x"
DEEP = b"[" * 100_000 + b"]" * 100_000
# At a time limit of one second an answer takes ten at most; three tries of a read, and what a busy machine needs.
SECONDS, TIMEOUT = 90, 1


def _bodies() -> dict[str, Wrong]:
    bodies = {
        "nothing": b"",
        "null": b"null",
        "true": b"true",
        "a number": b"42",
        "a text": b'"ok"',
        "a list": b"[]",
        "a list of lists": b"[[1]]",
        "an empty object": b"{}",
        "another API": b'{"status": "UP", "components": {"db": "UP"}}',
        "an error as 200": b'{"error_message": "broken", "status": 500}',
        "wrong types": b'{"name": 5, "teams": "none", "is_admin": "yes", "email": []}',
        "nulls": b'{"name": null, "teams": null, "email": null}',
        "teams as a list": b'{"name": "payments", "teams": [], "email": "", "is_admin": true}',
        "teams of texts": b'{"name": "payments", "teams": {"devs": "member"}, "email": "", "is_admin": true}',
        "teams without role": b'{"name": "payments", "teams": {"devs": {}}, "email": "", "is_admin": true}',
        "truncated JSON": b'{"name": "payments", "teams": {"devs": {"na',
        "NaN": b'{"name": NaN, "teams": Infinity}',
        "two documents": b'{"name": "payments"}{"teams": {}}',
        "not UTF-8": b'{"name": "\xff\xfe"}',
        "UTF-16": '{"name": "payments"}'.encode("utf-16"),
        "nested without end": DEEP,
        "terminal escapes": b'{"message": "\\u001b[2J\\u001b[31mgone", "detail": "\\u0007"}',
        "format signs": b'{"message": "%s %(x)s {0} {{ lookup(1) }} %100000000d"}',
    }
    return {f"200 with {name}": Wrong(body=body) for name, body in bodies.items()}


def _statuses() -> dict[str, Wrong]:
    answers = {}
    for status in ("201 Created", "202 Accepted", "204 No Content", "206 Partial Content", "304 Not Modified"):
        answers[f"{status} without a body"] = Wrong(status)
    for status in ("400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "407 Proxy Authentication"):
        answers[f"{status} with HTML"] = Wrong(status, HTML, "text/html")
        answers[f"{status} with foreign JSON"] = Wrong(status, b'{"code": 7, "reason": ["x"]}')
    for status in ("405 Method Not Allowed", "409 Conflict", "410 Gone", "418 Teapot", "451 Legal", "599 Odd", "999 X"):
        answers[f"{status} without a body"] = Wrong(status)
    for status in ("500 Internal Server Error", "502 Bad Gateway", "503 Unavailable", "504 Gateway Timeout"):
        answers[f"{status} with HTML"] = Wrong(status, HTML, "text/html")
    answers["400 with escapes"] = Wrong("400 Bad Request", b'{"message": "\\u001b[2J\\r\\n%s%100000000d"}')
    answers["400 with a long message"] = Wrong("400 Bad Request", b'{"message": "' + b"x" * 1_000_000 + b'"}')
    answers["400 with a message that is no text"] = Wrong("400 Bad Request", b'{"message": {"a": [1]}}')
    answers["429 with odd digits"] = Wrong("429 Too Many", b"{}", headers="Retry-After: \xb2")
    answers["429 for days"] = Wrong("429 Too Many", b"{}", headers="Retry-After: 864000")
    return answers


def _others() -> dict[str, Wrong | Raw]:
    return {
        "200 with HTML": Wrong(body=HTML, content_type="text/html"),
        "200 with HTML that says JSON": Wrong(body=HTML),
        "200 without a type": Wrong(body=b"hello", content_type=""),
        "a page to sign in": Wrong("302 Found", headers=LOGIN),
        "a redirect to itself": Wrong("301 Moved", headers="Location: /api/v1/x"),
        "a redirect to nowhere": Wrong("307 Temporary Redirect"),
        "a redirect to a bad address": Wrong("302 Found", headers="Location: http://[::1"),
        "a cut before the answer": Wrong(cut=True),
        "a reset": Wrong(cut=True, reset=True),
        "a body shorter than its length": Wrong(body=b'{"name": ', length="5000"),
        "a length that is no number": Wrong(body=b"{}", length="many"),
        "chunks that are none": Wrong(body=b"zz\r\n{}", length="", headers="Transfer-Encoding: chunked"),
        "gzip that is none": Wrong(body=b"{}", headers="Content-Encoding: gzip"),
        "a byte now and then": Wrong(body=b"{}" + b" " * 50, pause=0.5),
        "a body without end": Wrong(endless=b" " * 65536),
        "headers without end": Raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000 + b"\r\n"),
        "a header that is too long": Raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n{}"),
        "a header without a colon": Raw(b"HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 2\r\n\r\n{}"),
        "no HTTP": Raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
        "HTTP 0.9": Raw(b'{"name": "payments"}'),
        "a bad status": Raw(b"HTTP/1.1 OK\r\n\r\n"),
        "silence": Raw(b"", wait=5),
    }


def answers() -> dict[str, Wrong | Raw]:
    """All of them by name."""
    return {**_bodies(), **_statuses(), **_others()}


def cases(short: bool) -> t.Iterator[Case]:
    """Each for the first read and for the first write; then what no answer can show."""
    for number, (name, answer) in enumerate(answers().items()):
        if not short or number % 5 == 0:
            for way in ("read", "write", "absent"):
                yield Case(f"{name}, {way}", lambda place, a=answer, w=way: given(place, a, w))
    for name, environment, options in unreachable():
        yield Case(name, lambda place, e=environment, o=options: not_reached(place, e, o))


def given(place: Place, answer: Wrong | Raw, way: str) -> str:
    """One task with this answer: it fails with a clean message, or what it says is true."""
    api = Api(place.emulator)
    api.organizations("payments")
    if way != "write":
        api.call("PUT", "/organization/payments/team/devs", role="member")
    writes = ("GET", "HEAD") if way == "write" else ()
    left = [1 if way == "write" else 1000]

    def choose(method: str, path: str) -> Wrong | Raw | None:
        if method in writes or left[0] <= 0:
            return None
        left[0] -= 1
        return answer

    state = "absent" if way == "absent" else "present"
    with serving(place.emulator.url, choose) as url:
        told = aside(lambda: team(url, state), SECONDS)
    if told is None:
        return f"no end within {SECONDS} seconds"
    result, message = told
    if result is None:
        return unclean(message, TOKEN)
    there = "devs" in api.call("GET", "/organization/payments")["teams"]
    return "" if there == (state == "present") else f"success is reported (changed: {result['changed']}), and false"


def team(url: str, state: str, **more: t.Any) -> tuple[Options | None, str]:
    """The task."""
    from ansible_collections.dockhand.quay.plugins.modules.quay_team import OPERATION

    connection = {"quay_host": url, "quay_token": TOKEN, "timeout": TIMEOUT, **more}
    return task(OPERATION, {**connection, "organization": "payments", "name": "devs", "state": state})


def unreachable() -> t.Iterator[tuple[str, dict[str, str], Options]]:
    """Name, environment and options of tasks that reach nothing; {url} is that of the emulator."""
    yield "nobody listens", {}, {"quay_host": "http://127.0.0.1:9"}
    yield "a name that nobody knows", {}, {"quay_host": "https://quay.invalid"}
    yield "TLS to a server without", {}, {"quay_host": "https{address}"}
    yield "an address with the path of the API", {}, {"quay_host": "http{address}/api/v1"}
    yield "another path", {}, {"quay_host": "http{address}/quay"}
    yield "an empty label", {}, {"quay_host": "https://quay..example.com"}
    yield "a long label", {}, {"quay_host": f"https://{'a' * 64}.example.com"}
    yield "a proxy that is not there", {"HTTP_PROXY": "http://user:pl4nted-secret@127.0.0.1:9"}, {}
    yield "a proxy with a number sign", {"HTTP_PROXY": "http://user:pl4nted-secret#x@127.0.0.1:9"}, {}
    yield "a proxy that is no address", {"HTTP_PROXY": "::pl4nted-secret::"}, {}
    yield "authorities that are not there", {"REQUESTS_CA_BUNDLE": "/no/such"}, {"quay_host": "https{address}"}
    yield "authorities that are none", {}, {"ca_path": "/etc/hostname", "quay_host": "https{address}"}
    yield "a certificate that is none", {}, {"client_cert": "/etc/hostname", "quay_host": "https{address}"}
    yield "a token with a line end", {}, {"quay_token": "pl4nted-secret\n"}
    yield "a token with a NUL", {}, {"quay_token": "pl4nted-secret\0x"}
    yield "a token beyond Latin-1", {}, {"quay_token": "pl4nted-secret\u20ac"}
    yield "time without end", {}, {"timeout": float("inf"), "quay_host": "http://127.0.0.1:9"}
    yield "time that is no number", {}, {"timeout": float("nan"), "quay_host": "http://127.0.0.1:9"}


def not_reached(place: Place, environment: dict[str, str], options: Options) -> str:
    """A task that must fail, or work, without a word of its secrets."""
    Api(place.emulator).organizations("payments")
    address = place.emulator.url.removeprefix("http")
    given = {name: value.format(address=address) if name == "quay_host" else value for name, value in options.items()}
    host = given.pop("quay_host", place.emulator.url)

    def work() -> tuple[Options | None, str]:
        with mock.patch.dict(os.environ, {**environment, "no_proxy": "", "NO_PROXY": ""}):
            return team(host, "present", **given)

    told = aside(work, SECONDS)
    if told is None:
        return f"no end within {SECONDS} seconds"
    return "" if told[0] else unclean(told[1], TOKEN, "pl4nted-secret")
