# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils import _errors
from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Session, Token
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient, address
from ansible_collections.dockhand.quay.plugins.module_utils._client.http import Endpoint, Transport

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
    script.will(500, "<html>oops</html>")
    with pytest.raises(_errors.ReadFailed, match="Quay failed with 500 when asked to read /x"):
        client.get("/x", {})


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


@pytest.fixture
def signed_in(script):
    script.will(200, {"csrf_token": "one"}, Set_Cookie="session=a")
    script.will(200, {"success": True}, Set_Cookie="session=b", X_Next_CSRF_Token="two")
    return QuayClient(Transport(Endpoint(script.url), lambda seconds: None), Session("alice", "pass word"))


def signatures(script):
    return [
        (method, path, headers.get("X-CSRF-Token"), headers.get("Cookie"))
        for method, path, headers, _dummy in script.asked
    ]


def test_a_session_signs_in_at_the_first_request(script, signed_in):
    script.will(200, {})
    script.will(200, {})
    signed_in.get("/x", {})
    signed_in.write("PUT", "/x", {}, PURPOSE)
    assert signatures(script) == [
        ("GET", "/csrf_token", None, None),
        ("POST", "/api/v1/signin", "one", "session=a"),
        ("GET", "/api/v1/x", None, "session=b"),
        ("PUT", "/api/v1/x", "two", "session=b"),
    ]


def test_a_handed_session_needs_no_sign_in_and_says_when_it_ended(script, signed_in):
    script.will(200, {})
    signed_in.get("/x", {})
    handed = signed_in.auth.hand_over()
    other = QuayClient(Transport(Endpoint(script.url)), Session(handed=handed))
    script.will(401, {"error_type": "invalid_token"})
    with pytest.raises(
        _errors.CredentialsRefused,
        match=r"The session \(quay_session\) has ended or is not valid: run quay_login again",
    ):
        other.get("/x", {})
    assert other.auth.username == "alice"


def test_a_stale_csrf_token_is_fetched_and_the_write_repeated(script, signed_in):
    script.will(403, {"error": "CSRF token was invalid or missing. (authorized: user alice)"})
    script.will(200, {"csrf_token": "three"})
    script.will(200, {"ok": 1})
    assert signed_in.write("PUT", "/x", {}, PURPOSE) == {"ok": 1}
    assert signatures(script)[-1] == ("PUT", "/api/v1/x", "three", "session=b")


def test_an_ended_session_is_renewed_once(script, signed_in):
    script.will(401, {"error_type": "invalid_token"})
    script.will(200, {"csrf_token": "three"}, Set_Cookie="session=c")
    script.will(200, {"success": True}, Set_Cookie="session=d", X_Next_CSRF_Token="four")
    script.will(200, {"ok": 1})
    assert signed_in.get("/x", {}) == {"ok": 1}
    script.will(401, {"error_type": "invalid_token"})
    with pytest.raises(_errors.CredentialsRefused, match="The session of alice has ended"):
        signed_in.get("/x", {})


def test_a_sign_in_that_is_too_old_is_proved_again(script, signed_in):
    script.will(401, {"error_type": "fresh_login_required"})
    script.will(200, {"success": True}, X_Next_CSRF_Token="five")
    script.will(204)
    assert signed_in.write("DELETE", "/x", None, PURPOSE) is None
    assert signatures(script)[-2:] == [
        ("POST", "/api/v1/signin/verify", "two", "session=b"),
        ("DELETE", "/api/v1/x", "five", "session=b"),
    ]


def test_a_wrong_password_is_told_without_it(script):
    script.will(200, {"csrf_token": "one"})
    script.will(403, {"invalidCredentials": True, "message": "Invalid Username or Password"})
    client = QuayClient(Transport(Endpoint(script.url)), Session("alice", "secret"))
    with pytest.raises(_errors.CredentialsRefused) as caught:
        client.get("/x", {})
    assert str(caught.value) == "Quay refused to sign in alice: Invalid Username or Password."


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (403, {"invalidCredentials": True, "message": "This user has been disabled.\n"}, "This user has been disabled"),
        (403, {"needsEmailVerification": True}, "the e-mail address of the account is not verified yet"),
        (405, "<html>not allowed</html>", "it accepts no passwords (FEATURE_DIRECT_LOGIN is off)"),
        (
            429,
            "Too many login attempts.",
            "the account is locked for 900 seconds after failed sign-ins",
        ),
        (500, "<html>oops</html>", "it answered 500"),
    ],
)
def test_why_a_sign_in_failed(script, status, body, reason):
    script.will(200, {"csrf_token": "one"})
    script.will(status, body, **({"Retry_After": "900"} if status == 429 else {}))
    client = QuayClient(Transport(Endpoint(script.url), pytest.fail), Session("alice", "secret"))
    with pytest.raises(_errors.CredentialsRefused) as caught:
        client.get("/x", {})
    assert str(caught.value) == f"Quay refused to sign in alice: {reason}."
