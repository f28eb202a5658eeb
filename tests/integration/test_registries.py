# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random registry documents on the emulator: see tests/registries."""

from __future__ import annotations

import pytest

from tests.integration.emulator import TOKEN
from tests.registries.documents import Maker

DOCUMENTS, PER_TEST = 200, 10
USERS = ("alice", "bob", "carol")
KINDS = frozenset(["users", "quota", "repo_state", "prune", "proxy_cache"])
LDAP = {
    "AUTHENTICATION_TYPE": "LDAP",
    "FEATURE_TEAM_SYNCING": True,
    "directory": {
        "base_dn": "dc=example,dc=com",
        "users": {"alice": {}, "bob": {}, "carol": {}},
        "groups": {"cn=devs,ou=groups": ["alice", "bob"], "cn=ops,ou=groups": ["carol"]},
    },
}


@pytest.mark.parametrize("first", range(0, DOCUMENTS, PER_TEST))
def test_every_document_is_kept(emulator, first):
    from tests.registries.properties import check_document

    for seed in range(first, first + PER_TEST):
        with_directory = seed % 4 == 3
        emulator.fresh(LDAP if with_directory else {}, USERS)
        kinds = KINDS - {"users"} | {"sync"} if with_directory else KINDS
        maker = Maker(seed, f"doc{seed}", USERS, kinds)
        check_document(seed, maker, {"quay_host": emulator.url, "quay_token": TOKEN})
