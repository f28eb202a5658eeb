# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each route of Quay's API is used by a module or left out with a reason, and the list of routes is Quay's own."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.tools.coverage import COVERAGE, ROOT, TARGETS, left_out, recorded, route_of, routes, summary
from tests.tools.generate import modules

DISCOVERY = Path(os.environ.get("QUAY_DISCOVERY", ROOT.parent / "shared" / "quay-api" / "discovery-internal.json"))
METHODS = ("get", "post", "put", "delete", "patch")
# What an administrator can reach by the modules.
AT_LEAST = 190


def test_routes_are_those_of_the_api_description():
    if not DISCOVERY.exists():
        told = f"no API description of a real Quay at {DISCOVERY}"
        pytest.fail(told) if os.environ.get("REQUIRE_RECORDINGS") == "1" else pytest.skip(told)
    paths = json.loads(DISCOVERY.read_text(encoding="utf-8"))["paths"]
    wanted = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, described in paths.items()
        for method in METHODS
        if method in described
    }
    assert set(routes()) == wanted


def test_each_route_is_used_or_has_a_reason():
    used, same, reasons = recorded(), left_out("same"), left_out("left_out")
    assert [route for route in routes() if route not in {**used, **same, **reasons}] == []


def test_reasons_are_for_what_is_not_used():
    reasons = [*left_out("same"), *left_out("left_out")]
    assert len(reasons) == len(set(reasons))
    assert set(reasons) <= set(routes())
    assert sorted(set(reasons) & recorded().keys()) == [], "docs/coverage.yml gives a reason for what is used"


def test_what_is_the_same_is_used():
    """The other way that Quay offers is one that a module takes."""
    used = recorded()
    assert [entry["reason"] for entry in COVERAGE["same"] if not any(one in used for one in entry["as"])] == []


def test_each_module_has_recorded_what_it_requests():
    """Its story does so: tests/integration/routes.py."""
    assert [name for name in modules() if not (TARGETS / name / "routes.txt").exists()] == []


def test_enough_is_covered():
    managed, read, left, every = map(int, re.findall(r"\d+", summary()))
    assert managed + read + left == every
    assert managed + read >= AT_LEAST, summary()


@pytest.mark.parametrize(
    ("method", "path", "route"),
    [
        ("GET", "/repository?namespace=a", "GET /repository"),
        ("GET", "/repository/a/b/c", "GET /repository/{repository}"),
        ("DELETE", "/repository/a/b/c/tag/1.0", "DELETE /repository/{repository}/tag/{tag}"),
        ("GET", "/repository/a/b/tag/", "GET /repository/{repository}/tag/"),
        ("DELETE", "/user/starred/a/b", "DELETE /user/starred/{repository}"),
        ("GET", "/superuser/users/", "GET /superuser/users/"),
        ("GET", "/superuser/users/a", "GET /superuser/users/{username}"),
        ("POST", "/user/initialize", None),
    ],
)
def test_requests_are_attributed(method, path, route):
    assert route_of(method, path) == route
