# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._objects.manifest.label import new_key_rule


@pytest.mark.parametrize("key", ["a", "7", "a.b-c", "com.example.team", "x" * 300])
def test_a_key_is_like_those_of_docker(key):
    assert new_key_rule(key) == ""


@pytest.mark.parametrize("key", ["", "A", "a_b", "a..b", "a.-b", "a--b", ".a", "a-", "a b", "ä", "a\n"])
def test_a_key_that_quay_refuses_is_told_its_rule(key):
    assert new_key_rule(key).startswith("use lower-case letters and digits")


@pytest.mark.parametrize(
    "key", ["quay", "quay.expires-after", "internal.x", "io.quay.a", "org.opencontainers.image.title"]
)
def test_a_key_that_others_use_is_refused(key):
    assert new_key_rule(key).startswith("use a key that does not start with com.docker., ")
