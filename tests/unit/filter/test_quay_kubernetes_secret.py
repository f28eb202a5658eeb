# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pull secret of a cluster."""

from __future__ import annotations

import base64
import json

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.dockhand.quay.plugins.filter.quay_kubernetes_secret import quay_kubernetes_secret

URL = "https://quay.example.com:8443"
CLUSTER = {"name": "payments+cluster", "token": "SECRET", "changed": False}


def auths(secret):
    config = json.loads(base64.b64decode(secret["data"][".dockerconfigjson"], validate=True))
    return {place: base64.b64decode(entry["auth"]).decode() for place, entry in config["auths"].items()}


def test_manifest_of_one_robot():
    secret = quay_kubernetes_secret(CLUSTER, "quay-pull", URL)
    assert auths(secret) == {"quay.example.com:8443": "payments+cluster:SECRET"}
    assert {key: value for key, value in secret.items() if key != "data"} == {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "quay-pull"},
        "type": "kubernetes.io/dockerconfigjson",
    }
    assert quay_kubernetes_secret([CLUSTER], "quay-pull", URL) == secret


def test_namespace_and_labels():
    secret = quay_kubernetes_secret(CLUSTER, "quay-pull", URL, namespace="shop", labels={"team": "shop"})
    assert secret["metadata"] == {"name": "quay-pull", "namespace": "shop", "labels": {"team": "shop"}}


def test_several_robots_each_for_its_namespace():
    robots = [CLUSTER, {"name": "shop+cluster", "token": None}]
    assert auths(quay_kubernetes_secret(robots, "quay-pull", URL)) == {
        "quay.example.com:8443/payments": "payments+cluster:SECRET",
        "quay.example.com:8443/shop": "shop+cluster:",
    }


@pytest.mark.parametrize(
    ("robots", "url", "said"),
    [
        ([], URL, "the input is not a robot"),
        ("payments+cluster", URL, "the input is not a robot"),
        (None, URL, "the input is not a robot"),
        ({"token": "SECRET"}, URL, "the input is not a robot"),
        ([CLUSTER, {"name": "payments+other", "token": "SECRET"}], URL, "two robots belong to payments"),
        (CLUSTER, "ftp://quay.example.com", "url: "),
    ],
)
def test_mistakes_have_a_message_without_the_token(robots, url, said):
    with pytest.raises(AnsibleFilterError, match="quay_kubernetes_secret: ") as caught:
        quay_kubernetes_secret(robots, "quay-pull", url)
    assert said in str(caught.value)
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("name", ["a", "quay-pull", "quay.pull-2", "0", "a" * 253])
def test_names_that_kubernetes_takes(name):
    assert quay_kubernetes_secret(CLUSTER, name, URL)["metadata"] == {"name": name}


@pytest.mark.parametrize(
    "name", ["Pull_Secret!", "", "-pull", "pull-", "a..b", "a.-b", "pull\n", "é", "a" * 254, None, 7]
)
def test_names_that_kubernetes_refuses(name):
    with pytest.raises(AnsibleFilterError, match="quay_kubernetes_secret: name: invalid value .+: use up to 253 lower"):
        quay_kubernetes_secret(CLUSTER, name, URL)
