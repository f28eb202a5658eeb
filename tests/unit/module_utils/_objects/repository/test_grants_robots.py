# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is known of a robot whose roles also name repositories of other organizations."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._objects.repository.grants_robots import roles_of


@pytest.mark.parametrize(
    ("roles", "known"),
    [
        ([("api", "read")], "read"),
        ([("api", "read"), ("web", "write")], "read"),
        ([("api", "read"), ("api", "write")], ""),
        ([], ""),
        (None, ""),
    ],
)
def test_a_role_counts_where_it_cannot_be_that_of_another_repository(roles, known):
    rows = roles and [{"repository": {"name": name}, "role": role} for name, role in roles]
    told = None if roles is None else {"permissions": rows}
    assert roles_of({"repositories": ["api"]}, told) == {"api": known}
