# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page on authentication, as its reader follows it: every file is written, every command runs, in their order."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.contract.guide import GUIDES, follow
from tests.integration.emulator import ADMIN, TOKEN, running
from tests.integration.play import Server, environment

PASSWORD = "a password of dora"


def test_page(tmp_path_factory):
    with running(tmp_path_factory.mktemp("emulator-")) as emulator:
        emulator.fresh({}, ())
        emulator.switch("POST", "user", {"username": "dora", "password": PASSWORD})
        settings = {
            **environment(Server(emulator.url, {}, ADMIN, (), {}), tmp_path_factory.mktemp("home-")),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        instead = {
            "https://quay.example.com": emulator.url,
            "token: change me, and encrypt this file with ansible-vault": f"token: {TOKEN}",
            "password: change me": f"password: {PASSWORD}",
        }
        told = follow(GUIDES / "authentication.rst", tmp_path_factory.mktemp("page-"), settings, instead)
    assert "changed=1" in told["For all tasks of a play"][0]
    assert told["One sign-in for many tasks"][0].count("changed: [localhost] => (item=") == 3
