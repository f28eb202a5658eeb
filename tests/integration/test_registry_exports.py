# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Exports where something is missing, may not be read, or has a name that is no name of a file."""

from __future__ import annotations

import pytest
import requests

from tests.integration.emulator import TOKEN
from tests.integration.registries import DIRECTORY, apply, as_user, document, export, failure, payments, written

# Of an administrator of organizations, without those of the account itself.
SCOPES = "org:admin repo:admin user:read"


def run_export(connection, **options):
    from tests.registries.properties import EXPORT_DOCUMENT, run

    return run(EXPORT_DOCUMENT, connection, **options)


def not_exported(connection, **options):
    from tests.registries.properties import QuayError

    with pytest.raises(QuayError) as caught:
        run_export(connection, **options)
    return caught.value


def lacking(emulator, path, **more):
    """A route that the server does not have."""
    emulator.switch("POST", "misbehave", {"kind": "html", "status": 404, "times": 999, "path": path, **more})


ROBOTS = [{"name": "cd", "description": "Deploys"}, {"name": "ci", "unstructured_metadata": {"a": "b"}}]


def test_a_robot_is_not_left_out_because_the_server_has_no_federations(emulator, quay):
    apply(quay, payments(robots=ROBOTS))
    lacking(emulator, "/federation$")
    written(emulator)
    (organization,) = export(quay, "payments", sections=["organizations", "robots"])["organizations"]
    assert organization["robots"] == [
        {"name": "cd", "description": "Deploys", "unstructured_metadata": {}, "federations": []},
        {"name": "ci", "description": "", "unstructured_metadata": {"a": "b"}, "federations": []},
    ]
    emulator.switch("DELETE", "requests")
    assert apply(quay, {"organizations": [organization]}, exclusive=["robots"])["plan"] == []
    assert written(emulator) == []


def test_a_part_that_the_server_lacks_is_left_out_and_looked_for_once(emulator, quay):
    names = [f"devs{number:02}" for number in range(20)]
    # Of a team with a robot, lists do not tell all.
    teams = [{"name": name, "description": "x", "members": ["payments+ci"]} for name in names]
    apply(quay, payments(robots=[{"name": "ci"}], teams=teams))
    lacking(emulator, r"/team/devs\d+/members$")
    emulator.switch("DELETE", "requests")
    options = {"sections": ["organizations", "teams"], "workers": 1}
    (organization,) = export(quay, "payments", **options)["organizations"]
    assert [one["name"] for one in organization["teams"]] == [*names, "owners"]
    assert organization["teams"][:-1] == [{"name": name, "role": "member", "description": "x"} for name in names]
    asked = [one["path"] for one in emulator.switch("GET", "requests") if "/team/devs" in one["path"]]
    assert len(asked) == 2


def test_what_was_listed_and_cannot_be_read_at_all_is_named(emulator, quay):
    apply(quay, payments(robots=[{"name": "ci"}]))
    lacking(emulator, "/robots/ci")
    error = not_exported(quay, organizations=["payments"], sections=["organizations", "robots"])
    assert "robot payments+ci: Could not read /organization/payments/robots/ci: " in str(error)


@pytest.fixture
def unreadable(emulator, quay):
    """Two organizations; in one, a robot and the default permissions cannot be read."""
    declared = {"robots": ROBOTS, "default_perms": [{"name": "alice", "role": "read"}], "repositories": [{"name": "a"}]}
    apply(quay, document(payments=declared, shop={"robots": ROBOTS}))
    fault = {"kind": "status", "status": 403, "times": 999, "method": "GET"}
    emulator.switch("POST", "misbehave", {**fault, "path": "/payments/robots/ci$"})
    emulator.switch("POST", "misbehave", {**fault, "path": "/repository/payments/a/autoprunepolicy/$"})
    return {"organizations": ["payments", "shop"]}


