# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of organizations and repositories on the emulator are whole: what ends on the way, and more than a page."""

from __future__ import annotations

import typing as t

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Session, Token
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Endpoint, Transport
from ansible_collections.dockhand.quay.plugins.module_utils._errors import CredentialsRefused, Forbidden
from ansible_collections.dockhand.quay.plugins.plugin_utils import _listing
from ansible_collections.dockhand.quay.plugins.plugin_utils._listing import Listing, Selection

from tests.integration.emulator import ADMIN, TOKEN, Emulator
from tests.integration.place import Api

PASSWORD = "password"


def listing(emulator: Emulator, auth: t.Any) -> Listing:
    client = QuayClient(Transport(Endpoint(emulator.url)), auth)
    return Listing(client, "superuser", Selection(("*",), ()), 4)


def before_the_pages(monkeypatch, happens: t.Callable[[], t.Any]) -> None:
    """Let something happen once, after the organizations and before their repositories are read."""
    pages, todo = _listing._pages, [happens]

    def after_that(client, which):
        if todo:
            todo.pop()()
        return pages(client, which)

    monkeypatch.setattr(_listing, "_pages", after_that)


def test_a_token_that_dies_on_the_way(place, monkeypatch):
    auth = Token(TOKEN)
    before_the_pages(monkeypatch, lambda: setattr(auth, "_token", "dead"))
    with pytest.raises(CredentialsRefused, match="is invalid or expired"):
        listing(place.emulator, auth).repositories()


def test_a_session_that_ends_on_the_way_is_no_shorter_list(place, monkeypatch):
    auth = Session(ADMIN, PASSWORD)
    before_the_pages(monkeypatch, lambda: auth._cookies.update(dict.fromkeys(auth._cookies, "ended")))
    assert list(listing(place.emulator, auth).repositories()) == ["lab/api", "lab/web", "payments/a/b"]
    assert auth.renewed
    assert sum("/api/v1/repository" in one for one in place.sent()) == 2


def test_rights_lost_on_the_way(place, monkeypatch):
    taken = {"SUPER_USERS": []}
    before_the_pages(monkeypatch, lambda: place.emulator.switch("POST", "settings", taken))
    with pytest.raises(Forbidden):
        listing(place.emulator, Token(TOKEN)).repositories()


def test_many(place):
    """More than a page of each."""
    api = Api(place.emulator)
    api.organizations(*(f"o{number:03}" for number in range(101)))
    for number in range(101):
        api.repository(f"o{number:03}/r{number:03}")
    place.sent()
    told = listing(place.emulator, Token(TOKEN))
    assert len(told.organizations()) == 103
    assert len(told.repositories()) == 104
    assert len(place.sent()) == 2 + 2 + 1 + 2 + 1
    some = Listing(told._client, "superuser", Selection(("o*",), ()), 8)
    assert list(some.repositories()) == [f"o{number:03}/r{number:03}" for number in range(101)]
