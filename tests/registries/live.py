# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole registries on a real Quay; part of `make live`."""

from __future__ import annotations

import contextlib
import typing as t

from tests.integration.play import Server, new_word
from tests.integration.server import CAPABILITIES
from tests.registries.documents import Document, Maker
from tests.registries.exclusive import check_exclusive, everything
from tests.registries.properties import check_document, remove

DOCUMENTS = 10


def kinds_of(about: t.Mapping[str, t.Any]) -> frozenset[str]:
    """What an account can declare on a server; ``about`` is story_server."""
    found = CAPABILITIES.keys() - set(about["lacks"])
    if not about["superuser"]:
        return frozenset(found - {"quotas"})
    return frozenset(found | {"messages", "sync" if about["authentication"] == "LDAP" else "users"})


def document_faults(server: Server) -> list[str]:
    """What did not hold of random documents, one sentence for each."""
    found = []
    for seed in range(DOCUMENTS):
        word, kinds = new_word(), kinds_of(server.about)
        made = Maker(seed, word, server.users, kinds).document()
        with _judged(found, f"document {seed}", server, made) as connection:
            check_document(seed, Maker(seed, word, server.users, kinds), connection)
    return found


def exclusive_faults(server: Server) -> list[str]:
    """What did not hold of a round of exclusive mode."""
    found: list[str] = []
    made = everything(f"{new_word()}-exclusive", server.admin, kinds_of(server.about))
    with _judged(found, "exclusive", server, made) as connection:
        check_exclusive(connection, made)
    return found


@contextlib.contextmanager
def _judged(found: list[str], what: str, server: Server, made: Document) -> t.Iterator[Document]:
    """Add what fails to ``found``; in the end ``made`` is removed."""
    connection: Document = {"quay_host": server.url, **server.credentials}
    try:
        yield connection
    except Exception as error:
        found.append(f"{what}: {type(error).__name__}: {error}")
    finally:
        remove(connection, made)


CHECKS = {"registry_documents": document_faults, "registry_exclusive": exclusive_faults}
