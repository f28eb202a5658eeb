# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every recorded answer of a real Quay passes the checks of the client: those of its view, and those of writes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client import views
from ansible_collections.dockhand.quay.plugins.module_utils._client.check import NOTHING, wrong, wrong_write
from ansible_collections.dockhand.quay.plugins.module_utils._objects.application.resource import APPLICATION
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build.log import LogView
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build.read import (
    BuildsView,
    BuildView,
    TriggersView,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.immutability.resource import (
    REPOSITORY_IMMUTABILITY,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.proxy_cache.resource import ProxyCacheView
from ansible_collections.dockhand.quay.plugins.module_utils._objects.prune.policy import PoliciesView
from ansible_collections.dockhand.quay.plugins.module_utils._objects.search import RESULTS
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team.members import MembersView
from ansible_collections.dockhand.quay.plugins.module_utils._usage.client import CountsView

FOLDER = Path(os.environ.get("QUAY_RECORDINGS", Path(__file__).parents[3] / "shared" / "quay-api" / "recordings"))
API = "/api/v1"
# The routes that the collection reads with a view.
READS = (
    (r"/organization/[^/]+$", views.OrganizationView, None),
    (r"/organization/[^/]+/team/[^/]+/members$", MembersView, None),
    (r"/organization/[^/]+/members$", list[views.HolderView], "members"),
    (r"/organization/[^/]+/collaborators$", list[views.HolderView], "collaborators"),
    (r"/organization/[^/]+/applications$", APPLICATION.shape.view, None),
    (r"/organization/[^/]+/proxycache$", ProxyCacheView, None),
    (r"/(organization/[^/]+|repository/[^/]+/[^/]+|user)/autoprunepolicy/$", PoliciesView, None),
    (r"/(organization/[^/]+|repository/[^/]+/[^/]+)/immutabilitypolicy/$", REPOSITORY_IMMUTABILITY.shape.view, None),
    (r"/(organization/[^/]+|superuser/[^/]+/[^/]+)/quota$", list[views.QuotaView], None),
    (r"/(entities/[^/]+|find/.+)$", RESULTS, None),
    (r"/organization/[^/]+/prototypes$", views.PrototypesView, None),
    (r"/(organization/[^/]+|user)/robots$", views.RobotsView, None),
    (r"/(organization/[^/]+|user)/robots/[^/]+$", views.RobotView, None),
    (r"/user/$", views.UserView, None),
    (r"/users/[^/]+$", views.UserView, None),
    (r"/superuser/users/$", list[views.AccountView], "users"),
    (r"/superuser/users/[^/]+$", views.AccountView, None),
    (r"/superuser/organizations/$", list[views.ListedOrganizationView], "organizations"),
    (r"/repository$", list[views.RepositoryView], "repositories"),
    (r"/repository/[^/]+/[^/]+$", views.OneRepositoryView, None),
    (r"/repository/[^/]+/[^/]+/build/$", BuildsView, None),
    (r"/repository/[^/]+/[^/]+/build/[^/]+$", BuildView, None),
    (r"/repository/[^/]+/[^/]+/build/[^/]+/logs$", LogView, None),
    (r"/repository/[^/]+/[^/]+/trigger/$", TriggersView, None),
    (r"/(user|superuser|organization/[^/]+|repository/[^/]+/[^/]+)/aggregatelogs$", CountsView, None),
    (r"/(user|superuser|organization/[^/]+|repository/[^/]+/[^/]+)/logs$", views.LogsView, None),
)


@pytest.fixture(scope="module")
def answered():
    """Method, path below /api/v1 and body of every recorded success."""
    files = sorted(FOLDER.glob("*.jsonl"))
    if not files:
        if os.environ.get("REQUIRE_RECORDINGS") == "1":
            pytest.fail(f"no recordings in {FOLDER}")
        pytest.skip("no recordings of a real Quay")
    exchanges = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        (one["request"]["method"], one["request"]["path"][len(API) :], one["response"]["body"])
        for one in exchanges
        if one["response"]["status"] < 300 and one["request"]["path"].startswith(API)
    ]


def test_reads(answered):
    seen, strange = set(), []
    for path, body in [(path, body) for method, path, body in answered if method == "GET"]:
        for pattern, view, key in READS:
            if re.fullmatch(pattern, path) and path != "/repository/mirror/health":
                seen.add(pattern)
                strange += [(path, why) for why in [wrong(body[key] if key else body, view)] if why]
    assert strange == []
    assert len(seen) >= len(READS) - 1


def test_writes(answered):
    writes = [one for one in answered if one[0] in ("POST", "PUT", "DELETE") and "/sign" not in one[1]]
    strange = {
        (method, path, why)
        for method, path, body in writes
        # The recordings write no body and an empty text alike.
        for why in [wrong_write(method, path, body) and wrong_write(method, path, NOTHING if body == "" else body)]
        if why
    }
    assert len(writes) > 300
    # A change of the visibility of a repository that does not exist is not carried out.
    assert {one for one in strange if not one[1].endswith("/missing/changevisibility")} == set()
