# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""No repository may be named like a part of the API below another: its DELETE would hit something else."""

from __future__ import annotations

import json
import os
import pathlib

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._text.name_rules import repository_rule

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared" / "quay-api"
DISCOVERY = pathlib.Path(os.environ.get("QUAY_DISCOVERY", SHARED / "discovery-internal.json"))
ROOT = "/api/v1/repository/{repository}/"


def test_every_route_below_a_repository_is_refused_as_a_name():
    if not DISCOVERY.exists():
        if os.environ.get("REQUIRE_RECORDINGS") == "1":
            pytest.fail(f"no API description at {DISCOVERY}")
        pytest.skip("no API description of a real Quay")
    paths = json.loads(DISCOVERY.read_text(encoding="utf-8"))["paths"]
    parts = {path[len(ROOT) :].split("/")[0] for path in paths if path.startswith(ROOT)} - {""}
    assert len(parts) > 15
    assert [part for part in sorted(parts) if not repository_rule(f"payments/api/{part}")] == []
