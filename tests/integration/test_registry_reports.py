# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What runs on whole registries tell: what is drift, what would be lost, and why nothing was exported."""

from __future__ import annotations

import pytest

from tests.integration import registries
from tests.integration.registries import DIRECTORY, SYNC, as_user, document


def shop(check=False, robot_tokens=False, max_deletions=10, exclusive=(), protect=(), **declared):
    """What is declared of organization shop, and the options of a run."""
    options = {"exclusive": list(exclusive), "protect": list(protect), "robot_tokens": robot_tokens}
    return {"declared": document(shop=declared), "check": check, "max_deletions": max_deletions, **options}


def apply(connection, **given):
    return registries.apply(connection, **shop(**given))


def refusal(connection, **given):
    return str(registries.failure(connection, **shop(**given)))


def export(connection, **options):
    from tests.registries.properties import EXPORT_DOCUMENT, run

    return run(EXPORT_DOCUMENT, connection, organizations=["shop"], **options)


def not_exported(connection, **options):
    from tests.registries.properties import QuayError

    with pytest.raises(QuayError) as caught:
        export(connection, **options)
    return str(caught.value)


def test_a_plan_tells_what_is_declared_and_what_is_protected(emulator, quay):
    apply(quay, robots=[{"name": "ci"}, {"name": "glass"}, {"name": "old"}], repositories=[{"name": "web"}])
    emulator.switch("POST", "images", {"repository": "shop/web", "last_modified": 1790000000, "size": 4096})
    options = {"exclusive": ["robots", "repositories"], "protect": ["*+glass"], "check": True}
    result = apply(quay, robots=[{"name": "ci", "description": "Other"}], repositories=[], **options)
    assert {one["object"]: (one["action"], one["declared"], one["protected"]) for one in result["plan"]} == {
        "robot shop+ci": ("keep", True, False),
        "robot shop+glass": ("keep", False, True),
        "robot shop+old": ("delete", False, False),
        "repository shop/web": ("keep", False, False),
    }


def test_what_goes_with_an_organization_counts_too(quay):
    apply(quay, repositories=[{"name": f"r{number:03}"} for number in range(120)])
    told = refusal(quay, state="absent", max_deletions=120, check=True)
    assert "would delete 121: organization shop, repository shop/r000, repository shop/r001, " in told
    assert apply(quay, state="absent", max_deletions=121)["summary"]["delete"] == 1
    assert apply(quay, state="absent", max_deletions=0)["plan"] == []


def test_the_token_of_a_robot_made_anew_is_lost(quay):
    old = apply(quay, robots=[{"name": "ci"}], robot_tokens=True)["tokens"]
    anew = {"robots": [{"name": "ci", "description": "new", "recreate": True}]}
    assert "would delete 1: the token of robot shop+ci." in refusal(quay, max_deletions=0, check=True, **anew)
    checked = apply(quay, robot_tokens=True, check=True, **anew)
    assert checked["tokens"] == {"shop+ci": None}
    assert checked["plan"][0]["fields"]["recreate"] == {"from": None, "to": True}
    made = apply(quay, robot_tokens=True, **anew)
    assert made["plan"] == checked["plan"] and made["tokens"]["shop+ci"] not in (None, old["shop+ci"])
    assert apply(quay, robot_tokens=True, check=True, max_deletions=0, **anew)["tokens"] == made["tokens"]


def test_a_negative_number_of_removals_is_refused(emulator, quay):
    emulator.switch("DELETE", "requests")
    assert refusal(quay, max_deletions=-1) == "max_deletions: invalid value -1: use 0 or more."
    assert emulator.switch("GET", "requests") == []


def test_a_group_that_cannot_be_read_is_no_export(emulator, quay):
    emulator.fresh(DIRECTORY, ("alice", "bob"))
    alice = as_user(emulator, quay, "alice", "org:admin repo:admin repo:create user:admin user:read")
    apply(alice, teams=[{"name": "devs"}])
    apply(quay, teams=[{"name": "devs", "sync": SYNC}])
    assert "No rights to see or set the group of team shop/devs" in not_exported(alice)
    (exported,) = export(alice, sections=["organizations", "teams"])["document"]["organizations"]
    assert apply(alice, **{**exported, "exclusive": ["members"]})["plan"] == []


def test_the_scope_that_an_export_lacks_is_named(emulator, quay):
    apply(quay, repositories=[{"name": "web", "perms": [{"name": "alice"}]}])
    limited = as_user(emulator, quay, "quayadmin", "org:admin repo:admin super:user")
    told = "Cannot determine which permissions are the account's own: the token needs the scope user:read."
    assert told in not_exported(limited)


def test_the_wrong_kind_of_place_is_refused_before_any_request(emulator, quay, tmp_path):
    apply(quay)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    emulator.switch("DELETE", "requests")
    for folder in (f"{tmp_path}", f"{tmp_path}/new/"):
        rule = "this is a folder; set split=true, or use the path of a file"
        assert not_exported(quay, dest=folder) == f"dest: invalid value {folder!r}: {rule}."
    rule = "split=true needs a folder"
    assert not_exported(quay, dest=f"{tmp_path}/file", split=True) == f"dest: invalid value '{tmp_path}/file': {rule}."
    assert emulator.switch("GET", "requests") == [] and (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("place", ["file/registry.yml", f"{'a' * 252}.yml"])
def test_a_place_that_cannot_be_written_is_named(quay, tmp_path, place):
    apply(quay)
    (tmp_path / "file").write_text("", encoding="utf-8")
    told = not_exported(quay, dest=f"{tmp_path}/{place}")
    assert told.startswith(f"{tmp_path}/{place}: cannot be written: ") and "\n" not in told
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_file_that_is_no_text_is_replaced(quay, tmp_path):
    apply(quay)
    (tmp_path / "registry.yml").write_bytes(b"\xff\xfe")
    assert export(quay, dest=f"{tmp_path}/registry.yml")["files"] == [f"{tmp_path}/registry.yml"]
