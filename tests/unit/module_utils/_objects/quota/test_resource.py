# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Wish
from ansible_collections.dockhand.quay.plugins.module_utils._objects.quota.resource import QUOTA

DEFAULT = {"id": None, "limit_bytes": 1073741824, "default_config": True, "limits": []}
OWN = {"id": 7, "limit_bytes": 1073741824.0, "default_config": False, "limits": []}


class Client:
    def __init__(self, quotas):
        self.view = {"name": "payments", "quotas": quotas}

    def get(self, template, names, query=None, missing=(404,), view=None):
        return self.view

    def config(self):
        return {"features": {"SUPERUSERS_FULL_ACCESS": True}}


def test_the_default_of_the_registry_is_not_the_organizations_own():
    names = {"organization": "payments", "place": "organization"}
    assert QUOTA.read(Client([DEFAULT]), names, Wish({})).fields is None
    assert QUOTA.read(Client([OWN]), names, Wish({})).fields["quota"] == 1073741824
