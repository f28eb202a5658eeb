# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ask the emulator what a real Quay was asked, and compare the answers."""

from __future__ import annotations

import json
import re
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from werkzeug.test import Client

EMULATOR = Path(__file__).parents[2] / "roles" / "emulator" / "files"
sys.path.insert(0, str(EMULATOR))

from quay_emulator import TOKEN  # noqa: E402
from quay_emulator.server import Emulator  # noqa: E402

# What differs from run to run and is used again in later requests.
LEARNED = re.compile(r"^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|gAAAA\S+|[A-Z0-9]{20,64}|[\w-]{64}|[\w-]{43})$")
LEFT_OUT = "(left out"
BASIC = "Basic cXVheWFkbWluOnF1YXlwYXNzMTIzNDU="
NO_TOKENS = ("robot token as bearer", "app token as bearer", "use deleted token")
LATER = re.compile(r"([\d.]+) s later")


# When the recorded answers to "since" were given, and the day of all recordings.
RECORDED_AT = 1795504946
ENDS = re.compile(r'("expiration": )(\d{10})')
RECENT = re.compile(r"1[12]/24/2026")


def today(name: str, value: str) -> str:
    """A time near that of the recording is as near to now."""
    if name == "since":
        return str(int(value) + int(time.time()) - RECORDED_AT)

    def move(found):
        then = datetime.strptime(found[0], "%m/%d/%Y").replace(tzinfo=timezone.utc)
        passed = datetime.now(timezone.utc).date() - datetime(2026, 11, 24, tzinfo=timezone.utc).date()
        return (then + passed).strftime("%m/%d/%Y")

    return RECENT.sub(move, value)


class Server:
    """One emulated server and what its recorded counterpart called things."""

    def __init__(self, settings: dict):
        self.client = Client(Emulator(settings), use_cookies=False)
        self.sessions: dict[str, Client] = {}
        self.last_session = self.new_session()
        self.known: dict[str, str] = {}
        self.numbers: dict[tuple[str, int], int] = {}
        self.tokens: dict[str, str] = {}

    def new_session(self) -> Client:
        return Client(self.client.application)

    def control(self, path: str, body: dict) -> dict:
        answer = self.client.post(f"/_emulator/{path}", json=body)
        assert answer.status_code == 200, (path, body, answer.get_data(as_text=True))
        return answer.json

    def mint(self, username: str, **more) -> str:
        key = json.dumps([username, more], sort_keys=True)
        if key not in self.tokens:
            self.tokens[key] = self.control("token", {"username": username, **more})["token"]
        return self.tokens[key]

    def authorization(self, exchange: dict) -> str | None:
        """The header for who asked in the recording."""
        who, note = exchange["auth"], exchange.get("note") or ""
        if who == "none":
            tricks = {
                "Bearer without token": "Bearer",
                "short token": "Bearer abc",
                "Token scheme": f"Token {TOKEN}",
                "lower case bearer": f"bearer {TOKEN}",
            }
            return tricks.get(note)
        if who in ("su", "sul"):
            return f"Bearer {TOKEN}"
        if who == "bad":
            return "Bearer " + "b" * 40
        if who == "other-token" and note in NO_TOKENS:
            return "Bearer " + "o" * 64
        if who == "other-token":
            return "Bearer " + self.mint("quayadmin", scopes="repo:read user:read")
        if who == "basic":
            return BASIC
        if who == "expired":
            return "Bearer " + self.mint("quayadmin", expires_in=-5)
        if who == "sureadonly":
            return "Bearer " + self.mint("quayadmin", scopes="user:read")
        if who == "disabled":
            return "Bearer " + self.mint("user3")
        return "Bearer " + self.mint({"ldap1": "ldapuser1"}.get(who, who))

    def ask(self, exchange: dict):
        """Send one recorded request with the emulator's own ids and tokens."""
        request = exchange["request"]
        headers = {"User-Agent": "python-httpx/0.27", **request["headers"]}
        client = self.client
        if exchange["auth"] == "session":
            client = self.session(headers)
        elif header := self.authorization(exchange):
            headers["Authorization"] = header
        if wait := LATER.search(exchange.get("note") or ""):
            time.sleep(float(wait.group(1)))
        body = request["body"]
        if body is not None:
            raw = body["_raw"] if isinstance(body, dict) and "_raw" in body else json.dumps(body)
            body = ENDS.sub(lambda found: found[1] + today("since", found[2]), self.own(raw)).encode()
        query = {name: self.own(today(name, str(value))) for name, value in (request["query"] or {}).items()}
        path = self.own_path(request["path"])
        return client.open(path, method=request["method"], query_string=query, headers=headers, data=body)

    def session(self, headers: dict) -> Client:
        """The cookie jar that the CSRF token belongs to; an unknown token opens a new one."""
        for name in [name for name in headers if name.lower() == "x-csrf-token"]:
            recorded = headers[name]
            if recorded not in self.known:
                self.last_session = self.new_session()
                self.known[recorded] = self.last_session.get("/csrf_token").json["csrf_token"]
                self.sessions[recorded] = self.last_session
            self.last_session = self.sessions.get(recorded, self.last_session)
            headers[name] = self.known[recorded]
        return self.last_session

    def own(self, text: str) -> str:
        for recorded, mine in self.known.items():
            text = text.replace(recorded, mine)
        return text

    def own_path(self, path: str) -> str:
        """Quotas and their limits have numbers."""

        def swap(found):
            return f"/{found[1]}/{self.numbers.get((found[1], int(found[2])), found[2])}"

        return re.sub(r"/(quota|limit)/(\d+)", swap, self.own(path))

    def learn(self, recorded, mine) -> None:
        """What the real server called things, beside what the emulator calls them."""
        if isinstance(recorded, dict) and isinstance(mine, dict):
            for name in recorded.keys() & mine.keys():
                if name == "id" and isinstance(mine[name], int):
                    kind = "limit" if "limit_percent" in recorded else "quota"
                    self.numbers[kind, recorded[name]] = mine[name]
                self.learn(recorded[name], mine[name])
        elif isinstance(recorded, list) and isinstance(mine, list):
            for one, other in zip(recorded, mine):
                self.learn(one, other)
        elif isinstance(recorded, str) and isinstance(mine, str) and LEARNED.match(recorded):
            self.known[recorded] = mine

    def learn_header(self, recorded: dict, answer) -> None:
        """A sign-in changes the CSRF token of the session."""
        old, new = recorded.get("x-next-csrf-token"), answer.headers.get("X-Next-CSRF-Token")
        if old and new:
            self.known[old] = new
            self.sessions[old] = self.last_session


