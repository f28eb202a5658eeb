# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import SERVER_SPEC
from ansible_collections.dockhand.quay.plugins.module_utils._engine import operation
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError


def context(**params):
    return operation.Context(params, check_mode=False, diff=False, warn=lambda text: None, basedir="/")


def test_a_target_without_requests_is_told_in_one_sentence(monkeypatch, box):
    monkeypatch.setattr(operation, "REQUESTS_ERROR", ImportError("No module named 'requests'"))
    with pytest.raises(QuayError) as caught:
        operation.manage(box).start(context(name="crate"))
    assert str(caught.value) == (
        "The Python library requests is missing where this task runs: install it there (pip install requests)."
    )


def test_the_spec_of_a_resource(box):
    spec = operation.manage(box).argument_spec()
    assert spec["name"] == {"type": "str", "required": True}
    assert spec["password"]["no_log"] is True
    assert (spec["append"]["default"], spec["state"]["choices"]) == (True, ["present", "absent"])
    assert {"quay_host", "quay_token"} <= spec.keys()


def test_only_what_takes_a_token_excludes_a_password_beside_it(box):
    assert ("quay_token", "quay_password") in operation.manage(box).all_constraints()["mutually_exclusive"]
    anonymous = operation.Operation({}, lambda context: {}, connection=SERVER_SPEC)
    assert anonymous.all_constraints() == {}


def test_secrets_of_the_environment_are_masked_too(monkeypatch):
    monkeypatch.setenv("QUAY_TOKEN", "from-the-environment")
    given = {"quay_host": "quay", "timeout": 5.0, "validate_certs": True, "quay_token": None}
    seen = context(**given)
    assert seen.client.auth.headers(None, "GET") == {"Authorization": "Bearer from-the-environment"}
    assert "from-the-environment" in seen.secrets
