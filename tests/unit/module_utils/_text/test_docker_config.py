# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._text.docker_config import docker_config, login


def test_a_login_is_one_line_whatever_the_password_has():
    """Only the first colon parts name and password; a long one must not be broken into lines, as encodebytes does."""
    text = login("payments+ci", "a:b" * 100)
    assert "\n" not in text
    assert base64.b64decode(text).decode().split(":", 1) == ["payments+ci", "a:b" * 100]


def test_letters_beyond_ascii_are_written_in_the_encoding_that_is_asked_for():
    assert base64.b64decode(login("ci", "ü")) == "ci:ü".encode()
    assert base64.b64decode(login("ci", "ü", "latin-1")) == b"ci:\xfc"
    with pytest.raises(UnicodeError):
        login("ci", "ü", "ascii")
    with pytest.raises(LookupError):
        login("ci", "x", "no-such-code")


def test_a_configuration_has_each_registry_once():
    auths = {"quay.example.com": {"auth": "YTpi"}, "quay.example.com:8443": {"auth": "Yzpk"}}
    assert json.loads(base64.b64decode(docker_config(auths))) == {"auths": auths}
    assert json.loads(base64.b64decode(docker_config({}))) == {"auths": {}}
