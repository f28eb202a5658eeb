# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole registries, applied and exported in the process of the tests."""

from __future__ import annotations

import typing as t

import pytest

from tests.integration.emulator import TOKEN, Emulator
from tests.integration.server import API, Quay

WRITES = ("POST", "PUT", "DELETE")
# Of an administrator of organizations.
SCOPES = "org:admin user:admin user:read"
Document = dict[str, t.Any]
# Settings of a server whose teams can come from groups.
DIRECTORY: Document = {
    "AUTHENTICATION_TYPE": "LDAP",
    "FEATURE_TEAM_SYNCING": True,
    "directory": {
        "base_dn": "dc=example,dc=com",
        "users": {name: {} for name in ("alice", "bob", "carol", "dave")},
        "groups": {"cn=devs,ou=groups": ["alice", "bob"]},
    },
}
SYNC = {"group_dn": "cn=devs,ou=groups"}
# With some of everything that others name.
ORGANIZATION: Document = {
    "name": "payments",
    "robots": [{"name": "ci"}, {"name": "cd"}],
    "teams": [{"name": "devs", "members": ["alice", "payments+ci"]}],
    "default_perms": [{"name": "payments+cd", "role": "read"}],
    "repositories": [
        {"name": name, "perms": [{"name": "payments+ci", "role": "write"}, {"name": "devs", "type": "team"}]}
        for name in ("api", "web", "old")
    ],
}
DOCUMENT: Document = {"organizations": [ORGANIZATION]}
# Another organization, which names a robot of that one.
NAMED: Document = {"name": "shop", "teams": [{"name": "devs", "members": ["alice", "payments+ci"]}]}


def document(**organizations: Document) -> Document:
    """What is declared of each organization, by its name."""
    return {"organizations": [{"name": name, **declared} for name, declared in organizations.items()]}


def payments(**declared: t.Any) -> Document:
    return document(payments=declared)


def apply(connection: Document, declared: Document | None = None, **options: t.Any) -> Document:
    from tests.registries.properties import APPLY, run

    return run(APPLY, connection, document=DOCUMENT if declared is None else declared, **options)


def failure(connection: Document, declared: Document | None = None, **options: t.Any) -> t.Any:
    """The error of a run that fails."""
    from tests.registries.properties import QuayError

    with pytest.raises(QuayError) as caught:
        apply(connection, declared, **options)
    return caught.value


def export(connection: Document, *organizations: str, **options: t.Any) -> Document:
    """The document of an export with everything in it."""
    from tests.registries.properties import EXPORT_DOCUMENT, run

    options = {"defaults": True, **options, "organizations": list(organizations)}
    exported: Document = run(EXPORT_DOCUMENT, connection, **options)["document"]
    return exported


def as_user(emulator: Emulator, connection: Document, username: str, scopes: str = SCOPES) -> Document:
    """The same server for another account, with a token of its own."""
    token = emulator.switch("POST", "token", {"username": username, "scopes": scopes})["token"]
    return {**connection, "quay_token": token}


def written(emulator: Emulator) -> list[tuple[str, str]]:
    """The writes since the last call."""
    requests = [(one["method"], one["path"]) for one in emulator.switch("GET", "requests")]
    emulator.switch("DELETE", "requests")
    return [one for one in requests if one[0] in WRITES]


def members(emulator: Emulator, team: str = "owners") -> list[str]:
    """Who is in a team of organization payments."""
    listed = Quay(emulator.url, {"quay_token": TOKEN}).ask("GET", f"{API}/organization/payments/team/{team}/members")
    return sorted(member["name"] for member in listed["members"])
