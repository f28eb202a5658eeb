# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import Plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Step, Wish
from ansible_collections.dockhand.quay.plugins.module_utils._objects.default_perm.section import (
    exported,
    listed,
    predict,
)

UUID = "3f2b4d1e-7a80-4c1d-9e5f-0a1b2c3d4e5f"
NAMES = {"organization": "ops", "name": "bob", "type": "user", "creator": None}


def entry(number, role="read", name="bob", kind="user", creator=None):
    by = {"name": creator} if creator else None
    return {"id": number, "role": role, "delegate": {"name": name, "kind": kind}, "activating_user": by}


class Reads:
    def __init__(self, *entries):
        self.entries, self.learned = entries, None

    def get(self, *_call, **_options):
        return {"prototypes": [*self.entries]}

    def learn(self, answers):
        (self.learned,) = answers.values()


def test_each_receiver_is_listed_once_without_what_deleted_users_leave():
    client = Reads(
        entry("1"),
        entry("2", "admin"),
        entry("3", creator="ann"),
        entry("4", name="devs", kind="team"),
        entry("5", name=UUID),
        entry("6", creator=UUID),
    )
    assert listed(client, {"name": "ops"}) == [
        {"name": "devs", "type": "team"},
        {"name": "bob", "type": "user"},
        {"name": "bob", "type": "user", "creator": "ann"},
    ]


def future(present, seen=(), steps=1, state="present", keep_twins=False, role="write"):
    """The default permissions as later plans find them, by id."""
    reads = Reads(*present)
    facts = {"entry": seen[0], "twins": [*seen[1:]]} if seen else {}
    work = SimpleNamespace(
        names=NAMES,
        observed=Observed({} if seen else None, facts),
        planned=Plan((Step("PUT", "/", None, ""),) * steps, outcome={"role": role}),
        wish=Wish({}, keep_twins=keep_twins),
    )
    predict(reads, SimpleNamespace(work=work, path="new", removes=state == "absent"))
    learned = reads.learned or {"prototypes": present}
    return {one["id"]: one["role"] for one in learned["prototypes"]}


@pytest.mark.parametrize(
    ("wanted", "roles"),
    [
        ({"steps": 0}, {"1": "read", "2": "admin", "3": "read"}),
        ({}, {"1": "write", "3": "read"}),
        ({"keep_twins": True}, {"1": "write", "2": "admin", "3": "read"}),
        ({"state": "absent"}, {"3": "read"}),
    ],
)
def test_later_plans_see_what_new_repositories_will_get(wanted, roles):
    twins = (entry("1"), entry("2", "admin"))
    assert future([*twins, entry("3", name="devs", kind="team")], twins, **wanted) == roles


def test_a_new_one_comes_last_and_keeps_what_is_there():
    assert future([entry("3", name="devs", kind="team")]) == {"3": "read", "new": "write"}


def test_of_twins_an_export_has_the_first_which_counts():
    work = SimpleNamespace(observed=Observed({"role": "read, admin"}, {"entry": entry("1", "admin")}))
    assert exported({"name": "bob", "role": "read, admin"}, SimpleNamespace(work=work))["role"] == "admin"
