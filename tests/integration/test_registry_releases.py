# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole registries on older releases: nothing is lost there, and a plan promises only what the server can do."""

from __future__ import annotations

import pytest

from tests.integration.emulator import TOKEN
from tests.integration.registries import apply, as_user, document, export, failure, payments, written
from tests.integration.server import API, Quay

TEN, MONTH = {"method": "tags", "value": "10"}, {"method": "date", "value": "30d"}
PLACES = {
    "organization/payments": lambda prune: payments(prune=prune),
    "repository/payments/api": lambda prune: payments(repositories=[{"name": "api", "prune": prune}]),
}
SEVERAL = "Several auto-prune policies in one place (append: false replaces the one that is there) need Quay 3.13 "


@pytest.fixture
def old(emulator):
    """The connection to a server of release 3.12."""
    emulator.fresh({"release": "3.12"}, ("alice", "bob"))
    return {"quay_host": emulator.url, "quay_token": TOKEN}


def policies(emulator, place):
    """Method and id of each policy of a place."""
    listed = Quay(emulator.url, {"quay_token": TOKEN}).ask("GET", f"{API}/{place}/autoprunepolicy/")["policies"]
    return [(policy["method"], policy["uuid"]) for policy in listed]


@pytest.mark.parametrize("place", PLACES)
def test_an_exclusive_policy_replaces_the_one_in_its_place(emulator, old, place):
    apply(old, PLACES[place]([TEN]))
    ((_method, uuid),) = policies(emulator, place)
    written(emulator)
    (line,) = apply(old, PLACES[place]([MONTH]), exclusive=["prune"])["plan"]
    assert line["declared"]
    assert [method for method, _path in written(emulator)] == ["PUT"]
    assert policies(emulator, place) == [("creation_date", uuid)]
    assert apply(old, PLACES[place]([MONTH]), exclusive=["prune"])["plan"] == []


def test_a_replaced_policy_counts_as_a_deletion(emulator, old):
    apply(old, payments(prune=[TEN]))
    error = failure(old, payments(prune=[MONTH]), exclusive=["prune"], max_deletions=0)
    assert str(error).endswith("this would delete 1: organization prune tags of payments.")
    assert [method for method, _uuid in policies(emulator, "organization/payments")] == ["number_of_tags"]


def test_a_protected_policy_stays(emulator, old):
    apply(old, payments(prune=[TEN]))
    error = failure(old, payments(prune=[MONTH]), exclusive=["prune"], protect=["tags of payments"])
    assert SEVERAL in str(error)
    assert [method for method, _uuid in policies(emulator, "organization/payments")] == ["number_of_tags"]


@pytest.mark.parametrize("exclusive", [[], ["prune"]])
def test_a_pattern_does_not_cost_the_policy_that_is_there(emulator, old, exclusive):
    apply(old, payments(prune=[TEN]))
    error = failure(old, payments(prune=[{**MONTH, "tag_pattern": "^pr-"}]), exclusive=exclusive)
    assert "Tag patterns of auto-prune policies need Quay 3.13 or later" in str(error)
    assert [method for method, _uuid in policies(emulator, "organization/payments")] == ["number_of_tags"]


@pytest.mark.parametrize("exclusive", [[], ["prune"]])
@pytest.mark.parametrize("place", PLACES)
def test_two_policies_in_one_place_are_refused_before_anything_is_sent(emulator, old, place, exclusive):
    error = failure(old, PLACES[place]([TEN, MONTH]), exclusive=exclusive)
    assert str(error).startswith(f"Nothing was changed: {SEVERAL}")
    assert written(emulator) == []


def test_two_policies_do_not_cost_the_one_that_is_there(emulator, old):
    apply(old, payments(prune=[{"method": "tags", "value": "20"}]))
    written(emulator)
    error = failure(old, payments(prune=[TEN, MONTH]), exclusive=["prune"])
    assert str(error).startswith(f"Nothing was changed: {SEVERAL}")
    assert written(emulator) == []


def test_an_export_has_all_robots_and_deletes_none(emulator, old):
    apply(old, payments(robots=[{"name": "one"}, {"name": "two"}]))
    written(emulator)
    exported = export(old, "payments")
    assert [robot["name"] for robot in exported["organizations"][0]["robots"]] == ["one", "two"]
    assert apply(old, exported, exclusive=["robots", "teams", "prune", "repositories"])["plan"] == []
    assert written(emulator) == []


@pytest.mark.parametrize("release", ["3.9", "3.12"])
def test_the_organization_of_somebody_else_shows_nothing_to_a_superuser(emulator, old, release):
    emulator.switch("POST", "settings", {"release": release})
    apply(as_user(emulator, old, "alice"), document(hers={"teams": [{"name": "devs"}]}))
    written(emulator)
    error = failure(old, document(hers={"teams": [], "robots": []}), exclusive=["teams", "robots"])
    assert "up to Quay 3.15, a superuser sees nothing of organizations of others. Use the credentials" in str(error)
    assert written(emulator) == []
