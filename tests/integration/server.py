# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stories may know of the server, and what they left behind there; asked without the collection's own code."""

from __future__ import annotations

import os
import secrets
import time
import typing as t

import requests

API = "/api/v1"
# Where a story's objects can be left: list, key of the list, key of the name, how to delete one.
LISTS = (
    ("/superuser/organizations/", "organizations", "name", "/superuser/organizations/{name}"),
    ("/superuser/users/", "users", "username", "/superuser/users/{username}"),
    ("/user/", "organizations", "name", "/organization/{name}"),
    ("/user/robots?token=false", "robots", "name", "/user/robots/{short}"),
    ("/repository?namespace={admin}", "repositories", "name", "/repository/{admin}/{name}"),
    ("/messages", "messages", "content", "/message/{uuid}"),
    ("/user/apptoken", "tokens", "title", "/user/apptoken/{uuid}"),
)
# What releases and settings differ in: a path of the API description, a definition there with a property, or a
# feature. Asked for here without the collection's own table, which this is to test. Quay 3.13 to 3.16 lists the
# federation of robots, which it has, as a path without methods, so that the path alone counts.
CAPABILITIES: dict[str, tuple[str, str]] = {
    "all_app_tokens": ("path", "/superuser/apptokens"),
    "application_tokens": ("path", "/organization/{orgname}/applications/{client_id}/tokens"),
    "assigned_tokens": ("feature", "ASSIGN_OAUTH_TOKEN"),
    "builds": ("feature", "BUILD_SUPPORT"),
    "capabilities": ("path", "/registry/capabilities"),
    "config_dump": ("path", "/superuser/config"),
    "immutability": ("path", "/organization/{orgname}/immutabilitypolicy/"),
    "mailing": ("feature", "MAILING"),
    "mirror_health": ("path", "/repository/mirror/health"),
    "mirror_timeout": ("CreateMirrorConfig", "skopeo_timeout_interval"),
    "organization_mirror": ("path", "/organization/{orgname}/mirror"),
    "organization_prune": ("path", "/organization/{orgname}/autoprunepolicy/"),
    "permanent_deletion": ("path", "/repository/{repository}/tag/{tag}/expire"),
    "prune_patterns": ("AutoPrunePolicyConfig", "tagPattern"),
    "proxy_cache": ("path", "/organization/{orgname}/proxycache"),
    "quotas": ("feature", "QUOTA_MANAGEMENT"),
    "repository_mirror": ("feature", "REPO_MIRROR"),
    "repository_prune": ("path", "/repository/{repository}/autoprunepolicy/"),
    "repository_state": ("feature", "REPO_MIRROR"),
    "pull_statistics": ("path", "/repository/{repository}/tag/{tag}/pull_statistics"),
    "robot_federation": ("path", "/organization/{orgname}/robots/{robot_shortname}/federation"),
    "team_syncing": ("path", "/organization/{orgname}/team/{teamname}/syncing"),
    "user_robot_federation": ("path", "/user/robots/{robot_shortname}/federation"),
}
# What an account may not see, or what the server has switched off.
HIDDEN = (400, 401, 403, 404)


class Quay:
    """One account of a Quay, by token or password; without credentials, nobody."""

    def __init__(self, url: str, credentials: t.Mapping[str, str]) -> None:
        self.url = url
        self._http = requests.Session()
        if "quay_token" in credentials:
            self._http.headers["Authorization"] = f"Bearer {credentials['quay_token']}"
        elif "quay_username" in credentials:
            self._sign_in(credentials["quay_username"], credentials["quay_password"])

    def ask(self, method: str, path: str, body: t.Any = None, accept: t.Sequence[int] = ()) -> t.Any:
        """The JSON answer; None for an empty one and for the statuses in ``accept``."""
        # The list of users answers 500 while somebody deletes one.
        for _attempt in range(3 if method == "GET" else 1):
            answer = self._http.request(method, self.url + path, json=body, timeout=60)
            if answer.status_code < 500:
                break
            time.sleep(1)
        if "X-Next-CSRF-Token" in answer.headers:
            self._http.headers["X-CSRF-Token"] = answer.headers["X-Next-CSRF-Token"]
        if answer.status_code in accept:
            return None
        if not answer.ok:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer.json() if answer.content else None

    def _sign_in(self, username: str, password: str) -> None:
        # Quay answers API calls with cookies only where they look like those of its own pages.
        self._http.headers["X-Requested-With"] = "XMLHttpRequest"
        self._http.headers["X-CSRF-Token"] = self.ask("GET", "/csrf_token")["csrf_token"]
        self.ask("POST", f"{API}/signin", {"username": username, "password": password})


def about(url: str, credentials: t.Mapping[str, str], kind: str) -> dict[str, t.Any]:
    """The variable story_server."""
    quay = Quay(url, credentials)
    config = quay.ask("GET", "/config")
    users = quay.ask("GET", f"{API}/superuser/users/?limit=1", accept=HIDDEN)
    return {
        "kind": kind,
        "authentication": config["config"].get("AUTHENTICATION_TYPE", "Database"),
        "superuser": users is not None,
        "mailing": bool(config["features"].get("MAILING")),
        "features": config["features"],
        "lacks": [
            *lacks(config["features"], quay.ask("GET", f"{API}/discovery", accept=HIDDEN)),
            *([] if kind == "emulator" or reserves_names(quay) else ["reserved_names"]),
            *([] if kind == "emulator" or os.environ.get("STORY_PUSH") else ["pushes"]),
        ],
    }


def reserves_names(quay: Quay) -> bool:
    """Whether a deleted name stays reserved until garbage collection, which nothing but a try tells."""
    name = f"zname{secrets.token_hex(4)}"

    def made() -> bool:
        body = {"name": name, "email": f"{name}@example.com"}
        return quay.ask("POST", f"{API}/organization/", body, accept=(400,)) is not None

    if not made():
        raise RuntimeError(f"the account cannot create organization {name}, as the stories do")
    quay.ask("DELETE", f"{API}/organization/{name}")
    if not made():
        return True
    quay.ask("DELETE", f"{API}/organization/{name}")
    return False


def lacks(features: t.Mapping[str, t.Any], description: t.Mapping[str, t.Any] | None) -> list[str]:
    """The names of CAPABILITIES that a server does not have, by its features and its API description."""
    description = description or {"paths": {}, "definitions": {}}

    def has(place: str, what: str) -> bool:
        if place == "feature":
            return bool(features.get(what))
        if place == "path":
            return API + what in description["paths"]
        return what in description["definitions"].get(place, {}).get("properties", {})

    return [name for name, (place, what) in CAPABILITIES.items() if not has(place, what)]


def remove_leftovers(quay: Quay, word: str, admin: str) -> list[str]:
    """Delete what a story left behind: everything whose name holds its word; tells what that was."""
    left = []
    for path, key, name, removal in LISTS:
        listed = quay.ask("GET", API + path.format(admin=admin), accept=HIDDEN)
        for entry in listed[key] if listed else ():
            if word in entry[name]:
                left.append(f"{key} {entry[name]}")
                names = {**entry, "admin": admin, "short": entry[name].rpartition("+")[2]}
                quay.ask("DELETE", API + removal.format(**names), accept=HIDDEN)
    return left
