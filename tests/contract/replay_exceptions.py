# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single exchanges that may differ, each with its reason, and the steps that nobody recorded."""

from __future__ import annotations

SINGLE: dict[str, str] = {
    "e2_repo_settings.jsonl:63": "the robot is kept by a mirror, and mirrors come later",
    "e3_tags_manifests.jsonl:15": "the repository has tags, and tags come later",
}

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
    write(server, "PUT", "/user/robots/x1", {}, "user1")
    write(server, "PUT", "/organization/org1/robots/errbot", {})
    write(server, "PUT", "/organization/org1/team/tlat", {"role": "member"})


HANDS = {
    "e_repositories.jsonl:133": fill_list,
    "g_team_syncing.jsonl:5": lambda server: server.control(
        "user", {"username": "ldapuser3", "email": "ldapuser3@example.org"}
    ),
    "g_team_syncing.jsonl:31": lambda server: server.control("sync", {}),
    "i_errors_auth.jsonl:1": left_over,
    "j_deletion_eventual.jsonl:18": lambda server: server.control("collect_garbage", {}),
}


def lend_a_hand(place: str, server) -> None:
    if place in HANDS:
        HANDS[place](server)
