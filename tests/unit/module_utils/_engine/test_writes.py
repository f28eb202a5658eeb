# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The writes of a resource that names its paths itself."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Field
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Change, Resource
from ansible_collections.dockhand.quay.plugins.module_utils._engine.writes import Create, carry, each, replace_list

GRANTS = Field("grants", "list", identity=lambda grant: grant["name"])
DOOR = Resource("door", "{name}", (Field("name"),), (Field("color"), Field("width", "int"), GRANTS))
PATH = "/doors/{name}"
GIVE = each(
    "grants",
    "key {key}",
    ("PUT", PATH + "/keys/{key}"),
    ("DELETE", PATH + "/keys/{key}"),
    lambda grant: {"key": grant["name"]},
    lambda _change, grant: grant.get("times", 1),
)


def change(before, after):
    differs = frozenset(name for name in after if before.get(name) != after[name])
    return Change(DOOR, {"name": "a/b"}, before, {**before, **after}, differs)


def sent(steps):
    return [(step.method, step.path, step.body) for step in steps]


def test_a_creation_leaves_out_what_has_no_value_but_not_what_is_empty():
    create = Create("POST", "/doors", {"color": "paint", "width": "w"}, {"name": "id"})
    (step,) = create(change({}, {"color": "", "width": None}))
    assert (step.path, step.body, step.purpose) == ("/doors", {"id": "a/b", "paint": ""}, "create door a/b")


def test_a_change_carries_what_differs_and_what_quay_insists_on():
    write = carry("set", "PUT", PATH, "color", always=("color",), width="w")
    assert sent(write(change({"color": "red", "width": 1}, {"width": 2}))) == [
        ("PUT", "/doors/a%2Fb", {"color": "red", "w": 2})
    ]
    assert sent(write(change({"color": "red", "width": 1}, {"color": "red"}))) == []
    clears = carry("set", "PUT", PATH, "color")
    assert sent(clears(change({"color": "red"}, {"color": None}))) == [("PUT", "/doors/a%2Fb", {"color": None})]


def test_entries_are_added_and_changed_before_others_are_removed():
    """Somebody who gets one right for another is never without any."""
    present = [{"name": "ann", "role": "read"}, {"name": "bob", "role": "read", "times": 2}]
    wanted = [{"name": "ann", "role": "admin"}, {"name": "cid", "role": "read"}]
    assert sent(GIVE(change({"grants": present}, {"grants": wanted}))) == [
        ("PUT", "/doors/a%2Fb/keys/ann", None),
        ("PUT", "/doors/a%2Fb/keys/cid", None),
        ("DELETE", "/doors/a%2Fb/keys/bob", None),
        ("DELETE", "/doors/a%2Fb/keys/bob", None),
    ]
    assert not [*GIVE(change({"grants": present}, {"color": "red"}))]


@pytest.mark.parametrize(("before", "after"), [(None, []), ([], None), ([], [])])
def test_no_list_is_an_empty_one(before, after):
    write = replace_list("grants", "set the keys of", PATH + "/keys", "keys")
    assert not [*write(change({"grants": before}, {"grants": after}))]
    (step,) = write(change({"grants": before}, {"grants": [{"name": "ann"}]}))
    assert (step.method, step.body, step.needs) == ("POST", [{"name": "ann"}], "keys")