def test_all_that_cannot_be_read_is_named_at_once(unreadable, quay):
    lines = str(not_exported(quay, **unreadable)).splitlines()
    assert lines[0] == "Nothing was exported because this could not be read:"
    assert [line.partition(": ")[0] for line in lines[1:3]] == ["robot payments+ci", "prune of repository payments/a"]
    assert lines[3:] == ["Set on_unreadable to skip to export the rest."]


def test_the_rest_can_be_exported_and_deletes_nothing(unreadable, emulator, quay, tmp_path):
    warnings = []
    result = run_export(quay, **unreadable, on_unreadable="skip", warn=warnings.append)
    assert [one["object"] for one in result["unreadable"]] == ["robot payments+ci", "prune of repository payments/a"]
    assert len(warnings) == 2 and warnings[0].startswith("Not exported: robot payments+ci: No rights to read ")
    exported = {one["name"]: one for one in result["document"]["organizations"]}
    # The list is whole: the name alone says that the robot is there.
    assert exported["payments"]["robots"][1] == {"name": "ci"} and exported["shop"]["robots"][1] != {"name": "ci"}
    assert "prune" not in exported["payments"]["repositories"][0]
    emulator.switch("DELETE", "misbehave")
    # Without perms: an export leaves out what the account got for creating a repository.
    exclusive = ["robots", "prune", "repositories", "teams", "default_perms", "members", "federations"]
    assert apply(quay, result["document"], exclusive=exclusive)["plan"] == []
    written_to = run_export(quay, **unreadable, on_unreadable="skip", dest=f"{tmp_path}/a.yml")
    assert written_to["unreadable"] == [] and written_to["files"] == [f"{tmp_path}/a.yml"]


def test_organizations_of_others_are_skipped_too(emulator, quay):
    apply(quay, document(payments={}, shop={}))
    alice = as_user(emulator, quay, "alice", "org:admin user:admin user:read repo:create")
    apply(alice, document(hers={}))
    options = {"organizations": ["hers", "payments", "never"], "sections": ["organizations"]}
    result = run_export(alice, **options, on_unreadable="skip", warn=lambda _text: None)
    assert [one["name"] for one in result["document"]["organizations"]] == ["hers"]
    assert [one["object"] for one in result["unreadable"]] == ["organization never", "organization payments"]


def test_an_administrator_with_the_documented_scopes(emulator, quay):
    apply(as_user(emulator, quay, "alice"), document(hers={"teams": [{"name": "devs", "members": ["bob"]}]}))
    apply(quay, payments(teams=[{"name": "devs", "members": ["alice"]}]))
    options = {"sections": ["organizations", "teams"], "warn": lambda _text: None}
    exported = run_export(as_user(emulator, quay, "alice", SCOPES), **options)["document"]["organizations"]
    assert [one["name"] for one in exported] == ["hers"]


EXCLUSIVE = ["repositories", "robots", "teams", "default_perms", "prune"]


@pytest.fixture
def stranger(emulator, quay):
    """A superuser without full access, and an organization of somebody else, some of it public."""
    alice = as_user(emulator, quay, "alice", "org:admin repo:admin repo:create user:admin user:read")
    repositories = [{"name": "repositories", "visibility": "public"}, {"name": "hidden"}]
    apply(alice, payments(robots=ROBOTS, teams=[{"name": "devs"}], repositories=repositories))
    emulator.switch("POST", "settings", {"FEATURE_SUPERUSERS_FULL_ACCESS": False})
    written(emulator)
    return quay


@pytest.mark.parametrize("section", EXCLUSIVE)
@pytest.mark.parametrize("check", [True, False])
def test_without_rights_nothing_is_concluded(emulator, stranger, section, check):
    error = failure(stranger, payments(**{section: []}), exclusive=EXCLUSIVE, check=check)
    assert "organization payments: " in str(error) and "Unexpected" not in str(error)
    assert written(emulator) == [] and not error.result["changed"]
    assert error.result["plan"] == []


