# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the module door writes to the system's log and into a result, of secrets that no option of their own holds."""

from __future__ import annotations

import json
import re

import pytest
from ansible.module_utils import basic
from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import Context, Operation
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import APPLY

SECRET = "geheim99"
USERS = {"users": [{"username": "erika", "password": SECRET}]}
CACHE = {"organizations": [{"name": "payments", "proxy_cache": {"password": SECRET}}]}
MISPLACED = {"organizations": [{"name": "payments", "password": SECRET}]}


@pytest.fixture
def run_with(monkeypatch, capsys):
    """Runs the module with options; gives what it logged and what it printed."""

    def run(operation=APPLY, **options):
        logged = []
        monkeypatch.setattr(basic.AnsibleModule, "log", lambda _self, text, log_args=None: logged.append(text))
        options = {"quay_host": "http://127.0.0.1:1", "quay_token": "token-of-the-test", **options}
        monkeypatch.setattr(basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": options}).encode())
        monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)
        with pytest.raises(SystemExit):
            run_module(operation)
        return " ".join(logged), capsys.readouterr().out

    return run


@pytest.mark.parametrize("document", [USERS, CACHE, MISPLACED, json.dumps(USERS)])
@pytest.mark.parametrize("options", [{}, {"workers": "many"}, {"workers": 99}])
def test_secrets_of_a_document_are_neither_logged_nor_returned(run_with, document, options):
    logged, printed = run_with(document=document, **options)
    assert SECRET not in logged and SECRET not in printed
    assert ("workers" in options) or "Invoked with" in logged


def fails(_context):
    raise KeyError(f"no {SECRET}")


BUILD = Operation(
    {"archive_url": {"type": "str"}, "trigger": {"type": "str"}},
    lambda context: {"changed": False, "seen": context.params["archive_url"]},
)


def test_a_fault_of_our_own_shows_its_place_and_never_its_text(run_with):
    _logged, printed = run_with(Operation({}, fails))
    found = re.fullmatch(
        r"Unexpected KeyError in \S+, at plugins/module_utils/_engine/operation.py line [0-9]+. Please report it.",
        json.loads(printed)["msg"],
    )
    assert found and SECRET not in printed


@pytest.mark.parametrize("end", ["\n", "\r\n", " \n"])
@pytest.mark.parametrize("name", ["quay_token", "quay_session", "quay_password"])
def test_a_secret_with_a_line_end_is_shown_in_no_form(run_with, name, end):
    more = {"quay_token": "", "quay_username": "alice"} if name == "quay_password" else {}
    secret = "c2VjcmV0LXNlY3JldA=="
    logged, printed = run_with(document={"organizations": [{"name": "payments"}]}, **{**more, name: f"{secret}{end}"})
    assert secret not in logged + printed and "c2VjcmV0LXNlY3JldA%3D%3D" not in printed


@pytest.mark.parametrize(
    "address",
    [
        f"https://me:{SECRET}@example.com/src.tar.gz",
        f"https://example.com/src.tar.gz?X-Signature={SECRET}-long",
        f"https://{SECRET}-as-long-as-a-token@example.com/src.tar.gz",
    ],
)
@pytest.mark.parametrize("name", ["archive_url", "trigger", "quay_host"])
def test_secrets_of_addresses_are_neither_logged_nor_returned(run_with, name, address):
    logged, printed = run_with(BUILD, **{name: address})
    assert "Invoked with" in logged
    assert SECRET not in logged + printed


def test_the_task_itself_still_has_the_address():
    params = {"archive_url": f"https://me:{SECRET}@example.com/x"}
    assert BUILD.run(Context(params, False, False, print, "/"))["seen"] == params["archive_url"]


def test_an_empty_option_excludes_nothing(run_with):
    _logged, printed = run_with(BUILD, quay_token="geheim-99", quay_username="", quay_password=None, validate_certs="")
    assert json.loads(printed)["changed"] is False
    _logged, printed = run_with(BUILD, quay_token="geheim-99", quay_username="alice")
    assert json.loads(printed)["msg"] == "parameters are mutually exclusive: quay_token|quay_username"
