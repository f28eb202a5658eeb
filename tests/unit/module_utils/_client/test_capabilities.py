# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a server has is known by its own description, and said with feature and release if it lacks it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils import _errors
from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Token
from ansible_collections.dockhand.quay.plugins.module_utils._client.capabilities import CAPABILITIES, lack, require
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Endpoint, Transport

RELEASES = Path(__file__).resolve().parents[5] / "shared" / "quay-api" / "releases"
# No release has them yet.
NEWEST = {"application_tokens"}
RECORDED = ("3.9.25", "3.10.25", "3.12.21", "3.15.7", "3.17.4")


def number(release):
    return [int(part) for part in release.split(".")[:2]]


@pytest.fixture
def client(script):
    return QuayClient(Transport(Endpoint(script.url), lambda seconds: None), Token("secret"))


def test_what_is_not_described_is_not_there(script, client):
    script.will(200, {"paths": {}, "definitions": {}})
    with pytest.raises(_errors.FeatureOff) as caught:
        require(client, "robot_federation")
    assert str(caught.value) == f"Robot federations need Quay 3.13 or later; {script.url} does not have them."
    require_again = lack(client, "robot_federation")
    assert require_again and len(script.asked) == 1


def test_a_feature_that_is_off_is_named(script, client):
    script.will(200, {"features": {"AUTO_PRUNE": False}, "config": {}})
    assert lack(client, "repository_prune").endswith(f"need FEATURE_AUTO_PRUNE, which is off on {script.url}.")


@pytest.mark.parametrize("name", ["all_app_tokens", "config_dump", "messages", "quotas", "registry_size"])
def test_what_superusers_do_takes_superusers(script, client, name):
    script.will(200, {"features": {"SUPER_USERS": False}, "config": {}})
    assert lack(client, name).endswith(f"need FEATURE_SUPER_USERS, which is off on {script.url}.")


def test_a_feature_that_a_release_does_not_know_restricts_nothing(script, client):
    """Up to 3.9 there is no FEATURE_EDIT_QUOTA."""
    script.will(200, {"features": {"SUPER_USERS": True, "QUOTA_MANAGEMENT": True}, "config": {}})
    assert lack(client, "quotas") == ""


def test_a_flag_that_is_on_is_no_proof(script, client):
    script.will(200, {"features": {"AUTO_PRUNE": True}, "config": {}})
    script.will(200, {"paths": {}, "definitions": {}})
    assert "need Quay 3.11 or later" in lack(client, "repository_prune")


def test_a_release_is_known_by_what_came_with_it(script, client):
    script.will(200, {"features": {"ASSIGN_OAUTH_TOKEN": False}, "config": {}})
    assert lack(client, "image_expiry") == ""
    other = QuayClient(client.transport, client.auth)
    script.will(200, {"features": {}, "config": {}})
    assert lack(other, "image_expiry").startswith("Notifications of images that expire need Quay 3.12 or later; ")


@pytest.mark.parametrize("release", RECORDED)
def test_a_release_has_what_came_before_it(release):
    file = RELEASES / f"discovery-{release}.json"
    if not file.exists():
        pytest.skip("the API descriptions of the releases are not here")
    description = json.loads(file.read_text(encoding="utf-8"))

    class Quay:
        transport = Transport(Endpoint("https://quay.example.com"))

        def config(self):
            every = CAPABILITIES.values()
            features = {name: True for one in every for name in (*one.features, one.flag)}
            return {"features": features, "config": {one.setting: True for one in every}}

        def description(self):
            return description

    described = {name: one.since for name, one in CAPABILITIES.items() if one.route or one.definition}
    later = {name for name, since in described.items() if since and number(since) > number(release)}
    assert {name for name in described if lack(Quay(), name)} == later | NEWEST