def is_log_entry(value) -> bool:
    """Each kind has its own keys, so entries are compared by kind, see log_shapes."""
    return isinstance(value, dict) and {"kind", "metadata", "ip", "datetime"} <= value.keys()


def log_shapes(body, shapes: dict[str, set]) -> None:
    """Add the keys of all log entries of an answer: by kind, with and without a performer."""
    for entry in body.get("logs", []) if isinstance(body, dict) else []:
        if is_log_entry(entry):
            parts = [*entry["metadata"], *(name for name in ("performer",) if name in entry)]
            shapes.setdefault(entry["kind"], set()).add(tuple(sorted(parts)))


def keys(value):
    """The shape: names of keys, in depth, and of lists the first element."""
    if is_log_entry(value):
        return "log entry"
    if isinstance(value, dict):
        return {name: keys(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [keys(value[0])] if value else []
    return None


def differences(recorded: dict, answer) -> list[str]:
    """Status, content type and keys of the body; empty if all are equal."""
    found = []
    if answer.status_code != recorded["status"]:
        found.append(f"status {answer.status_code}, recorded {recorded['status']}")
    mine, theirs = answer.headers.get("Content-Type"), recorded["headers"].get("content-type")
    if mine != theirs and recorded["headers"]:
        found.append(f"content type {mine}, recorded {theirs}")
    body = recorded["body"]
    if isinstance(body, str) and body.startswith(LEFT_OUT):
        return found
    if "json" in (theirs or "") and body != "":
        shape, wanted = keys(answer.get_json(silent=True)), keys(body)
        if shape != wanted:
            found.append(f"keys {shape}, recorded {wanted}")
    return found


def exchanges(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
