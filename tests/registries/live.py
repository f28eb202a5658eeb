# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random registry documents on a real Quay; part of `make live`."""

from __future__ import annotations

import typing as t

from tests.integration.play import Server, new_word
from tests.registries.documents import Maker
from tests.registries.properties import check_document, remove

DOCUMENTS = 10
# Kinds that need something of the server: a feature, and what else.
FEATURES = {
    "repo_state": "REPO_MIRROR",
    "prune": "AUTO_PRUNE",
    "proxy_cache": "PROXY_CACHE",
    "quota": "QUOTA_MANAGEMENT",
}
SUPERUSER = ("quota",)


def kinds_of(server: Server) -> frozenset[str]:
    """What this account can declare on this server."""
    about = server.about
    found = {kind for kind, feature in FEATURES.items() if about["features"].get(feature)}
    if about["superuser"] and about["authentication"] == "Database":
        found.add("users")
    if about["superuser"] and about["authentication"] == "LDAP":
        found.add("sync")
    return frozenset(kind for kind in found if about["superuser"] or kind not in SUPERUSER)


def faults(server: Server) -> list[str]:
    """What did not hold, one sentence for each document."""
    found = []
    connection: dict[str, t.Any] = {"quay_host": server.url, **server.credentials}
    for seed in range(DOCUMENTS):
        word = new_word()
        kinds = kinds_of(server)
        try:
            check_document(seed, Maker(seed, word, server.users, kinds), connection)
        except Exception as error:
            found.append(f"document {seed}: {type(error).__name__}: {error}")
        finally:
            remove(connection, Maker(seed, word, server.users, kinds).document())
    return found
