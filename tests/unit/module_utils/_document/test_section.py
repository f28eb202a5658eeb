# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A plain kind is a short section; its parts say the rest."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._document.reader import DocumentReader
from ansible_collections.dockhand.quay.plugins.module_utils._document.section import Returned, Section, below, listing
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Field, Observed, Resource

ORGANIZATION = Resource("organization", "{name}", (Field("name", required=True),), (), lambda *_: Observed(None), list)
APPLICATION = dataclasses.replace(
    ORGANIZATION,
    kind="application",
    label="{organization}/{name}",
    keys=(Field("organization", required=True), Field("name", required=True)),
    fields=(Field("description"),),
)
LIMIT = dataclasses.replace(ORGANIZATION, kind="limit", keys=(Field("organization"),), fields=(Field("size", "int"),))
APPLICATIONS = below(
    "organizations",
    APPLICATION,
    inherits={"organization": "name"},
    listed=listing("/organization/{name}/applications", "applications", lambda one: {"name": one["name"]}, list),
    returned=Returned(once={"client_secrets": "client_secret"}),
)
READER = DocumentReader(
    [Section("organizations", ORGANIZATION), APPLICATIONS, below("organizations", LIMIT, {"organization": "name"})]
)


def read(**entry):
    return READER.read({"organizations": [{"name": "ops", **entry}, {"name": "shop", **entry}]})


def test_a_plain_kind_is_a_list():
    document = read(applications=[{"name": "ci", "description": "x"}])
    assert document.faults == []
    assert [item.label for item in document.named("applications")] == ["ops/ci", "shop/ci"]
    assert document.named("applications")[0].params["organization"] == "ops"
    (fault, _other) = read(applications=[{"name": "ci", "organization": "else"}]).faults
    assert "organizations[ops].applications[ci]: unsupported: organization." in fault


def test_a_kind_without_keys_of_its_own_is_a_mapping():
    (item, _other) = read(limit={"size": 5}).named("limit")
    assert (item.path, item.params["size"], item.params["organization"]) == ("organizations[ops].limit", 5, "ops")
    assert item.section.listed(None, {}) == [{}]


def test_a_list_is_sorted_and_is_read_as_a_whole():
    class Client:
        def get(self, template, names, missing, view):
            assert (template, names, missing) == ("/organization/{name}/applications", {"name": "ops"}, ())
            assert view is list
            return {"applications": [{"name": "web", "id": 1}, {"name": "ci", "id": 2}]}

    assert APPLICATIONS.listed(Client(), {"name": "ops"}) == [{"name": "ci"}, {"name": "web"}]


def test_what_is_returned_once_is_keyed_by_the_full_name():
    from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import _with

    shown = {"client_secrets": {}}
    for number, item in enumerate(read(applications=[{"name": "ci"}]).named("applications")):
        shown = _with(shown, item, {"client_secret": f"secret{number}"})
    assert shown == {"client_secrets": {"ops/ci": "secret0", "shop/ci": "secret1"}}


@pytest.mark.parametrize(("name", "kind"), [("applications", "list"), ("limit", "dict")])
def test_sections_are_options_of_their_parent(name, kind):
    (section,) = (one for one in READER.sections if one.name == name)
    assert section.argument()["type"] == kind
