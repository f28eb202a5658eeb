# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""One session for several threads: what one has renewed, the others take."""

from __future__ import annotations

import threading

from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Session


class Signing(Session):
    """Signs in without a server."""

    proofs = 0

    def _fetch_csrf_token(self, transport):
        self._cookies = {"_csrf_token": f"of sign-in {self._sign_ins + 1}"}

    def _prove(self, transport, path, body):
        self.proofs += 1
        self._sign_ins += 1


def in_thread(function):
    found = []
    thread = threading.Thread(target=lambda: found.append(function()))
    thread.start()
    thread.join()
    return found[0]


def test_a_session_that_has_ended_is_renewed_once_for_all_threads():
    session = Signing("alice", "password")
    session.headers(None, "GET")
    late, ready = threading.Event(), threading.Event()
    answers = []

    def other():
        session.headers(None, "GET")
        ready.set()
        late.wait(5)
        answers.append(session.renew(None, ""))

    thread = threading.Thread(target=other)
    thread.start()
    ready.wait(5)
    assert session.renew(None, "")
    late.set()
    thread.join()
    assert answers == [True]
    assert session.proofs == 2
    assert "of sign-in 2" in in_thread(lambda: session.headers(None, "GET"))["Cookie"]


def test_it_is_not_renewed_for_ever():
    session = Signing("alice", "password")
    session.headers(None, "GET")
    assert session.renew(None, "")
    session.headers(None, "GET")
    assert not session.renew(None, "")
