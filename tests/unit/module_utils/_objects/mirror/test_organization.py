# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Change, Observed
from ansible_collections.dockhand.quay.plugins.module_utils._objects.mirror import organization
from ansible_collections.dockhand.quay.plugins.module_utils._objects.mirror.organization import ORGANIZATION_MIRROR


def completed(present, sent):
    observed = Observed({}, {"entry": {"external_registry_config": present}})
    return organization.complete(Change(ORGANIZATION_MIRROR, {}, {}, {}, frozenset(), observed), sent)


def test_a_part_of_the_configuration_takes_the_rest_along():
    """Quay replaces the whole of it by what it is sent."""
    present = {"verify_tls": True, "proxy": {"http_proxy": "http://a", "no_proxy": "b"}}
    sent = {"external_registry_config": {"proxy": {"http_proxy": None}}, "is_enabled": True}
    assert completed(present, sent) == {
        "external_registry_config": {"verify_tls": True, "proxy": {"http_proxy": None, "no_proxy": "b"}},
        "is_enabled": True,
    }
    assert completed({}, {"external_registry_config": {"verify_tls": False}}) == {
        "external_registry_config": {"verify_tls": False}
    }
    assert completed(present, {"is_enabled": True}) == {"is_enabled": True}


@pytest.mark.parametrize("url", ["harbor.example.com", "ftp://a", "https://a b", "", "HTTPS://a"])
def test_an_address_has_a_scheme_and_no_blank(url):
    assert organization.url_rule(url)
    assert not organization.url_rule("http://a:80/b")


@pytest.mark.parametrize(("name", "good"), [("", False), ("a" * 255, True), ("a" * 256, False), ("a\0", False)])
def test_a_namespace_of_another_registry_is_any_text_of_some_length(name, good):
    assert bool(organization.remote_rule(name)) != good
