# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole registries: what was measured on real servers, and no story comes across."""

from __future__ import annotations

import collections
import itertools
import threading
import time
from unittest import mock

import pytest
import requests

from tests.integration.emulator import TOKEN
from tests.integration.registries import (
    DIRECTORY,
    SYNC,
    apply,
    as_user,
    document,
    export,
    failure,
    payments,
    written,
)
from tests.integration.server import API

GRANT = {"name": "alice", "role": "write"}


def test_a_personal_namespace_is_no_organization(quay):
    error = failure(quay, document(alice={"teams": [{"name": "devs"}]}))
    assert "organization alice: Could not create organization alice: a user account has this name" in str(error)
    assert str(error).endswith("\n1 object was not tried: organization alice failed")


def test_a_token_that_may_not_ask_for_its_own_name(emulator, quay):
    apply(quay, payments())
    limited = as_user(emulator, quay, "quayadmin", "org:admin repo:admin repo:create")
    declared = payments(teams=[{"name": "devs"}], repositories=[{"name": "api", "perms": [GRANT]}])
    assert apply(limited, declared)["summary"]["create"] == 2
    assert apply(limited, declared)["plan"] == []


def test_a_token_that_only_creates_repositories_makes_one_once(emulator, quay):
    from ansible_collections.dockhand.quay.plugins.modules.quay_repository import OPERATION

    from tests.registries.properties import QuayError, run

    apply(quay, payments())
    limited, warnings = as_user(emulator, quay, "quayadmin", "repo:create"), []
    written(emulator)
    for changed in (True, False):
        assert run(OPERATION, limited, name="payments/api")["changed"] is changed
        options = {"name": "payments/web", "description": "Pages", "visibility": "private"}
        assert run(OPERATION, limited, warn=warnings.append, **options)["changed"] is changed
    (warning,) = warnings
    assert warning.startswith("Repository payments/web exists, but Quay does not show it: ")
    with pytest.raises(QuayError, match="No rights to give user bob the role read in repository payments/api"):
        run(OPERATION, limited, name="payments/api", perms=[{"name": "bob"}])
    with pytest.raises(QuayError, match="Organization elsewhere does not exist"):
        run(OPERATION, limited, name="elsewhere/api")


def test_a_loop_of_new_repositories_asks_for_the_organization_once(emulator, quay):
    from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import Clients
    from ansible_collections.dockhand.quay.plugins.modules.quay_repository import OPERATION

    from tests.registries.properties import QuayError, run

    apply(quay, payments())
    shared = Clients()
    with mock.patch("tests.registries.properties.Clients", lambda: shared):
        emulator.switch("DELETE", "requests")
        for name in ("api", "web", "docs"):
            assert run(OPERATION, quay, name=f"payments/{name}")["changed"] is True
        asked = [(one["method"], one["path"]) for one in emulator.switch("GET", "requests")]
        assert len(asked) == 7 and asked.count(("GET", f"{API}/organization/payments")) == 1
        apply(quay, {"organizations": [{"name": "payments", "state": "absent"}]}, allow_data_loss=True)
        with pytest.raises(QuayError, match=r"Organization payments does not exist\."):
            run(OPERATION, quay, name="payments/more")


def test_the_account_of_a_superuser_is_not_changed(emulator, quay):
    (line,) = apply(quay, {"users": [{"username": "quayadmin", "email": "new@example.com"}]})["plan"]
    reason = "email of user quayadmin cannot be changed as long as the server counts it as a superuser."
    assert (line["action"], line["reason"]) == ("keep", reason)
    assert written(emulator) == []


def test_a_read_only_repository_takes_all_but_images(quay):
    frozen = {"name": "api", "repo_state": "READ_ONLY"}
    apply(quay, payments(repositories=[frozen]))
    changed = {**frozen, "description": "Frozen", "visibility": "public", "perms": [GRANT]}
    assert apply(quay, payments(repositories=[changed]))["summary"]["failed"] == 0
    assert apply(quay, payments(repositories=[changed]))["plan"] == []
    assert apply(quay, payments(repositories=[]), exclusive=["repositories"])["summary"]["delete"] == 1


