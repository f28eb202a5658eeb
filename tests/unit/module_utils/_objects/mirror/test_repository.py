# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Trigger
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Change, Observed, Wish
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput, QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects.mirror import repository, shared
from ansible_collections.dockhand.quay.plugins.module_utils._objects.mirror.repository import REPOSITORY_MIRROR

NAMES = {"name": "ops/base", "repository": "ops/base"}
ENTRY = {
    "is_enabled": True,
    "external_reference": "quay.io/a/b",
    "external_registry_username": None,
    "external_registry_config": {"verify_tls": True},
    "robot_username": "ops+ci",
    "sync_interval": 86400,
    "sync_start_date": "2026-11-01T00:00:00Z",
    "sync_status": "SUCCESS",
    "sync_retries_remaining": 3,
    "root_rule": {"rule_kind": "tag_glob_csv", "rule_value": ["latest"]},
}
NEW = {"external_reference": "quay.io/a/b", "robot_username": "ops+ci", "image_tags": ["latest"]}


class Client:
    """``mirror`` is what Quay shows, and ``grant`` what the robot may do."""

    def __init__(self, mirror=None, grant=None):
        self.mirror, self.grant = mirror, grant

    def get(self, template, _names, _query=None, missing=(), view=None):
        if template == repository.PATH:
            return self.mirror
        return {"name": "base", "namespace": "ops"} if template == "/repository/{+repository}" else self.grant


def steps(monkeypatch, client, lacks="", **fields):
    monkeypatch.setattr(repository, "lack", lambda _client, _name: lacks)
    wish = Wish(fields)
    observed = REPOSITORY_MIRROR.observe(client, NAMES, wish)
    adapted = REPOSITORY_MIRROR.adapt(client, NAMES, observed, wish)
    return plan(REPOSITORY_MIRROR, NAMES, observed, adapted).steps


@pytest.mark.parametrize(
    ("lacks", "fields", "timeout"),
    [("", {}, 300), ("", {"skopeo_timeout": 600}, 600), ("Quay 3.15 has it.", {}, None)],
)
def test_a_new_mirror_has_a_timeout_unless_the_server_knows_none(monkeypatch, lacks, fields, timeout):
    """Quay 3.15 and later need it, and earlier ones fail if they get it."""
    grant, creation = steps(monkeypatch, Client(), lacks, **NEW, **fields)
    assert (grant.path, creation.body.get("skopeo_timeout_interval")) == (
        "/repository/ops/base/permissions/user/ops%2Bci",
        timeout,
    )


@pytest.mark.parametrize(
    ("grant", "count"), [(None, 2), ({"role": "read"}, 2), ({"role": "write"}, 1), ({"role": "admin"}, 1)]
)
def test_a_robot_that_may_write_already_gets_no_grant(monkeypatch, grant, count):
    assert len(steps(monkeypatch, Client(grant=grant), **NEW)) == count


def test_what_a_new_mirror_needs_is_named_at_once(monkeypatch):
    with pytest.raises(QuayError, match="external_reference, image_tags must be specified"):
        steps(monkeypatch, Client(), robot_username="ops+ci")


def test_while_it_synchronizes_nothing_is_changed(monkeypatch):
    running = {**ENTRY, "sync_status": "SYNCING"}
    assert not steps(monkeypatch, Client(running), sync_interval=60)
    assert steps(monkeypatch, Client(running), sync_interval=60, cancel_sync=True)
    assert steps(monkeypatch, Client(ENTRY), sync_interval=60)


def body(monkeypatch, **fields):
    with_user = {**ENTRY, "external_registry_username": "reader"}
    return steps(monkeypatch, Client(with_user), **fields)[0].body


def test_a_password_goes_with_its_user(monkeypatch):
    change = body(monkeypatch, external_registry_password="x", is_enabled=True)
    assert (change["external_registry_username"], change["external_registry_password"]) == ("reader", "x")
    change = body(monkeypatch, external_registry_username=None)
    assert change["external_registry_password"] is None


def test_a_start_that_has_passed_is_not_set_back(monkeypatch):
    """Quay moves the date on with each synchronization."""
    assert not steps(monkeypatch, Client(ENTRY), sync_start_date="2026-10-01T00:00:00Z")
    assert steps(monkeypatch, Client(ENTRY), sync_start_date="2040-10-01T00:00:00Z")
    assert steps(monkeypatch, Client({**ENTRY, "sync_start_date": None}), sync_start_date="2026-10-01T00:00:00Z")


@pytest.mark.parametrize("name", ["https://quay.io/a", "quay.io", "/a", "quay.io/", "quay.io/a b", ""])
def test_a_reference_is_a_host_and_a_path(name):
    assert repository.reference_rule(name)


def test_a_robot_of_another_namespace_cannot_write_there():
    shared.check_robot({"robot_username": None}, "ops")
    with pytest.raises(BadInput, match=r"robot_username: invalid value 'opsy\+ci': use a robot account of ops"):
        shared.check_robot({"robot_username": "opsy+ci"}, "ops")


def test_the_first_proxy_is_sent_twice():
    """Quay only prepares the place for it at first."""
    facts = {"entry": {"external_registry_config": {}}}
    change = Change(REPOSITORY_MIRROR, NAMES, {}, {}, frozenset({"http_proxy"}), Observed({}, facts))
    assert repository.loses_proxy(change)
    facts["entry"]["external_registry_config"]["proxy"] = {}
    assert not repository.loses_proxy(change)


def test_one_that_runs_is_not_started_and_one_that_does_not_is_not_cancelled(monkeypatch):
    def verbs(status, *names):
        found = steps(monkeypatch, Client({**ENTRY, "sync_status": status}), **dict.fromkeys(names, True))
        return [step.path.rpartition("/")[2] for step in found]

    assert isinstance(next(one.trigger for one in REPOSITORY_MIRROR.fields if one.name == "force_sync"), Trigger)
    assert verbs("SUCCESS", "force_sync") == ["sync-now"] and verbs("SUCCESS", "cancel_sync") == []
    assert verbs("SYNC_NOW", "force_sync") == [] and verbs("SYNCING", "cancel_sync") == ["sync-cancel"]
