# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module door writes to the system's log and into a result, of secrets that no option of their own holds."""

from __future__ import annotations

import json

import pytest
from ansible.module_utils import basic
from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import APPLY

SECRET = "geheim99"
USERS = {"users": [{"username": "erika", "password": SECRET}]}
CACHE = {"organizations": [{"name": "payments", "proxy_cache": {"password": SECRET}}]}
MISPLACED = {"organizations": [{"name": "payments", "password": SECRET}]}


@pytest.fixture
def run_with(monkeypatch, capsys):
    """Runs the module with options; gives what it logged and what it printed."""

    def run(**options):
        logged = []
        monkeypatch.setattr(basic.AnsibleModule, "log", lambda _self, text, log_args=None: logged.append(text))
        options = {"quay_host": "http://127.0.0.1:1", "quay_token": "token-of-the-test", **options}
        monkeypatch.setattr(basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": options}).encode())
        monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)
        with pytest.raises(SystemExit):
            run_module(APPLY)
        return " ".join(logged), capsys.readouterr().out

    return run


@pytest.mark.parametrize("document", [USERS, CACHE, MISPLACED, json.dumps(USERS)])
@pytest.mark.parametrize("options", [{}, {"workers": "many"}, {"workers": 99}])
def test_secrets_of_a_document_are_neither_logged_nor_returned(run_with, document, options):
    logged, printed = run_with(document=document, **options)
    assert SECRET not in logged and SECRET not in printed
    assert ("workers" in options) or "Invoked with" in logged
