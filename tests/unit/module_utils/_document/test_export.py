# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an export has of a toy registry, and what it leaves out."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.workers import Workers
from ansible_collections.dockhand.quay.plugins.module_utils._document.export import Exporter, _without_defaults
from ansible_collections.dockhand.quay.plugins.module_utils._document.reader import DocumentReader
from ansible_collections.dockhand.quay.plugins.module_utils._document.section import Entry, Export, Section
from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Field
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Resource
from ansible_collections.dockhand.quay.plugins.module_utils._errors import FeatureOff, Forbidden

from tests.unit.module_utils._document.boxes import BOXES, LIDS, Registry

TOPS = {"boxes": [{"name": "a"}, {"name": "b"}]}


def exported(client, tops=None, sections=(BOXES, LIDS), defaults=False, only=("boxes", "lids")):
    workers = Workers(client, 2)
    try:
        exporter = Exporter(client, workers, DocumentReader(sections), only, defaults)
        return exporter.document(tops or TOPS), exporter
    finally:
        workers.close()


def registry(**more):
    red = {"color": "red", "owners": []}
    return Registry(boxes__a=red, boxes__b={"color": "white", "owners": ["ann"]}, boxes__a__lids__x={"color": "white"})


def test_defaults_and_empty_lists_are_left_out_unless_asked_for():
    (a, b) = exported(registry())[0]["boxes"]
    assert a == {"name": "a", "color": "red", "lids": [{"name": "x"}]}
    assert b == {"name": "b", "owners": ["ann"]}
    (a, b) = exported(registry(), defaults=True)[0]["boxes"]
    assert a == {"name": "a", "color": "red", "owners": [], "lids": [{"name": "x", "color": "white"}]}
    assert b["lids"] == []


def test_a_list_that_cannot_be_read_is_left_out_and_an_entry_keeps_its_name():
    client = registry()
    client.refuse["GET /boxes/b/lids"] = Forbidden("No rights to lids.", 403, "")
    client.refuse["GET /boxes/a/lids/x"] = Forbidden("No rights to lid x.", 403, "")
    document, exporter = exported(client, defaults=True)
    assert [box.get("lids") for box in document["boxes"]] == [[{"name": "x"}], None]
    assert exporter.unreadable == {"lids of box b": "No rights to lids.", "lid a/x": "No rights to lid x."}


def test_what_the_server_has_not_at_all_is_no_gap():
    client = registry()
    client.refuse["GET /boxes/a/lids"] = client.refuse["GET /boxes/b/lids"] = FeatureOff("No lids.", 404, "")
    document, exporter = exported(client)
    assert exporter.unreadable == {} and not any("lids" in box for box in document["boxes"])


def test_what_was_named_and_is_not_there_is_told_and_what_was_just_deleted_is_not():
    document, exporter = exported(registry(), {"boxes": [{"name": "a"}, {"name": "gone"}]})
    assert [box["name"] for box in document["boxes"]] == ["a"]
    assert exporter.unreadable == {"box gone": "it does not exist"}


def test_an_unreachable_name_is_kept_since_a_shorter_list_would_mean_deletions():
    client = registry()
    document, _exporter = exported(client, {"boxes": [{"name": "bad"}]})
    assert document["boxes"] == [{"name": "bad"}]
    assert "/boxes/bad" not in client.asked


def test_sections_say_what_they_leave_out():
    export = Export(
        entry=lambda entry, _item: {name: value for name, value in entry.items() if name != "color"},
        omitted=lambda item: [f"No color of {item.title}."],
    )
    document, exporter = exported(
        registry(), sections=(dataclasses.replace(BOXES, export=export), LIDS), only=("boxes",)
    )
    assert document["boxes"] == [{"name": "a"}, {"name": "b", "owners": ["ann"]}]
    assert exporter.omitted == ["No color of box a.", "No color of box b."]


OPTIONS = {"type": {"default": "user"}, "name": {"required": True, "default": "x"}}
CACHE = Section(
    "cache",
    Resource(
        "cache",
        "{box}",
        (Field("box"), Field("title", spec={"default": ""})),
        (
            Field("days", "int", spec={"default": 7}),
            Field("ttl", "int", on_create=86400, shown=lambda seconds: f"{seconds // 86400}d"),
            Field("owners", "list", identity=str),
            Field("config", "dict", spec={"options": OPTIONS}),
            Field("perms", "list", spec={"elements": "dict", "options": OPTIONS}),
        ),
    ),
    single=True,
    inherits={"box": "name"},
    entry=Entry(options={"mode": {"default": "x"}}),
)


@pytest.mark.parametrize(
    ("entry", "initial", "left"),
    [
        ({"title": "", "ttl": "2d"}, {}, {"ttl": "2d"}),
        ({"days": 7, "ttl": "1d", "owners": [], "mode": "x", "config": {}}, {}, {"config": {}}),
        ({"days": 8, "mode": "y"}, {}, {"days": 8, "mode": "y"}),
        # What Quay itself gives to a new one counts, and what nobody knows is no default.
        ({"ttl": "2d", "days": 1}, {"ttl": 2 * 86400}, {"days": 1}),
        ({"ttl": "1d"}, {"ttl": None}, {"ttl": "1d"}),
        ({"owners": ["a"], "days": 1}, {"owners": ["a"]}, {"days": 1}),
        # What is required there is never a default.
        ({"config": {"type": "user", "name": "x"}}, {}, {"config": {"name": "x"}}),
        (
            {"perms": [{"type": "user", "name": "x"}, {"type": "team"}]},
            {},
            {"perms": [{"name": "x"}, {"type": "team"}]},
        ),
        # A mapping says by being there that there is one.
        ({"ttl": "1d", "days": 7}, {}, {"ttl": "1d"}),
        ({}, {}, {}),
    ],
)
def test_what_is_only_a_default(entry, initial, left):
    assert _without_defaults(CACHE, entry, initial) == left
