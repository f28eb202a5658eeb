# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What single sections know beyond their resource: loss data, leftovers of accounts, what an export omits."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._objects.default_perm import (
    section as _default_perm_section,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.repository import section as repository_section
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team import section as team_section

UUID = "0b3b6d3c-7a5e-4d6c-9a51-6a3f1c1f9e11"


class Answers:
    """Answers every read by the end of its address."""

    def __init__(self, **answers):
        self.answers = answers

    def get(self, template, _names, _query=None, missing=(), view=None):
        return self.answers[template.rstrip("/").rpartition("/")[2]]


@pytest.mark.parametrize(
    ("tags", "reason"),
    [([], None), ([{"name": "latest", "end_ts": 1}], "it holds images, or its time machine does")],
)
def test_a_repository_is_precious_while_any_image_is_left(tags, reason):
    item = SimpleNamespace(work=SimpleNamespace(names={}))
    assert repository_section.data_loss(Answers(tag={"tags": tags}), item) == reason


def entry(name, kind="user", creator=None):
    return {"delegate": {"name": name, "kind": kind}, "activating_user": creator and {"name": creator}, "role": "read"}


def test_default_permissions_of_deleted_users_are_no_part_of_the_registry():
    listed = [entry("bob"), entry(UUID), entry("devs", "team", UUID), entry("bob"), entry("bob", creator="alice")]
    found = _default_perm_section.listed(Answers(prototypes={"prototypes": listed}), {"name": "ops"})
    assert found == [
        {"name": "bob", "type": "user"},
        {"name": "bob", "type": "user", "creator": "alice"},
    ]


def observed(**facts):
    return SimpleNamespace(work=SimpleNamespace(observed=SimpleNamespace(facts=facts)))


def test_an_export_has_no_grant_that_quay_gives_by_itself():
    grants = [
        {"name": "me", "type": "user", "role": "admin"},
        {"name": "ops+mirror", "type": "user", "role": "write"},
        {"name": "shop+ci", "type": "user", "role": "read"},
        {"name": "devs", "type": "team", "role": "write"},
    ]
    item = observed(caller="me", mirror_robot="ops+mirror")
    item.work.observed.fields, item.work.names = {"perms": grants}, {"namespace": "ops"}
    made = repository_section.exported({"name": "api", "star": True, "perms": grants}, item)
    assert made == {"name": "api", "perms": grants[3:]}


def test_an_export_leaves_the_humans_of_a_synced_team_to_the_directory():
    team = {"name": "devs", "members": ["alice", "ops+ci"]}
    assert team_section.exported(team, observed(synced=True))["members"] == ["ops+ci"]
    assert team_section.exported(team, observed(synced=False)) == team
