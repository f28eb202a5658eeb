# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one option reads, writes and takes."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Field, Trigger, arguments
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Wish

from tests.unit.module_utils._engine.hooks import ENTRY, HOOK, planned, sent


def test_a_secret_is_sent_to_an_entry_that_exists_only_on_demand():
    always = Wish({"secret": "s"}, options={"update_secret": "always"})
    assert sent(planned(HOOK, {"hooks": [ENTRY]}, always))[0][2]["secret"] == "s"
    assert not planned(HOOK, {"hooks": [ENTRY]}, Wish({"secret": "s"})).steps
    assert arguments(HOOK.fields)["update_secret"]["choices"] == ["on_create", "always"]
    assert "failures" not in arguments(HOOK.fields)


def test_a_value_may_be_nested_and_any_part_of_its_way_may_be_missing():
    field = Field("city", on_create="nowhere", api="owner.address.city", canonical=str.lower)
    assert field.read({"owner": {"address": {"city": "Rome"}}}) == "rome"
    for answer in ({}, {"owner": None}, {"owner": {"address": None}}, {"owner": {"address": {"city": None}}}):
        assert field.read(answer) == "nowhere"
    body = {"owner": {"name": "ann"}}
    field.write(body, "rome")
    assert body == {"owner": {"name": "ann", "address": {"city": "rome"}}}


def test_a_set_is_read_as_it_is_since_its_canonical_form_is_of_an_entry():
    field = Field("owners", "list", identity=str, canonical=str.strip, on_create=())
    assert (field.read({"owners": ["ann"]}), field.read({})) == (["ann"], ())


def test_the_newest_answer_that_shows_a_value_counts():
    field = Field("state")
    assert field.latest([{"state": "old"}, {"state": "new"}, {}, None, [], "Created"]) == "new"
    assert field.latest([None, {}]) is None


@pytest.mark.parametrize(
    ("more", "readable", "proven", "stored"),
    [
        ({}, True, True, True),
        ({"computed": True}, True, True, False),
        ({"deferred": True}, True, False, False),
        ({"write_only": "update_it"}, False, False, False),
        ({"trigger": Trigger("ring", "POST", "/")}, False, False, False),
    ],
)
def test_what_is_read_what_is_verified_and_what_is_exported(more, readable, proven, stored):
    field = Field("it", **more)
    assert (field.readable, field.proven, field.stored) == (readable, proven, stored)
