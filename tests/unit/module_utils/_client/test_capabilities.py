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
OF_3_13 = {"prune_patterns", "several_prune_policies", "robot_federation"}
OF_3_15 = {"mirror_timeout"}
OF_3_16 = {"foreign_organizations", "pull_statistics", "user_robot_federation"}
OF_3_17 = {
    "mirror_architectures",
    "organization_immutability",
    "organization_mirror",
    "repository_immutability",
    "tag_immutability",
}
OF_3_18 = {"empty_email"}
#: Release -> what it lacks, by its own API description.
LACKS = {
    "3.9.25": {"organization_prune", "repository_prune", "user_prune"}
    | OF_3_13
    | OF_3_15
    | OF_3_16
    | OF_3_17
    | OF_3_18,
    "3.10.25": {"repository_prune"} | OF_3_13 | OF_3_15 | OF_3_16 | OF_3_17 | OF_3_18,
    "3.12.21": OF_3_13 | OF_3_15 | OF_3_16 | OF_3_17 | OF_3_18,
    "3.15.7": OF_3_16 | OF_3_17 | OF_3_18,
    "3.17.4": OF_3_18,
}


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


@pytest.mark.parametrize("release", LACKS)
def test_releases(release):
    file = RELEASES / f"discovery-{release}.json"
    if not file.exists():
        pytest.skip("the API descriptions of the releases are not here")
    description = json.loads(file.read_text(encoding="utf-8"))

    class Quay:
        transport = Transport(Endpoint("https://quay.example.com"))

        def config(self):
            every = CAPABILITIES.values()
            features = {name: True for one in every for name in (one.feature, one.flag)}
            return {"features": features, "config": {one.setting: True for one in every}}

        def description(self):
            return description

    assert {name for name in CAPABILITIES if lack(Quay(), name)} == LACKS[release]
