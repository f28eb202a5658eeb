# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator answers as a real Quay did.

The recordings are not part of the repository: without them this test is skipped, or fails if
REQUIRE_RECORDINGS=1.  QUAY_RECORDINGS names their folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import passed_over
import replay
import replay_descriptions as descriptions
import replay_exceptions as exceptions

FOLDER = Path(os.environ.get("QUAY_RECORDINGS", Path(__file__).parents[3] / "shared" / "quay-api" / "recordings"))
ORDER = ("a", "c", "c2", "d", "e", "e2", "e3", "f", "f2", "g", "h", "b", "i", "j", "k")
SHARE = 0.95
MOST_EXCEPTIONS = 25
DIRECTORY = {
    "base_dn": "dc=example,dc=org",
    "users": {f"ldapuser{n}": {"email": f"ldapuser{n}@example.org", "password": "ldappass"} for n in range(1, 5)},
    "groups": {
        "cn=ldapgroup,ou=Users": ["ldapuser1", "ldapuser2"],
        "cn=ldapgroup2,ou=Users": ["ldapuser3"],
        "cn=admins,ou=Groups": ["quayadmin"],
        "cn=nomembers,ou=Users": [],
    },
}
SERVERS = {
    "main": {"FEATURE_SUPERUSER_CONFIGDUMP": True},
    "ldap": {
        "AUTHENTICATION_TYPE": "LDAP",
        "FEATURE_TEAM_SYNCING": True,
        "FEATURE_NONSUPERUSER_TEAM_SYNCING_SETUP": True,
        "directory": DIRECTORY,
    },
    "mailing": {"FEATURE_MAILING": True, "FEATURE_SUPERUSERS_FULL_ACCESS": False},
}


def files() -> list[Path]:
    found = {path.name.split("_")[0]: path for path in FOLDER.glob("*.jsonl")}
    return [found[name] for name in ORDER if name in found]


def run() -> tuple[dict, list[tuple[str, str]]]:
    """Replay everything; the counts, and what differs."""
    servers = {name: replay.Server(settings) for name, settings in SERVERS.items()}
    exceptions.prepare(servers)
    counts = {"total": 0, "passed over": 0, "compared": 0, "equal": 0, "exceptions": 0}
    different = []
    shapes: tuple[dict, dict] = ({}, {})
    for path in files():
        for number, exchange in enumerate(replay.exchanges(path), 1):
            place = f"{path.name}:{number}"
            counts["total"] += 1
            if passed_over.reason(path.name, exchange):
                counts["passed over"] += 1
                continue
            server = servers[exchange.get("server") or "main"]
            exceptions.lend_a_hand(place, server)
            answer = server.ask(exchange)
            recorded = exchange["response"]
            replay.log_shapes(recorded["body"], shapes[0])
            replay.log_shapes(answer.get_json(silent=True), shapes[1])
            server.learn(recorded["body"], answer.get_json(silent=True))
            server.learn_header(recorded["headers"], answer)
            counts["compared"] += 1
            found = replay.differences(recorded, answer)
            if not found:
                counts["equal"] += 1
            elif place in exceptions.SINGLE:
                counts["exceptions"] += 1
            else:
                request = exchange["request"]
                different.append((place, f"{request['method']} {request['path']}: {'; '.join(found)}"))
    for kind, mine in shapes[1].items():
        if kind in shapes[0] and (strange := mine - shapes[0][kind]):
            different.append((f"log entry {kind}", f"{strange}, recorded {shapes[0][kind]}"))
    return counts, different


def test_recordings(capsys):
    if not files():
        assert os.environ.get("REQUIRE_RECORDINGS") != "1", f"no recordings in {FOLDER}"
        pytest.skip("no recordings")
    counts, different = run()
    with capsys.disabled():
        print(f"\nrecordings: {', '.join(f'{name} {count}' for name, count in counts.items())}")
        for place, text in different:
            print(f"  {place} {text}")
    assert len(exceptions.SINGLE) <= MOST_EXCEPTIONS
    assert counts["equal"] >= SHARE * counts["compared"]
    assert not different


def test_descriptions_of_releases():
    """Each release has the routes and body keys here that it has in truth."""
    if not files():
        pytest.skip("no recordings")
    assert descriptions.differences(FOLDER.parent) == []
