# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime as dt

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Wish
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects.service_key import resource
from ansible_collections.dockhand.quay.plugins.module_utils._objects.service_key.resource import (
    SERVICE_KEY,
    expiration_rule,
    name_rule,
    returns,
    service_rule,
)

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.timezone.utc)
KEY = {
    "kid": "b",
    "name": "ci",
    "service": "builder",
    "metadata": {"created_by": "x", "ip": "1", "team": "ops"},
    "created_date": "",
    "expiration_date": None,
    "approval": {},
}
EXPIRED = {**KEY, "kid": "a", "expiration_date": "Mon, 23 Nov 2026 00:00:00 -0000"}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(resource, "this_second", lambda: NOW)


class Client:
    def __init__(self, *keys):
        self.keys = keys

    def get(self, *_call, **_options):
        return {"keys": [*self.keys]}


def planned(keys, kid=None, notes="", **fields):
    names, wish = {"kid": kid, "title": kid or "ci of builder"}, Wish(fields, options={"notes": notes})
    observed = SERVICE_KEY.observe(Client(*keys), names, wish)
    adapted = SERVICE_KEY.adapt(Client(), names, observed, wish)
    return plan(SERVICE_KEY, names, observed, adapted).steps


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("never", True),
        ("2027-11-24T10:00:00Z", True),
        ("2026-11-23", False),
        ("30d", False),
        ("tomorrow", False),
        ("", False),
    ],
)
def test_an_expiration_is_a_time_to_come_and_no_age(text, good):
    """An age would mean another time in each run."""
    assert bool(expiration_rule(text)) != good


def test_names_and_services_are_those_of_quay():
    assert [name for name in ("ci", " ", "", "a/b:c_d-e f", "ü", "a.b") if not name_rule(name)] == ["ci", "a/b:c_d-e f"]
    assert [name for name in ("quay", "Quay", "a-b", "a_1", "") if not service_rule(name)] == ["quay", "a_1"]


def test_one_that_is_valid_counts_before_one_that_has_expired():
    (step,) = planned([EXPIRED, KEY], name="ci", service="builder", expiration=1_900_000_000)
    assert (step.method, step.path) == ("PUT", "/superuser/keys/b")
    assert step.body == {"expiration": 1_900_000_000}
    assert planned([EXPIRED, KEY], name="ci", service="builder") == ()


def test_metadata_is_added_to_and_quays_own_is_not_counted():
    assert planned([KEY], "b", metadata={"team": "ops"}) == ()
    (step,) = planned([KEY], "b", metadata={"stage": "test"})
    assert step.body == {"name": "ci", "metadata": {"team": "ops", "stage": "test"}}


def test_a_new_key_that_never_expires_has_null_and_an_unapproved_one_is_approved():
    (step,) = planned([], name="ci", service="builder", expiration=0, notes="for CI")
    assert (step.body["expiration"], step.body["notes"]) == (None, "for CI")
    (step,) = planned([{**KEY, "approval": None}], "b", approved=True, notes="ok")
    assert (step.path, step.body) == ("/superuser/approvedkeys/b", {"notes": "ok"})


def test_an_id_creates_nothing():
    with pytest.raises(QuayError, match="There is no service key x. To create a key, leave out kid"):
        planned([KEY], "x", name="ci")


def test_the_private_part_is_returned_of_a_new_key_only():
    made = {"kid": "n", "public_key": "p", "private_key": "s"}
    assert returns(Observed(None), [None, made, {}]) == made
    assert returns(Observed(None), []) == dict.fromkeys(made)
    assert returns(Observed({}, {"entry": KEY}), [{"kid": "b", "private_key": "x"}]) == {"kid": "b"}
