# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client import capabilities
from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import SERVER_SPEC
from ansible_collections.dockhand.quay.plugins.module_utils._engine import operation
from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Field
from ansible_collections.dockhand.quay.plugins.module_utils._engine.member import Member
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Resource
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    BadInput,
    FeatureOff,
    ParentMissing,
    QuayError,
)


def no_ship(client, names):
    raise ParentMissing(f"Ship {names['ship']} does not exist.")


CRATE = Resource(
    kind="crate",
    label="{name} of {ship}",
    keys=(Field("ship", required=True, rule=lambda name: "" if name else "a ship has a name"), Field("name")),
    fields=(
        Field("weight", "int", shown=lambda grams: grams // 1000),
        Field("key", write_only="update_key"),
        Field("seals", "int", computed=True),
    ),
    shape=Member("/ships/{ship}/crates", "crates", "id", match=("name",), view=dict, parent=no_ship, vague=True),
)


class Ships:
    """Answers each read with what it is made with."""

    def __init__(self, answer):
        self.answer = answer

    def get(self, template, names, view):
        if isinstance(self.answer, Exception):
            raise self.answer
        return None if self.answer is None else {"crates": self.answer}


def context(**params):
    return operation.Context(params, check_mode=False, diff=False, warn=lambda text: None, basedir="/")


def crates(monkeypatch, answer, **params):
    monkeypatch.setattr(operation.Context, "client", Ships(answer))
    return operation.list_of(CRATE).start(context(**{"ship": "argo", "name": None, **params}))


def test_a_list_has_the_objects_as_their_module_returns_them(monkeypatch):
    listed = [{"id": 2, "name": "tea", "weight": 3000, "key": "hidden"}, {"id": 1, "name": "jute", "seals": 4}]
    jute, tea = {"ship": "argo", "name": "jute", "seals": 4, "id": 1}, {"name": "tea", "weight": 3, "id": 2}
    assert crates(monkeypatch, listed) == {"changed": False, "crates": [jute, {"ship": "argo", **tea}]}
    assert crates(monkeypatch, listed, name="^t")["crates"] == [{"ship": "argo", **tea}]
    assert operation.list_of(CRATE).spec.keys() == {"ship", "name"}


@pytest.mark.parametrize("answer", [[], None])
def test_an_empty_list_proves_nothing_if_quay_has_one_for_missing_parents_too(monkeypatch, answer):
    with pytest.raises(ParentMissing):
        crates(monkeypatch, answer)


def test_a_list_refuses_bad_input_before_any_request(monkeypatch):
    for bad in ({"ship": ""}, {"name": "("}):
        with pytest.raises(BadInput):
            crates(monkeypatch, AssertionError("a request was sent"), **bad)


def test_a_list_that_the_server_lacks_names_what_it_takes(monkeypatch):
    monkeypatch.setattr(capabilities, "require", lambda client, name: pytest.fail(f"asked for {name}"))
    with pytest.raises(FeatureOff, match="no such route"):
        crates(monkeypatch, FeatureOff("There is no such route.", 404, ""))
    needy = dataclasses.replace(CRATE, needs="crates")

    def refuse(client, name):
        raise QuayError(f"needs {name}")

    monkeypatch.setattr(capabilities, "require", refuse)
    with pytest.raises(QuayError, match="needs crates"):
        operation.list_of(needy).start(context(ship="argo", name=None))


def test_a_kind_without_names_is_listed_without_a_pattern():
    assert operation.list_of(CRATE, search="").spec.keys() == {"ship"}
    assert operation.list_of(CRATE, "cargo").spec.keys() == {"ship", "name"}


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


def test_a_message_is_masked_before_its_long_words_are_cut():
    secret = "planted" + "x" * 1000

    def run(_context):
        raise QuayError(f"Quay refused to read /organization/{'y' * 100_000}, and {secret}.", {"changed": True})

    seen = context()
    seen.secrets.add(secret)
    with pytest.raises(QuayError) as caught:
        operation.Operation({}, run).start(seen)
    assert len(str(caught.value)) < 400
    assert "planted" not in str(caught.value)
    assert str(caught.value).startswith("Quay refused to read /organization/yyy")
    assert caught.value.result == {"changed": True}


def test_a_long_value_leaves_room_for_its_rule():
    def run(_context):
        raise BadInput("expiration", ["y"] * 10_000, "use a date")

    with pytest.raises(BadInput) as caught:
        operation.Operation({}, run).start(context())
    assert len(str(caught.value)) < 1100
    assert str(caught.value).startswith("expiration: invalid value ['y', 'y'")
    assert str(caught.value).endswith("'y']: use a date.")


@pytest.mark.parametrize("pattern", ["(", "a{99999999999}", "(" * 5000 + ")" * 5000])
def test_a_bad_regular_expression_is_a_bad_option(pattern):
    """Python refuses what is too large or too deep by errors of other kinds."""
    with pytest.raises(BadInput, match="use a regular expression"):
        operation.searched({"name": pattern}, "name")


@pytest.mark.filterwarnings("error")
def test_what_a_later_python_may_read_otherwise_searches_silently():
    assert operation.searched({"name": "[[a]"}, "name")("xay")
