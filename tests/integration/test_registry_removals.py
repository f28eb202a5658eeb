# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole registries where something is removed: what goes, what is kept, what is refused."""

from __future__ import annotations

import pytest
import requests

from tests.integration.emulator import TOKEN
from tests.integration.registries import NAMED, ORGANIZATION, apply, failure, payments, written


def test_what_goes_with_its_owner_is_not_removed_one_by_one(emulator, quay):
    apply(quay)
    written(emulator)
    less = {**ORGANIZATION, "robots": [{"name": "cd"}], "teams": [], "repositories": [{"name": "api", "perms": []}]}
    options = {"exclusive": ["robots", "teams", "perms"], "max_deletions": 4}
    assert apply(quay, {"organizations": [less]}, **options)["summary"]["delete"] == 2
    api = "/api/v1/organization/payments"
    assert sorted(written(emulator)) == [
        ("DELETE", f"{api}/robots/ci"),
        ("DELETE", f"{api}/team/devs"),
        ("DELETE", "/api/v1/repository/payments/api/permissions/user/payments+cd"),
        ("DELETE", "/api/v1/repository/payments/api/permissions/user/quayadmin"),
    ]
    assert apply(quay, {"organizations": [less]}, **options)["plan"] == []


def test_what_quay_still_needs_is_kept_and_named(emulator, quay):
    apply(quay)
    fault = {"kind": "status", "status": 400, "times": 1, "path": "/robots/ci$", "method": "DELETE"}
    emulator.switch("POST", "misbehave", fault)
    less = {"organizations": [{"name": "payments", "robots": [{"name": "cd"}]}]}
    result = apply(quay, less, exclusive=["robots"])
    (line,) = result["plan"]
    assert (line["object"], line["organization"], line["action"]) == ("robot payments+ci", "payments", "keep")
    assert "Emulated fault" in line["reason"]
    assert not result["changed"]
    assert apply(quay, less, exclusive=["robots"])["summary"]["delete"] == 1


def test_too_many_removals_change_nothing(emulator, quay):
    apply(quay)
    written(emulator)
    none = {"organizations": [{"name": "payments", "email": "new@example.com", "repositories": [], "robots": []}]}
    options = {"exclusive": ["repositories", "robots"]}
    error = failure(quay, none, **options, max_deletions=4)
    assert str(error).startswith("Nothing was changed: max_deletions allows 4, but this would delete 5: ")
    assert written(emulator) == []
    assert apply(quay, none, **options, max_deletions=5)["summary"]["delete"] == 5


def test_a_name_that_means_something_else_to_the_api_is_not_removed(emulator, quay):
    apply(quay)
    body = {"namespace": "payments", "repository": "api/permissions/team/devs", "visibility": "private"}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = f"{emulator.url}/api/v1/repository"
    requests.post(url, json={**body, "description": ""}, headers=headers, timeout=10).raise_for_status()
    (line,) = apply(quay, exclusive=["repositories"])["plan"]
    assert line["action"] == "keep" and "Quay would read 'permissions' as a part of repository" in line["reason"]


def test_what_is_protected_can_be_named_and_stays_in_what_is_new(emulator, quay):
    apply(quay)
    document = payments(
        robots=[{"name": "ci"}],
        default_perms=[{"name": "devs", "type": "team", "role": "write"}],
        repositories=[{"name": "new", "perms": [{"name": "payments+cd", "role": "write"}]}],
    )
    options = {"exclusive": ["robots", "perms"], "protect": ["payments+cd", "devs"]}
    assert apply(quay, document, **options)["summary"]["keep"] == 1
    grants = {"name": "devs", "type": "team", "role": "write"}
    assert apply(quay, payments(repositories=[{"name": "new", "perms": [grants]}]))["plan"] == []


@pytest.fixture
def twins(emulator, quay):
    """A default permission that Quay has three times; the roles in the order in which they were made."""
    apply(quay)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for role in ("admin", "write"):
        body = {"role": role, "delegate": {"kind": "user", "name": "payments+cd"}}
        url = f"{emulator.url}/api/v1/organization/payments/prototypes"
        requests.post(url, json=body, headers=headers, timeout=10).raise_for_status()
    written(emulator)
    return ["read", "admin", "write"]


