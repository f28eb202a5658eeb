# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shapes in which Quay keeps objects, on a toy kind: what they read, and which writes follow."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Wish
from ansible_collections.dockhand.quay.plugins.module_utils._errors import Forbidden, ParentMissing

from tests.unit.module_utils._engine.hooks import HOOK, planned


def missing_parent(_client, _names):
    raise ParentMissing("Box crate does not exist.")


@pytest.mark.parametrize("answer", [None, Forbidden("No rights.", 403, "")])
def test_a_missing_parent_is_found(answer):
    orphan = dataclasses.replace(HOOK, shape=dataclasses.replace(HOOK.shape, parent=missing_parent))
    with pytest.raises(ParentMissing):
        planned(orphan, answer, Wish({}))