def test_steps_of_one_object_never_overlap(quay, monkeypatch):
    from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Transport

    names = [f"repository{number}" for number in range(6)]
    apply(quay, payments(repositories=[{"name": name} for name in names]))
    busy: collections.Counter[str] = collections.Counter()
    most: dict[str, int] = collections.defaultdict(int)
    lock, send = threading.Lock(), Transport.send

    def counted(transport, method, path, *request, **options):
        if method == "GET":
            return send(transport, method, path, *request, **options)
        key = next(name for name in names if f"/{name}" in path)
        with lock:
            busy[key] += 1
            most[key] = max(most[key], busy[key])
            most["all"] = max(most["all"], sum(busy.values()))
        try:
            time.sleep(0.02)
            return send(transport, method, path, *request, **options)
        finally:
            with lock:
                busy[key] -= 1

    monkeypatch.setattr(Transport, "send", counted)
    facets = {"description": "new", "visibility": "public", "repo_state": "READ_ONLY", "perms": [GRANT]}
    apply(quay, payments(repositories=[{"name": name, **facets} for name in names]), workers=4)
    assert most.pop("all") > 1
    assert most == dict.fromkeys(names, 1)


@pytest.mark.parametrize(
    ("path", "method", "options"),
    [
        ("/members/alice$", "PUT", {}),
        ("/members/bob$", "DELETE", {"exclusive": ["members"]}),
        ("/repository/payments/old$", "DELETE", {"exclusive": ["repositories"]}),
    ],
)
def test_what_another_request_has_just_done_is_no_failure(emulator, quay, path, method, options):
    apply(quay, payments(teams=[{"name": "devs", "members": ["bob"]}], repositories=[{"name": "old"}]))
    emulator.switch("POST", "misbehave", {"kind": "status", "status": 500, "times": 1, "path": path, "method": method})
    declared = payments(teams=[{"name": "devs", "members": ["alice"]}], repositories=[])
    assert apply(quay, declared, **options)["summary"]["failed"] == 0
    assert apply(quay, declared, **options)["plan"] == []


def test_a_robot_waits_for_the_repository_that_it_mirrored(emulator, quay):
    apply(quay, payments(robots=[{"name": "mirror"}], repositories=[{"name": "copy"}]))
    fault = {"kind": "status", "status": 400, "times": 1, "path": "/robots/mirror$", "method": "DELETE"}
    emulator.switch("POST", "misbehave", fault)
    none, options = payments(robots=[], repositories=[]), {"exclusive": ["robots", "repositories"]}
    plan = apply(quay, none, **options)["plan"]
    assert [(line["object"], line["action"]) for line in plan] == [
        ("robot payments+mirror", "keep"),
        ("repository payments/copy", "delete"),
    ]
    assert [line["action"] for line in apply(quay, none, **options)["plan"]] == ["delete"]


def test_the_reserved_name_of_a_user_is_told(emulator, quay):
    apply(quay, {"users": [{"username": "dave"}]})
    apply(quay, {"users": [{"username": "dave", "state": "absent"}]})
    error = failure(quay, {"users": [{"username": "dave"}]})
    assert "the name is reserved until Quay's garbage collection has removed what was deleted under it" in str(error)
    emulator.switch("POST", "collect_garbage")
    assert apply(quay, {"users": [{"username": "dave"}]})["summary"]["create"] == 1


def test_long_texts_come_back_exactly(quay):
    team, repository = "ü{{ 1 }}\r\n\t" * 6000, "🙂 \n" * 250_000
    apply(quay, payments(teams=[{"name": "devs", "description": team}]))
    apply(quay, payments(repositories=[{"name": "api", "description": repository}]))
    (exported,) = export(quay, "payments")["organizations"]
    assert [one["description"] for one in exported["teams"] if one["name"] == "devs"] == [team]
    assert [one["description"] for one in exported["repositories"]] == [repository]


