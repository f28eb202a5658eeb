# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single exchanges that may differ, each with its reason, and the steps that nobody recorded."""

from __future__ import annotations

import time

SINGLE: dict[str, str] = {}

# Entries of all log pages before the scenario b_logs begins to look at them.
RECORDED_LOGS = 590
RIGHT_PASSWORD = "quaypass12345"


def prepare(servers: dict) -> None:
    """Users who were there before the recording began."""
    for server in servers.values():
        server.control("user", {"username": "quayadmin", "password": RIGHT_PASSWORD})
    servers["mailing"].control("user", {"username": "user1", "password": "password1", "email": "user1@example.com"})
    for name in ("ldapuser1", "ldapuser4"):
        servers["ldap"].control("user", {"username": name, "email": f"{name}@example.org"})


def fill_list(server) -> None:
    """The repositories that make the list longer than two pages."""
    for number in range(3, 205):
        body = {"namespace": "orge", "repository": f"l{number:03}", "visibility": "private", "description": "d"}
        write(server, "POST", "/repository", body)


def write(server, method: str, path: str, body: dict, auth: str = "su") -> None:
    headers = {"Content-Type": "application/json"}
    request = {"method": method, "path": f"/api/v1{path}", "query": {}, "body": body, "headers": headers}
    assert server.ask({"request": request, "auth": auth}).status_code in (200, 201)


def left_over(server) -> None:
    """What earlier, unrecorded runs of this scenario had left on the real server."""
    write(server, "POST", "/organization/", {"name": "zzuser1"}, "user1")
    write(server, "PUT", "/organization/org1/robots/errbot", {})
    write(server, "PUT", "/organization/org1/team/tlat", {"role": "member"})
    for title in ("t1", ""):
        write(server, "POST", "/user/apptoken", {"title": title})
    message = {"content": "hello", "media_type": "text/plain", "severity": "info"}
    write(server, "POST", "/messages", {"message": message})


def phase(recorded_build: str, name: str):
    """A build by the id that the real server gave it."""
    return lambda server: server.control("builds", {"id": server.known[recorded_build], "phase": name})


def most_builds(number: int | None):
    return lambda server: server.control("settings", {"DEFAULT_NAMESPACE_MAXIMUM_BUILD_COUNT": number})


def describe(repository: str, count: int):
    """Descriptions one after the other, one usage log entry each."""

    def write_all(server) -> None:
        for number in range(count):
            write(server, "PUT", f"/repository/{repository}", {"description": f"d{number}"})

    return write_all


def fill_logs(server) -> None:
    """In place of what earlier scenarios logged in areas that are passed over."""
    total = server.control("logs", {"count": 0})["total"]
    older = {"start": time.time() - 7200, "end": time.time() - 3600, "namespace": "orgb", "kinds": ["pull_repo"]}
    server.control("logs", {"count": RECORDED_LOGS - total, **older})


def push(server) -> None:
    """The images that were pushed after the third exchange; their digests are known by those of the recording."""
    tags = {
        "v1": {"size": 96, "content": "one", "labels": {"l1": "x"}},
        "latest": {"size": 94, "content": "two"},
        "v2": {"size": 94, "content": "two"},
    }
    digests = server.control("images", {"repository": "orge/img", "tags": tags})["digests"]
    server.known[ONE], server.known[TWO] = digests["v1"], digests["latest"]


ONE = "sha256:770c6e5538e722a1dbedaafda75d4079bb6a781144ef66ff1de4494dac29b8a8"
TWO = "sha256:0d7317f98dcc3ff3685548e28baaa155958128b791601fef6e470e3daac0c04a"

HANDS = {
    "e_repositories.jsonl:133": fill_list,
    "e3_tags_manifests.jsonl:4": push,
    "g_team_syncing.jsonl:5": lambda server: server.control(
        "user", {"username": "ldapuser3", "email": "ldapuser3@example.org"}
    ),
    "g_team_syncing.jsonl:31": lambda server: server.control("sync", {}),
    "b_logs.jsonl:3": describe("orgl/r", 65),
    "b_logs.jsonl:6": fill_logs,
    "b_logs.jsonl:177": describe("orgl40/r", 38),
    "h_builds.jsonl:66": phase("8b425346-7261-438b-a6bf-09e8f397cef8", "building"),
    "h_builds.jsonl:68": phase("8b425346-7261-438b-a6bf-09e8f397cef8", "complete"),
    "h_builds.jsonl:72": phase("47bf5818-f3d4-4fa8-badc-a046a85a97ed", "error"),
    "h_builds.jsonl:74": phase("d16a90bd-023b-4172-b246-034c10bfc737", "internalerror"),
    "h_builds.jsonl:95": most_builds(1),
    "h_builds.jsonl:97": most_builds(0),
    "h_builds.jsonl:98": most_builds(None),
    "i_errors_auth.jsonl:1": left_over,
    "j_deletion_eventual.jsonl:18": lambda server: server.control("collect_garbage", {}),
}


def lend_a_hand(place: str, server) -> None:
    if place in HANDS:
        HANDS[place](server)
