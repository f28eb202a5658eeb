# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an export has of a repository."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed
from ansible_collections.dockhand.quay.plugins.module_utils._objects.repository.section import exported


@pytest.mark.parametrize(("state", "shown"), [("ORG_MIRROR", {}), ("MIRROR", {"repo_state": "MIRROR"})])
def test_a_state_that_only_quay_sets_is_left_out(state, shown):
    work = SimpleNamespace(observed=Observed({"perms": []}), names={"namespace": "payments"})
    entry = {"name": "api", "repo_state": state, "star": True}
    assert exported(entry, SimpleNamespace(work=work)) == {"name": "api", **shown, "perms": []}
