# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a client makes of answers and of refusals, and when it stops."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils import _errors
from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Token
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient, address
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Endpoint, Transport
from ansible_collections.dockhand.quay.plugins.module_utils._client.views import AccountView, OrganizationView

PURPOSE = "create team payments/devs"


@pytest.fixture
def client(script):
    return QuayClient(Transport(Endpoint(script.url), lambda seconds: None), Token("t"))


def test_every_segment_is_quoted():
    names = {"organization": "a?b#c", "name": "x/../y", "repository": "ns/a b"}
    assert address("/o/{organization}/team/{name}", names) == "/o/a%3Fb%23c/team/x%2F..%2Fy"
    assert address("/repository/{+repository}", names) == "/repository/ns/a%20b"


UNKNOWN = "The token (quay_token) is invalid or expired (Quay refused to create team payments/devs)."
NO_RIGHTS = (
    "No rights to create team payments/devs: the account lacks the role or the token lacks the scope org:admin; "
    "Quay says Unauthorized."
)
REFUSED = "Quay refused to create team payments/devs: Organization does not exist: x."
SCHEMA = "Quay refused to create team payments/devs: 'x' is not of type 'y'."
READ_ONLY = "Could not create team payments/devs: the registry is in read-only mode: read only."
FAILED = "Quay failed with 500 when asked to create team payments/devs."


@pytest.mark.parametrize(
    ("status", "body", "error", "sentence"),
    [
        (401, {"error_type": "invalid_token"}, _errors.CredentialsRefused, UNKNOWN),
        (403, {"error": "CSRF token was invalid or missing."}, _errors.CredentialsRefused, UNKNOWN),
        (403, {"detail": "Unauthorized"}, _errors.Forbidden, NO_RIGHTS),
        (400, {"message": "Organization does not exist: x"}, _errors.Refused, REFUSED),
        (400, {"detail": "'x' is not of type 'y'\n\nFailed validating"}, _errors.Refused, SCHEMA),
        (503, {"message": "read only", "is_readonly": True}, _errors.Refused, READ_ONLY),
        (500, "<html>oops</html>", _errors.AnswerLost, FAILED),
    ],
)
def test_refused_writes_are_told_in_one_sentence(script, client, status, body, error, sentence):
    script.will(status, body)
    with pytest.raises(error) as caught:
        client.write("PUT", "/organization/payments/team/devs", {}, PURPOSE)
    assert str(caught.value) == sentence


def test_a_read_that_fails_can_be_told_from_a_server_that_is_away(script, client):
    for _attempt in range(2):
        script.will(500, "<html>oops</html>")
    with pytest.raises(_errors.ReadFailed, match="Quay failed with 500 when asked to read /x"):
        client.get("/x", {})


@pytest.mark.parametrize(
    ("organization", "account", "exists"),
    [(404, 404, False), (404, 200, True), (200, None, True), (403, None, True), (500, None, True)],
)
def test_what_is_forbidden_is_missing_if_its_namespace_is(script, client, organization, account, exists):
    script.will(403, {"detail": "Unauthorized"})
    for status in (organization, organization, account) if organization == 500 else (organization, account):
        if status:
            script.will(
                status,
                {"name": "x", "username": "x", "is_admin": False} if status == 200 else {"error_type": "not_found"},
            )
    if exists:
        with pytest.raises(_errors.Forbidden, match="the repository does not exist, the account lacks the role or"):
            client.get("/repository/{+repository}/tag/", {"repository": "x/y"})
    else:
        assert client.get("/repository/{+repository}/tag/", {"repository": "x/y"}) is None


def test_a_read_that_crosses_a_deletion_is_repeated(script, client):
    """Quay fails with 500 then: seen at a robot account that another task deleted."""
    script.will(500, "<html>oops</html>")
    script.will(200, {"robots": []})
    assert client.get("/x", {}) == {"robots": []}


def test_a_route_that_is_not_there(script, client):
    script.will(405, "<!doctype html>")
    with pytest.raises(_errors.FeatureOff) as caught:
        client.write("POST", "/x", {}, "start the sync")
    assert str(caught.value) == (
        f"Could not start the sync: there is no POST {script.url}/api/v1/x; "
        "the feature is disabled or this Quay version does not have it."
    )


def test_a_web_page_is_not_taken_for_absence(script, client):
    script.will(404, "<!doctype html>")
    with pytest.raises(_errors.FeatureOff):
        client.get("/organization/{name}", {"name": "x"})
    script.will(404, {"error_type": "not_found"})
    assert client.get("/organization/{name}", {"name": "x"}) is None


def test_a_web_page_with_200_is_told(script, client):
    script.will(200, "<html>portal</html>")
    with pytest.raises(_errors.ForeignAnswer) as caught:
        client.get("/x", {})
    assert str(caught.value) == (
        f"The answer to GET {script.url}/api/v1/x is not a Quay API answer: it is a web page. Check that quay_host is "
        "the address of a Quay registry, and that no proxy or portal answers in its place."
    )


def test_pages_end_and_a_list_that_starts_over_is_an_error(script, client):
    script.will(200, {"users": [{"name": "a"}], "next_page": "p2"})
    script.will(200, {"users": [{"name": "b"}]})
    assert [user["name"] for user in client.pages("/users", {}, "users", {"limit": 1})] == ["a", "b"]
    assert [path for _dummy, path, _dummy, _dummy in script.asked] == [
        "/api/v1/users?limit=1",
        "/api/v1/users?limit=1&next_page=p2",
    ]
    for _dummy in range(2):
        script.will(200, {"users": [{"name": "a"}], "next_page": "old"})
    with pytest.raises(_errors.QuayError, match="^The page token for /users expired and the list restarted. "):
        list(client.pages("/users", {}, "users", {}))


