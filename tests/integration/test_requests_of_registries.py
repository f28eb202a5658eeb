# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many requests quay_apply and quay_export send: as many as are needed, for organizations of any size."""

from __future__ import annotations

import json
import math
import typing as t

import jsonschema
import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import Context, Operation
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import APPLY
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.export import EXPORT_DOCUMENT

from tests.integration.emulator import TOKEN
from tests.tools.schema import SCHEMA

REPOSITORIES, ROBOTS, TEAMS, WITH_GRANTS = 203, 12, 8, 5
# Nothing but lists: the organization, members, robots, default permissions.
BASE = 4 + math.ceil(REPOSITORIES / 100)
SYNCED = {"group_dn": "cn=devs,ou=groups"}
FEDERATION = [{"issuer": "https://gitlab.example.com", "subject": "api"}]
Entry = dict[str, t.Any]


def run(operation: Operation, url: str, **options: t.Any) -> Entry:
    given = {"quay_host": url, "quay_token": TOKEN, **options}
    params = ArgumentSpecValidator(operation.argument_spec()).validate(given).validated_parameters
    return operation.start(Context(params, False, False, warn=pytest.fail, basedir="."))


def apply(url: str, organization: Entry, **options: t.Any) -> Entry:
    return run(APPLY, url, document={"organizations": [organization]}, **options)


@pytest.fixture
def organization() -> Entry:
    """Teams with members, of which some have a permission on every third repository."""
    grants = [{"name": f"team{number}", "type": "team", "role": "write"} for number in range(WITH_GRANTS)]
    return {
        "name": "payments",
        "email": "payments@example.com",
        "quota": {"quota": "10 GiB", "warning_pct": 80},
        "robots": [{"name": f"robot{number}", "description": "A robot"} for number in range(ROBOTS)],
        "teams": [{"name": f"team{number}", "members": ["alice", "payments+robot1"]} for number in range(TEAMS)],
        "default_perms": [{"name": "team0", "type": "team", "role": "read"}],
        "repositories": [
            {"name": f"repository{number}", "description": "Text", "perms": grants if number % 3 == 0 else []}
            for number in range(REPOSITORIES)
        ],
    }


@pytest.fixture
def sent(emulator) -> t.Callable[..., list[str]]:
    """The requests of a run that finds nothing to change, after one that made everything."""
    directory = {"users": {"alice": {}}, "groups": {SYNCED["group_dn"]: ["alice"]}}
    emulator.fresh({"FEATURE_TEAM_SYNCING": True, "AUTHENTICATION_TYPE": "LDAP", "directory": directory}, ["alice"])

    def again(organization: Entry, **options: t.Any) -> list[str]:
        apply(emulator.url, organization)
        emulator.switch("DELETE", "requests")
        assert not apply(emulator.url, organization, **options)["changed"]
        return [f"{one['method']} {one['path']}" for one in emulator.switch("GET", "requests")]

    return again


def test_lists_are_shared(organization, sent):
    assert len(sent(organization)) == BASE + WITH_GRANTS


def test_tokens_cost_nothing_more(organization, sent):
    assert len(sent(organization, robot_tokens=True)) == BASE + WITH_GRANTS


def test_people_with_permissions(organization, sent):
    for repository in organization["repositories"][:7]:
        repository["perms"] = [{"name": "alice", "role": "read"}]
    assert len(sent(organization)) == BASE + WITH_GRANTS + 1 + 7


def test_robots_with_permissions(organization, sent):
    for repository in organization["repositories"]:
        repository["perms"] = [{"name": f"payments+robot{number}"} for number in range(3)]
    # No team has a permission now; of a robot, one list has the roles, another the repositories that are ours.
    assert len(sent(organization)) == BASE + 2 * 3


def test_synced_teams(organization, sent):
    for number in (6, 7):
        organization["teams"][number] = {"name": f"team{number}", "sync": SYNCED}
    assert len(sent(organization)) == BASE + WITH_GRANTS + 2


def test_federations(organization, sent):
    for number in (3, 4, 5):
        organization["robots"][number]["federations"] = FEDERATION
    assert len(sent(organization)) == BASE + WITH_GRANTS + 3


def test_only_what_is_declared_is_read(organization, sent):
    assert len(sent(organization)) > 2
    assert sent({"name": "payments", "email": "payments@example.com"}) == [
        "GET /api/v1/organization/payments",
        "GET /api/v1/organization/payments/prototypes",
    ]


def test_export(organization, sent, emulator):
    sent(organization)
    emulator.switch("DELETE", "requests")
    sections = ["organizations", "quota", "robots", "teams", "default_perms", "repositories"]
    document = run(EXPORT_DOCUMENT, emulator.url, organizations=["payments"], sections=sections)["document"]
    # Metadata and federations of a robot, and permissions of people on a repository, are in no list.
    # Of a team with a robot, lists do not tell all. The server's settings are known from before.
    limit = BASE + WITH_GRANTS + 2 * ROBOTS + TEAMS + REPOSITORIES
    assert len(emulator.switch("GET", "requests")) == limit
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert not apply(emulator.url, document["organizations"][0])["changed"]
