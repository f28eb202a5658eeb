# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.dockhand.quay.plugins.module_utils._errors import AnswerLost, Refused
from ansible_collections.dockhand.quay.plugins.module_utils._objects.proxy_cache.resource import (
    PROXY_CACHE,
    registry_rule,
)

NONE = {"upstream_registry": "", "expiration_s": "", "insecure": ""}
LOCAL = {"upstream_registry": "registry.local:5000", "expiration_s": 3600, "insecure": True}
CREDENTIALS = {"upstream_registry_username": "robot", "upstream_registry_password": "secret"}
PARAMS = {"organization": "payments", "registry": "registry.local:5000", "state": "present"}


class Quay:
    """Holds one cache with its credentials; ``refuse`` is a registry that it does not take."""

    def __init__(self, cache=None, refuse="", lose=""):
        self.cache, self.refuse, self.lose, self.writes = cache, refuse, lose, []

    def get(self, path, _names, missing=(), view=None):
        return {key: (self.cache or NONE)[key] for key in NONE} if "proxycache" in path else {"name": "payments"}

    def write(self, method, path, body, purpose):
        self.writes.append((method, path.rpartition("/")[2], body))
        if body and body["upstream_registry"] == self.refuse:
            raise Refused(f"Quay refused to {purpose}.", 400, "")
        if "validate" not in path:
            self.cache = {**LOCAL, "expiration_s": 86400, "insecure": False, **body} if body else None
        if method == self.lose:
            self.lose = ""
            raise AnswerLost("lost")


def run(quay, warn=pytest.fail, **options):
    return reconcile(PROXY_CACHE, quay, {**PARAMS, **options}, False, True, warn)


def lose_credentials(quay, **options):
    """Run it, and expect a warning that Quay may lose what it does not show."""
    warnings = []
    result = run(quay, warnings.append, **options)
    (sentence,) = warnings
    assert sentence.startswith("The proxy cache of organization payments is re-created without credentials: Quay does")
    return result


def test_another_expiration_keeps_the_rest():
    quay = Quay(LOCAL)
    assert lose_credentials(quay, expiration="2h")["proxy_cache"]["insecure"]
    assert quay.cache == {**LOCAL, "expiration_s": 7200}


def test_it_does_so_where_the_answer_to_the_deletion_is_lost():
    quay = Quay(LOCAL, lose="DELETE")
    lose_credentials(quay, expiration="2h")
    assert quay.cache == {**LOCAL, "expiration_s": 7200}


def test_a_cache_of_another_registry_takes_nothing_over():
    quay = Quay(LOCAL)
    lose_credentials(quay, registry="quay.io")
    assert quay.cache == {"upstream_registry": "quay.io", "expiration_s": 86400, "insecure": False}


def test_the_old_cache_comes_back_without_the_password_of_another_registry():
    quay = Quay(LOCAL, refuse="quay.io")
    with pytest.raises(Refused):
        run(quay, registry="quay.io", username="robot", password="secret")
    assert quay.writes[-1] == ("POST", "proxycache", LOCAL)
    assert quay.cache == LOCAL


def test_the_old_cache_comes_back_with_its_own_password():
    quay = Quay(LOCAL)
    undo = []
    quay.write = lambda method, _path, body, purpose: undo.append(body) or fail(method, purpose, len(undo))
    with pytest.raises(Refused):
        run(quay, expiration="2h", username="robot", password="secret")
    assert undo[-1] == {**LOCAL, **CREDENTIALS}


def fail(method, purpose, count):
    if method == "POST" and count == 2:
        raise Refused(f"Quay refused to {purpose}.", 400, "")


@pytest.mark.parametrize("policy, writes", [("on_create", 0), ("always", 2)])
def test_a_password_alone_is_written_on_demand_only(policy, writes):
    quay = Quay(LOCAL)
    result = run(quay, username="robot", password="secret", update_password=policy)
    assert (len(quay.writes), result["changed"]) == (writes, bool(writes))


@pytest.mark.parametrize("cache", [None, LOCAL])
def test_empty_credentials_are_none(cache):
    quay = Quay(cache)
    run(quay, username="", password="", expiration="2h")
    assert quay.writes[-1][2].keys() == {"upstream_registry", "expiration_s", "insecure"}


def test_the_registry_is_asked_before_the_cache_is_made():
    quay = Quay()
    run(quay, validate=True)
    assert [path for _method, path, _body in quay.writes] == ["validateproxycache", "proxycache"]
    assert quay.writes[0][2] == quay.writes[1][2]


@pytest.mark.parametrize("name", ["quay.io", "docker.io/library", "10.1.2.3:5000/a/b", "[fd00::1]:5000"])
def test_registries(name):
    assert not registry_rule(name)


@pytest.mark.parametrize("name", ["", "https://quay.io", "quay.io/", "user@quay.io", "quay.io:x", "quay.io\n"])
def test_no_registries(name):
    assert registry_rule(name)
