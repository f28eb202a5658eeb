# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Robots and repositories of other organizations, which lists name without saying whose; and open invitations."""

from __future__ import annotations

import pytest
import requests

from tests.integration.emulator import TOKEN
from tests.integration.registries import apply, document, export, payments, written

ROBOT = {"name": "ci"}
READS = [{"name": "payments+ci", "role": "read"}]
#: Of each organization the lists show its own robot in a team "deployers", and the count of members agrees.
CROSSED = document(
    payments={"robots": [ROBOT], "teams": [{"name": "deployers", "members": ["shop+ci"]}]},
    shop={"robots": [ROBOT], "teams": [{"name": "deployers", "members": ["payments+ci"]}]},
)
#: Quay takes a robot of another organization for a default permission only, and so it comes to hold a grant.
GIVEN = document(
    shop={
        "default_perms": [{"name": "payments+ci", "role": "write"}],
        "repositories": [{"name": "web", "perms": [{"name": "payments+ci", "role": "write"}]}],
    },
)


def read(emulator, path):
    answer = requests.get(f"{emulator.url}/api/v1{path}", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=10)
    answer.raise_for_status()
    return answer.json()


def members(emulator, team):
    listed = read(emulator, f"/organization/{team}/members?includePending=true")["members"]
    return sorted(one.get("email") or one["name"] for one in listed)


def roles(emulator, repository):
    permissions = read(emulator, f"/repository/{repository}/permissions/user/")["permissions"]
    return {name: row["role"] for name, row in permissions.items() if name != "quayadmin"}


def test_teams_that_hold_each_others_robots_are_exported(quay):
    apply(quay, CROSSED)
    exported = export(quay, "payments", "shop", sections=["organizations", "teams"])
    deployers = [
        next(team["members"] for team in organization["teams"] if team["name"] == "deployers")
        for organization in exported["organizations"]
    ]
    assert deployers == [["shop+ci"], ["payments+ci"]]


@pytest.mark.parametrize("options", [{"exclusive": ["members"]}, {}])
def test_a_robot_in_the_team_of_another_organization_is_no_member(emulator, quay, options):
    apply(quay, CROSSED)
    team = {"name": "deployers", "members": ["payments+ci"], "append": bool(options)}
    apply(quay, payments(teams=[team]), **options)
    assert members(emulator, "payments/team/deployers") == ["payments+ci"]


def test_robots_of_a_name_that_only_looks_alike_are_no_members(emulator, quay):
    devs = {"name": "devs"}
    apply(
        quay,
        document(
            a_b={"teams": [devs]},
            axb={"robots": [ROBOT], "teams": [{**devs, "members": ["axb+ci"]}]},
            shop={"robots": [ROBOT]},
        ),
    )
    apply(quay, document(a_b={"teams": [{**devs, "members": ["shop+ci"]}]}))
    apply(quay, document(a_b={"teams": [{**devs, "members": []}]}), exclusive=["members"])
    assert members(emulator, "a_b/team/devs") == []


DECLARED = [{"name": name, "perms": READS} for name in ("web", "lib", "doc")]


@pytest.mark.parametrize("own", [[], [{"name": "payments+ci", "role": "admin"}]])
def test_a_repository_of_the_same_name_elsewhere_is_another(emulator, quay, own):
    apply(
        quay,
        document(
            payments={
                "robots": [ROBOT],
                "repositories": [{"name": "web", "perms": own}, *DECLARED[1:]],
            },
            shop={"default_perms": READS, "repositories": [{"name": "web"}]},
        ),
    )
    declared = payments(repositories=DECLARED)
    (line,) = apply(quay, declared)["plan"]
    assert line["object"] == "repository payments/web"
    assert roles(emulator, "payments/web") == {"payments+ci": "read"}
    assert apply(quay, declared)["plan"] == []


def test_a_foreign_robot_holds_what_a_default_permission_gave(emulator, quay):
    apply(quay, payments(robots=[ROBOT]))
    apply(quay, GIVEN)
    written(emulator)
    assert apply(quay, GIVEN)["plan"] == [] and written(emulator) == []


def test_what_quay_takes_from_nobody_is_not_exported(emulator, quay):
    apply(quay, payments(robots=[ROBOT]))
    apply(quay, GIVEN)
    warnings = []
    exported = export(quay, "shop", warn=warnings.append)
    assert exported["organizations"][0]["repositories"][0]["perms"] == []
    (warning,) = warnings
    assert warning == (
        "The export leaves out what payments+ci may do with repository shop/web: "
        "Quay gives this to robots of other namespaces by default permissions only."
    )
    assert apply(quay, exported)["plan"] == []


@pytest.fixture
def invited(emulator, quay):
    """A team with an open invitation, on a server that mails."""
    emulator.fresh({"FEATURE_MAILING": True}, ("alice",))
    apply(quay, payments(email="payments@example.com", teams=[{"name": "devs", "members": ["eve@example.com"]}]))
    return "payments/team/devs"


@pytest.mark.parametrize("options", [{"exclusive": ["members"]}, {}])
def test_an_open_invitation_that_nobody_declares_is_withdrawn(emulator, quay, invited, options):
    team = {"name": "devs", "members": [], "append": bool(options)}
    assert apply(quay, payments(teams=[team]), **options)["changed"]
    assert members(emulator, invited) == []


@pytest.mark.parametrize("options", [{"exclusive": ["members"]}, {}])
def test_an_open_invitation_is_exported_as_a_member(emulator, quay, invited, options):
    exported = export(quay, "payments", sections=["organizations", "teams"])
    assert exported["organizations"][0]["teams"][0]["members"] == ["eve@example.com"]
    assert apply(quay, exported, **options)["plan"] == []
    assert members(emulator, invited) == ["eve@example.com"]
