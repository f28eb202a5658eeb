# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a kind of object sends beyond its shape."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Wish

from tests.unit.module_utils._engine.hooks import ENTRY, HOOK, planned, sent


def test_a_trigger_is_no_state():
    assert sent(planned(HOOK, {"hooks": [ENTRY]}, Wish({"test": True}))) == [
        ("POST", "/boxes/crate/hooks/one/test", None)
    ]
    assert not planned(HOOK, {"hooks": [ENTRY]}, Wish({"test": False})).steps
    assert len(planned(HOOK, {"hooks": []}, Wish({"test": True})).steps) == 1
