# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The config.json of an account, with the arguments that playbooks use today (tests/contract/interface.yml)."""

from __future__ import annotations

import base64
import inspect
import json
from pathlib import Path

import pytest
import yaml
from ansible.errors import AnsibleFilterError
from ansible_collections.dockhand.quay.plugins.filter.quay_docker_config import quay_docker_config

INTERFACE = Path(__file__).parents[2] / "contract" / "interface.yml"


def content(encoded, encoding="utf-8"):
    return json.loads(base64.b64decode(encoded, validate=True).decode(encoding))


def test_arguments_are_those_in_use():
    wanted = yaml.safe_load(INTERFACE.read_text(encoding="utf-8"))["filters"]["quay_docker_config"]
    _input, *given = inspect.signature(quay_docker_config).parameters.values()
    assert [one.name for one in given] == wanted["positional"]
    assert {one.name: one.default for one in given if one.default is not one.empty} == wanted["defaults"]


@pytest.mark.parametrize(
    ("url", "registry"),
    [
        ("https://quay.example.com", "quay.example.com"),
        ("https://quay.example.com:8443/", "quay.example.com:8443"),
        ("quay.example.com", "quay.example.com"),
        ("http://[::1]:8080/quay", "[::1]:8080"),
    ],
)
def test_entry_has_host_and_port(url, registry):
    auth = base64.b64encode(b"payments+deployer:SECRET").decode()
    assert content(quay_docker_config("payments+deployer", "SECRET", url)) == {
        "auths": {registry: {"auth": auth, "email": ""}}
    }


def test_defaults_are_those_in_use():
    assert list(content(quay_docker_config("alice", "SECRET"))["auths"]) == ["127.0.0.1"]


def test_email_and_encoding():
    found = content(quay_docker_config("alice", "ß", "https://q.example.com", "a@example.com", "utf-16"), "utf-16")
    entry = found["auths"]["q.example.com"]
    assert entry["email"] == "a@example.com"
    assert base64.b64decode(entry["auth"]).decode("utf-16") == "alice:ß"


def test_token_that_does_not_exist_yet():
    entry = content(quay_docker_config("payments+deployer", None))["auths"]["127.0.0.1"]
    assert base64.b64decode(entry["auth"]) == b"payments+deployer:"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("", "SECRET"), "the input is not the name of an account"),
        ((None, "SECRET"), "the input is not the name of an account"),
        (("alice", "SECRET", "ftp://quay.example.com"), "url: quay_host: invalid value 'ftp://quay.example.com'"),
        (("alice", "SECRET", "https://q.example.com", "", "latin-9000"), "encoding: 'latin-9000' cannot be used here"),
        (("alice", "SECRETß", "https://q.example.com", "", "ascii"), "encoding: 'ascii' cannot be used here"),
    ],
)
def test_mistakes_have_a_message_without_the_token(arguments, said):
    with pytest.raises(AnsibleFilterError, match="quay_docker_config: ") as caught:
        quay_docker_config(*arguments)
    assert said in str(caught.value)
    assert "SECRET" not in str(caught.value)