def test_the_longest_name_of_a_robot(emulator, quay):
    owner = "o" * 200
    assert apply(quay, document(**{owner: {"robots": [{"name": "r" * 54}]}}))["summary"]["create"] == 2
    written(emulator)
    error = failure(quay, document(**{owner: {"robots": [{"name": "r" * 55}]}}))
    assert "use at most 254 characters for namespace and short name together" in str(error)
    assert written(emulator) == []


def test_an_export_tells_what_will_not_be_taken(emulator, quay):
    from tests.registries.properties import EXPORT_DOCUMENT, run

    apply(quay, payments(repositories=[{"name": "api"}]))
    body = {"namespace": "payments", "repository": "api/tag", "visibility": "private", "description": ""}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    requests.post(f"{emulator.url}/api/v1/repository", json=body, headers=headers, timeout=10).raise_for_status()
    warnings: list[str] = []
    run(EXPORT_DOCUMENT, quay, warn=warnings.append, organizations=["payments"])
    (warning,) = warnings
    assert warning.startswith("quay_apply rejects the export as it is: organizations[payments].repositories[")
    assert "Quay would read 'tag' as a part of repository 'api'; use another name" in warning


def test_many_writes_at_once_with_one_token(quay):
    robots = [{"name": f"robot{number:02}"} for number in range(48)]
    result = apply(quay, payments(robots=robots), workers=8, robot_tokens=True)
    assert result["summary"] == {"create": 49, "change": 0, "delete": 0, "keep": 0, "unchanged": 0, "failed": 0}
    assert len(set(result["tokens"].values())) == 48
    assert all(one != other for one, other in itertools.pairwise(sorted(result["tokens"].values())))


def test_a_robot_that_is_gone_has_no_token(emulator, quay):
    apply(quay, payments(robots=[{"name": "ci", "description": "old"}]))
    fault = {"kind": "status", "status": 400, "times": 1, "path": "/robots/ci$", "method": "PUT"}
    emulator.switch("POST", "misbehave", fault)
    anew = payments(robots=[{"name": "ci", "description": "new", "recreate": True}])
    error = failure(quay, anew, robot_tokens=True)
    assert [method for method, path in written(emulator) if path.endswith("/robots/ci")][-2:] == ["DELETE", "PUT"]
    assert not error.result["tokens"].get("payments+ci")


def test_an_address_is_no_robot(emulator, quay):
    apply(quay, payments())
    emulator.switch("POST", "settings", {"FEATURE_MAILING": True})
    declared = payments(teams=[{"name": "devs", "members": ["alice+shop@example.com"]}])
    assert apply(quay, {**declared, "users": [{"username": "alice", "state": "absent"}]})["summary"]["failed"] == 0


def test_groups_where_a_superuser_sees_no_teams(emulator, quay):
    emulator.fresh(DIRECTORY, ("alice", "bob", "carol"))
    apply(as_user(emulator, quay, "alice"), document(shop={}))
    emulator.switch("POST", "settings", {"FEATURE_SUPERUSERS_FULL_ACCESS": False})
    error = failure(quay, document(shop={"teams": [{"name": "devs", "sync": SYNC}]}))
    assert "team shop/devs: No rights to" in str(error)


def test_a_superuser_without_full_access_is_refused(emulator, quay):
    emulator.switch("POST", "settings", {"FEATURE_SUPERUSERS_FULL_ACCESS": False})
    apply(as_user(emulator, quay, "alice"), document(shop={"email": "shop@example.com"}))
    written(emulator)
    error = failure(quay, document(shop={"email": "new@example.com", "teams": [{"name": "devs"}]}), exclusive=["teams"])
    assert "so a superuser can only rename and delete it" in str(error)
    assert written(emulator) == []
