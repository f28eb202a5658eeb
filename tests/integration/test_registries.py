# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random registry documents on the emulator: see tests/registries."""

from __future__ import annotations

import os

import pytest

from tests.integration.emulator import ADMIN, TOKEN
from tests.integration.server import about
from tests.registries.documents import Maker

# More of them: DOCUMENTS=200 make integration STORY=test_every_document.
DOCUMENTS, PER_TEST = int(os.environ.get("DOCUMENTS", "30")), 10
USERS = ("alice", "bob", "carol")
RELEASES = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15", "3.16", "3.17", "3.18", "newest")
LDAP = {
    "AUTHENTICATION_TYPE": "LDAP",
    "FEATURE_TEAM_SYNCING": True,
    "directory": {
        "base_dn": "dc=example,dc=com",
        "users": {"alice": {}, "bob": {}, "carol": {}},
        "groups": {"cn=devs,ou=groups": ["alice", "bob"], "cn=ops,ou=groups": ["carol"]},
    },
}


@pytest.fixture
def fresh(emulator):
    """Connection to an emulator with these settings, and what can be declared there."""

    def start(settings):
        from tests.registries.live import kinds_of

        emulator.fresh(settings, USERS)
        about_it = about(emulator.url, {"quay_token": TOKEN}, "emulator")
        return {"quay_host": emulator.url, "quay_token": TOKEN}, kinds_of(about_it)

    return start


@pytest.mark.parametrize("first", range(0, DOCUMENTS, PER_TEST))
def test_every_document_is_kept(fresh, first):
    from tests.registries.properties import check_document

    for seed in range(first, first + PER_TEST):
        # Older releases too, and a directory with each of them.
        release = RELEASES[-1 - seed % len(RELEASES)]
        connection, kinds = fresh({"release": release, **(LDAP if seed % 4 == 3 else {})})
        check_document(seed, Maker(seed, f"doc{seed}", USERS, kinds), connection)


@pytest.mark.parametrize("release", RELEASES)
def test_exclusive_mode_deletes_what_the_log_then_has(fresh, release):
    from tests.registries.exclusive import check_exclusive, everything

    connection, kinds = fresh({"release": release})
    check_exclusive(connection, everything("round", ADMIN, kinds))
