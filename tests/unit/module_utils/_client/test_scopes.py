# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The scope that a refusal names is the one that Quay's API description has."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.scopes import scope_for


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/user/", "user:read"),
        ("PUT", "/user/robots/ci", "user:admin"),
        ("POST", "/organization/", "user:admin"),
        ("GET", "/organization/payments/robots/ci/permissions", "user:admin"),
        ("GET", "/organization/payments/robots", "org:admin"),
        ("PUT", "/organization/payments/team/devs/members/alice", "org:admin"),
        ("GET", "/organization/payments/quota", "org:admin"),
        ("PUT", "/organization/payments/quota/1/limit/2", "super:user"),
        ("DELETE", "/superuser/organizations/payments", "super:user"),
        ("POST", "/repository", "repo:create"),
        ("GET", "/repository/payments/api", "repo:read"),
        ("GET", "/repository/payments/web/shop", "repo:read"),
        ("GET", "/repository/payments/web/shop/tag/", "repo:read"),
        ("GET", "/repository/payments/api/build/1/logs", "repo:read"),
        ("POST", "/repository/payments/api/build/", "repo:write"),
        ("DELETE", "/repository/payments/api/build/1", "repo:admin"),
        ("GET", "/repository/payments/api/permissions/user/", "repo:admin"),
        ("POST", "/repository/payments/api/changevisibility", "repo:admin"),
        ("PUT", "/repository/payments/api/changestate", "repo:admin"),
        ("PUT", "/repository/payments/api", "repo:write"),
        ("DELETE", "/repository/payments/api", "repo:admin"),
        ("GET", "/users/alice", ""),
        ("GET", "/config", ""),
    ],
)
def test_the_scope_of_a_call(method, path, scope):
    assert scope_for(method, path) == scope