def test_a_task_without_its_playbook_changes_nothing_more(script, client, monkeypatch):
    script.will(200, {})
    client.write("PUT", "/a", {}, PURPOSE)
    monkeypatch.setattr(os, "getppid", lambda: 1)
    with pytest.raises(_errors.RunEnded, match=f"Could not {PURPOSE}: the playbook that this task belongs to has"):
        client.write("PUT", "/a", {}, PURPOSE)
    assert len(script.asked) == 1


def test_a_client_of_before_a_fork_serves_the_child(script, client, monkeypatch):
    script.will(200, {})
    monkeypatch.setattr(os, "getpid", lambda: 1)
    monkeypatch.setattr(os, "getppid", lambda: 1)
    client.write("PUT", "/a", {}, PURPOSE)
    assert len(script.asked) == 1


WORKER = """
    import os, sys, time
    from ansible_collections.dockhand.quay.plugins.module_utils import _errors
    from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Token
    from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient
    from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Endpoint, Transport
    if os.fork():
        time.sleep(60)
    client = QuayClient(Transport(Endpoint("http://127.0.0.1:9")), Token("t"))
    parent = os.getppid()
    open(sys.argv[1] + "/ready", "w").close()
    while os.getppid() == parent:
        time.sleep(0.02)
    try:
        client.write("PUT", "/a", {}, "write")
    except _errors.RunEnded as error:
        with open(sys.argv[1] + "/part", "w") as file:
            file.write(str(error))
        os.rename(sys.argv[1] + "/part", sys.argv[1] + "/told")
"""


def test_a_killed_playbook_is_noticed(tmp_path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    playbook = subprocess.Popen([sys.executable, "-c", textwrap.dedent(WORKER), str(tmp_path)], env=environment)
    try:
        _wait_for(tmp_path / "ready")
    finally:
        playbook.kill()
        playbook.wait()
    _wait_for(tmp_path / "told")
    assert "the playbook that this task belongs to has ended" in (tmp_path / "told").read_text()


def _wait_for(file):
    end = time.monotonic() + 20
    while not file.exists():
        assert time.monotonic() < end, f"no {file}"
        time.sleep(0.02)


ORGANIZATION = {"name": "payments", "email": "", "is_admin": False}


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (204, None, "it is empty"),
        (200, None, "it is empty"),
        (200, "<html>portal</html>", "it is a web page"),
        (200, {"status": "ok"}, "it has no is_admin"),
        (200, [], "it is a list"),
        (200, {**ORGANIZATION, "name": None}, "in name, it is null"),
        (404, {"message": "no Route matched with those values"}, "a 404 that is not JSON of Quay"),
        (404, {"status": 404, "error": "Not Found"}, "a 404 that is not JSON of Quay"),
    ],
)
def test_what_is_not_quays_is_neither_an_object_nor_absence(script, client, status, body, why):
    script.will(status, body)
    with pytest.raises(_errors.ForeignAnswer) as caught:
        client.get("/organization/{name}", {"name": "payments"}, view=OrganizationView)
    place = f"GET {script.url}/api/v1/organization/payments"
    assert str(caught.value).startswith(f"The answer to {place} is not a Quay API answer: {why}")


@pytest.mark.parametrize("content", [b"null", b'{"name": "pay', b"[" * 100_000, b"\xff\xfe{", b'"text"'])
def test_odd_json(script, client, content):
    script.answers.append((200, {"Content-Type": "application/json", "Content-Length": str(len(content))}, content))
    with pytest.raises(_errors.ForeignAnswer, match="is not a Quay API answer: it is (null|a text|cut off or invalid)"):
        client.get("/x", {})


@pytest.mark.parametrize(
    ("status", "body"),
    [(204, None), (200, None), (200, "<html>portal</html>"), (200, {"status": "ok"}), (200, ["Created"])],
)
def test_a_write_that_something_else_answers_is_not_done(script, client, status, body):
    script.will(status, body)
    with pytest.raises(_errors.AnswerLost, match="is not a Quay API answer"):
        client.write("POST", "/organization/", {"name": "payments"}, "create organization payments")


def test_pages_of_something_else(script, client):
    for body, why in [
        ({"users": None}, "it is null"),
        ({"users": [{"username": "a"}]}, "it has no email"),
        ({"items": []}, "it has no users"),
        ([], "it is a list"),
    ]:
        script.will(200, body)
        with pytest.raises(_errors.ForeignAnswer, match=why):
            list(client.pages("/users", {}, "users", {}, AccountView))


@pytest.mark.parametrize("name", ["..", ".", "a/../b", "", "a//b"])
def test_no_name_steps_up_or_leads_to_a_list(name):
    with pytest.raises(_errors.QuayError, match="cannot be part of an address"):
        address("/repository/{+repository}", {"repository": name})
    if "/" not in name:
        with pytest.raises(_errors.QuayError, match="cannot be part of an address"):
            address("/organization/{name}", {"name": name})


def test_what_opens_an_archived_log_is_not_shown(script, client):
    script.will(404, "<html>")
    with pytest.raises(_errors.QuayError) as caught:
        client.call("GET", "/archive/x?X-Signature=geheim", "read an archived log")
    assert "geheim" not in str(caught.value)
