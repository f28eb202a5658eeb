# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one option reads, writes and takes."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import arguments
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Wish

from tests.unit.module_utils._engine.hooks import ENTRY, HOOK, planned, sent


def test_a_secret_is_sent_to_an_entry_that_exists_only_on_demand():
    always = Wish({"secret": "s"}, options={"update_secret": "always"})
    assert sent(planned(HOOK, {"hooks": [ENTRY]}, always))[0][2]["secret"] == "s"
    assert not planned(HOOK, {"hooks": [ENTRY]}, Wish({"secret": "s"})).steps
    assert arguments(HOOK.fields)["update_secret"]["choices"] == ["on_create", "always"]
    assert "failures" not in arguments(HOOK.fields)