@pytest.mark.parametrize("role", ["read", "write"])
def test_one_of_the_twins_of_a_default_permission_stays(emulator, quay, twins, role):
    permission = {"name": "payments+cd", "role": role}
    document = payments(default_perms=[permission], repositories=[{"name": "new", "perms": []}])
    options = {"exclusive": ["perms"], "max_deletions": 2}
    predicted = apply(quay, document, check=True, **options)
    assert written(emulator) == []
    done = apply(quay, document, **options)
    assert done["plan"] == predicted["plan"]
    assert done["plan"][0]["fields"] == {"role": {"from": ", ".join(twins), "to": role}}
    # Which one stays is a matter of ids, and it may have another role yet.
    sent = [method for method, path in written(emulator) if "/prototypes" in path]
    assert [method for method in sent if method != "PUT"] == ["DELETE", "DELETE"]
    assert apply(quay, document, **options)["plan"] == []


def test_twins_count_as_deletions(emulator, quay, twins):
    options = {"exclusive": ["default_perms"], "max_deletions": 1}
    title = "default perm for user payments+cd in payments"
    assert f"would delete 2: a twin of {title}, a twin of {title}." in str(failure(quay, **options))
    assert written(emulator) == []


def test_twins_that_are_protected_stay(quay, twins):
    assert apply(quay, exclusive=["default_perms"], protect=["*payments+cd*"])["plan"] == []


def test_a_twin_is_not_exported(quay, twins):
    from tests.registries.properties import EXPORT_DOCUMENT, run

    ((exported,),) = (
        organization["default_perms"]
        for organization in run(EXPORT_DOCUMENT, quay, organizations=["payments"])["document"]["organizations"]
    )
    assert exported == {"name": "payments+cd"}


@pytest.mark.parametrize(
    ("owner", "why"),
    [
        ({"robots": []}, ", since it is not declared"),
        ({"robots": [{"name": "ci", "state": "absent"}]}, ""),
        ({"state": "absent"}, ""),
    ],
)
def test_what_another_organization_names_is_not_removed(emulator, quay, owner, why):
    apply(quay, {"organizations": [{"name": "payments", "robots": [{"name": "ci"}]}, NAMED]})
    written(emulator)
    document = {"organizations": [{"name": "payments", **owner}, NAMED]}
    sentence = f"organizations[shop].teams[devs] names robot payments+ci, which the document removes{why}."
    assert str(failure(quay, document, exclusive=["robots"])) == sentence
    assert written(emulator) == []


def test_a_user_who_is_named_is_not_removed(emulator, quay):
    apply(quay, payments(robots=[{"name": "ci"}]))
    written(emulator)
    error = failure(quay, {"users": [{"username": "alice", "state": "absent"}], "organizations": [NAMED]})
    assert str(error) == "organizations[shop].teams[devs] names user alice, which the document removes."
    assert written(emulator) == []


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_missing_rights_are_not_taken_for_what_quay_still_needs(emulator, quay, method):
    apply(quay)
    path = "/robots/ci$" if method == "DELETE" else "/repository/payments/api/autoprunepolicy/$"
    emulator.switch("POST", "misbehave", {"kind": "status", "status": 403, "times": 9, "path": path, "method": method})
    document = payments(robots=[{"name": "cd"}], repositories=[{"name": "api", "prune": []}])
    error = failure(quay, document, exclusive=["robots", "prune"])
    assert error.result["summary"]["failed"] == 1 and "No rights to" in str(error)


def test_a_feature_that_is_off_has_nothing_to_remove(emulator, quay):
    apply(quay)
    emulator.switch("POST", "settings", {"FEATURE_AUTO_PRUNE": False})
    assert apply(quay, payments(prune=[]), exclusive=["prune"])["plan"] == []


def test_an_image_that_comes_after_the_plan_is_not_lost(emulator, quay, monkeypatch):
    from ansible_collections.dockhand.quay.plugins.module_utils._document.planner import Planner

    apply(quay)
    plan = Planner.plan

    def slowly(registry, tell):
        plan(registry, tell)
        emulator.switch("POST", "images", {"repository": "payments/old", "last_modified": 1790000000, "size": 4096})

    monkeypatch.setattr(Planner, "plan", slowly)
    less = {**ORGANIZATION, "repositories": ORGANIZATION["repositories"][:1]}
    result = apply(quay, {"organizations": [less]}, exclusive=["repositories"])
    assert [(line["object"], line["action"]) for line in result["plan"]] == [
        ("repository payments/old", "keep"),
        ("repository payments/web", "delete"),
    ]
