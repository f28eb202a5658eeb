# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether an answer is one of Quay's. tests/contract/test_answers.py holds the same against recordings."""

from __future__ import annotations

import importlib
import pathlib
import time

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client import views
from ansible_collections.dockhand.quay.plugins.module_utils._client.check import NOTHING, wrong, wrong_write
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team.members import MembersView

PACKAGE = "ansible_collections.dockhand.quay.plugins.module_utils"
MODULE_UTILS = pathlib.Path(__file__).parents[4] / "plugins" / "module_utils"
FOREIGN = {"name": "payments", "email": "", "is_admin": False}
ORGANIZATION = {**FOREIGN, "is_admin": True, "teams": {}, "tag_expiration_s": 1209600}
TEAM = {"name": "devs", "role": "admin", "description": "", "repo_count": 0, "member_count": 1, "is_synced": False}
QUOTA = {"id": 1, "limit_bytes": 10, "limits": [{"id": 2, "type": "Reject", "limit_percent": 90}]}
QUOTAS = "in quotas, in limits, "
BOT = {"kind": "user", "name": "payments+ci", "is_robot": True}
INVITED = {"kind": "invite", "email": "a@b.org"}
REPOSITORY = {
    "namespace": "payments",
    "name": "api",
    "description": None,
    "is_public": False,
    "kind": "image",
    "state": "NORMAL",
    "last_modified": 1790000000,
}
PROTOTYPE = {"id": "1", "role": "read", "delegate": {"name": "devs", "kind": "team"}, "activating_user": None}


@pytest.mark.parametrize(
    ("answer", "view", "why"),
    [
        (ORGANIZATION, views.OrganizationView, ""),
        ({**ORGANIZATION, "teams": {"devs": TEAM}, "new_in_4": []}, views.OrganizationView, ""),
        ({**ORGANIZATION, "tag_expiration_s": 1209600.0}, views.OrganizationView, ""),
        (FOREIGN, views.OrganizationView, ""),
        ({**FOREIGN, "is_admin": True}, views.OrganizationView, "it has no tag_expiration_s"),
        ([], views.OrganizationView, "it is a list"),
        ("Created", views.OrganizationView, "it is a text"),
        ({"name": "payments"}, views.OrganizationView, "it has no is_admin"),
        ({**ORGANIZATION, "name": 1}, views.OrganizationView, "in name, it is a number"),
        ({**ORGANIZATION, "is_admin": 1}, views.OrganizationView, "in is_admin, it is a number"),
        ({**ORGANIZATION, "teams": ["devs"]}, views.OrganizationView, "in teams, it is a list"),
        (
            {**ORGANIZATION, "teams": {"devs": {"name": "devs"}}},
            views.OrganizationView,
            "in teams, it has no description",
        ),
        ({**ORGANIZATION, "quotas": [QUOTA]}, views.OrganizationView, ""),
        ({**ORGANIZATION, "quotas": [{**QUOTA, "limits": "none"}]}, views.OrganizationView, QUOTAS + "it is a text"),
        ({**ORGANIZATION, "quotas": [{**QUOTA, "limits": [{}]}]}, views.OrganizationView, QUOTAS + "it has no id"),
        ({"prototypes": [PROTOTYPE]}, views.PrototypesView, ""),
        ({"prototypes": [{**PROTOTYPE, "activating_user": {"name": "a"}}]}, views.PrototypesView, ""),
        (
            {"prototypes": [{**PROTOTYPE, "delegate": None}]},
            views.PrototypesView,
            "in prototypes, in delegate, it is null",
        ),
        ({"members": [BOT, INVITED]}, MembersView, ""),
        ({"members": [INVITED, {"kind": "user", "name": "alice"}]}, MembersView, "in members, it has no is_robot"),
        ({"members": [{"kind": "invite"}]}, MembersView, "in members, it has no email"),
        ({"members": [{**BOT, "kind": "cat"}]}, MembersView, "in members, in kind, it is none of user, invite"),
        ({"members": [{**BOT, "kind": []}]}, MembersView, "in members, in kind, it is a list"),
        ({"members": ["alice"]}, MembersView, "in members, it is a text"),
        ([REPOSITORY], list[views.RepositoryView], ""),
        ([REPOSITORY, {}], list[views.RepositoryView], "it has no description"),
    ],
)
def test_reads(answer, view, why):
    assert wrong(answer, view) == why


def test_every_view_can_be_checked():
    views_seen = set()
    # Those of rooms come before those that they share, whose names must not help.
    for file in sorted(MODULE_UTILS.rglob("*.py"), reverse=True):
        module = ".".join(file.relative_to(MODULE_UTILS).with_suffix("").parts)
        found = vars(importlib.import_module(f"{PACKAGE}.{module}"))
        views_seen |= {name for name, view in found.items() if name.endswith("View") and wrong(None, view)}
    assert {"TriggersView", "MembersView", "OrganizationView", "KeysView"} <= views_seen


def test_a_thousand_repositories_are_checked_in_about_a_millisecond():
    many = [dict(REPOSITORY) for _number in range(1000)]
    wrong(many, list[views.RepositoryView])

    def seconds():
        begin = time.perf_counter()
        assert wrong(many, list[views.RepositoryView]) == ""
        return time.perf_counter() - begin

    # The best of several, with room for a busy machine.
    assert min(seconds() for _attempt in range(20)) < 0.004


@pytest.mark.parametrize(
    ("call", "answer", "why"),
    [
        ("POST /organization/", "Created", ""),
        ("POST /organization/", NOTHING, "it is empty"),
        ("POST /organization/", {"status": "ok"}, "it is an object"),
        ("POST /organization/", None, "it is null"),
        ("DELETE /organization/payments", NOTHING, ""),
        ("DELETE /organization/payments", {"status": "ok"}, "it has a body"),
        ("DELETE /organization/payments/proxycache", "Deleted", ""),
        ("DELETE /organization/payments/proxycache", NOTHING, "it is empty"),
        ("PUT /organization/payments/team/devs", TEAM, ""),
        ("PUT /organization/payments/team/devs", {"success": True}, "it has no name"),
        ("PUT /organization/payments/autoprunepolicy/1", NOTHING, ""),
        ("PUT /organization/payments/autoprunepolicy/1", {}, "it has a body"),
        ("DELETE /repository/payments/api/autoprunepolicy/1", {"uuid": "1"}, ""),
        # On Quay 3.10 it reaches the repository route, which does nothing.
        ("DELETE /repository/payments/api/autoprunepolicy/1", NOTHING, "it is empty"),
        ("POST /repository/payments/web/shop/changevisibility", {"success": True}, ""),
        ("POST /repository/payments/web/shop/changevisibility", None, "it is null"),
        ("PUT /repository/payments/web/shop", {"success": True}, ""),
        ("PUT /repository/payments/api/permissions/user/alice", {"role": "read"}, ""),
        ("POST /repository/payments/api/build/", {"id": "1", "phase": "waiting"}, ""),
        ("DELETE /repository/payments/api/build/1", "Okay", ""),
        ("POST /something/new", {"any": 1}, ""),
        ("POST /something/new", NOTHING, "it is empty"),
        ("POST /something/new", None, "it is null"),
    ],
)
def test_writes(call, answer, why):
    assert wrong_write(*call.split(" "), answer) == why