def test_a_repository_list_of_others_names_the_cause(stranger):
    error = failure(stranger, payments(repositories=[]), exclusive=["repositories"])
    assert "Could not list the repositories of payments: the account does not administer the organization" in str(error)


def test_names_of_organizations_stay_in_the_folder(emulator, quay, tmp_path, monkeypatch):
    from ansible_collections.dockhand.quay.plugins.module_utils._document.export import Exporter

    names = ["../../x", "/etc/x", "..", ".hidden", "a/b", "plain", "per%2Fcent"]
    odd = {"organizations": [{"name": name} for name in names]}
    monkeypatch.setattr(Exporter, "document", lambda _exporter, _tops: odd)
    folder = tmp_path / "in" / "side"
    options = {"organizations": ["plain"], "sections": ["organizations"], "split": True, "warn": lambda _text: None}
    result = run_export(quay, **options, dest=str(folder))
    assert len(set(result["files"])) == len(names)
    assert {file.name for file in folder.iterdir()} == {
        "%2E.%2F..%2Fx.yml",
        "%2Fetc%2Fx.yml",
        "%2E..yml",
        "%2Ehidden.yml",
        "a%2Fb.yml",
        "plain.yml",
        "per%252Fcent.yml",
    }
    assert {file for file in tmp_path.rglob("*") if file.is_file()} == set(folder.iterdir())


def test_an_export_that_fails_half_way_names_what_it_wrote(quay, tmp_path, monkeypatch):
    from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry import export as door

    class FullDisk(door.OutputFile):
        def write(self, text, mode=None):
            if self.path.endswith("shop.yml"):
                from tests.registries.properties import QuayError

                raise QuayError(f"{self.shown}: cannot be written: No space left on device.")
            super().write(text, mode)

    monkeypatch.setattr(door, "OutputFile", FullDisk)
    apply(quay, document(payments={}, shop={}))
    error = not_exported(quay, organizations=["payments", "shop"], dest=str(tmp_path), split=True)
    assert str(error) == f"{tmp_path}/shop.yml: cannot be written: No space left on device."
    assert error.result == {"changed": True, "files": [f"{tmp_path}/payments.yml"]}


def test_a_foreign_repository_is_seen_only_by_its_name(quay, emulator):
    """The emulator lists as Quay does: to who administers an organization, all of it."""
    apply(quay, payments(repositories=[{"name": "repositories"}]))
    headers = {"Authorization": f"Bearer {TOKEN}"}
    listed = requests.get(f"{emulator.url}/api/v1/repository?namespace=payments", headers=headers, timeout=10).json()
    assert [one["name"] for one in listed["repositories"]] == ["repositories"]
    assert apply(quay, payments(repositories=[]), exclusive=["repositories"])["summary"]["delete"] == 1


def test_the_address_of_an_account_of_a_directory_is_not_for_a_document(emulator, quay):
    """It could not be applied where the account does not exist yet."""
    users: dict[str, dict[str, str]] = {"alice": {"email": "alice@example.com"}, "bob": {}}
    emulator.fresh({**DIRECTORY, "directory": {**DIRECTORY["directory"], "users": users}}, ())
    apply(quay, {"users": [{"username": "alice"}, {"username": "bob", "enabled": False}]})
    exported = run_export(quay, sections=["users"], organizations=[])["document"]
    assert {"username": "alice"} in exported["users"] and {"username": "bob", "enabled": False} in exported["users"]
    assert apply(quay, exported)["plan"] == []
    whole = run_export(quay, sections=["users"], organizations=[], defaults=True)["document"]["users"]
    # Of whom the directory has no address, too.
    assert len(whole) == 3 and not any("email" in user for user in whole)
    emulator.switch("POST", "settings", {"AUTHENTICATION_TYPE": "AppToken"})
    own = run_export(quay, sections=["users"], organizations=[])["document"]
    assert {"username": "alice", "email": "alice@example.com"} in own["users"]
