# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a session signs in, stays so, and what it says when it cannot."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils import _errors
from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Session
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Endpoint, Transport


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
    signed_in.write("PUT", "/x", {}, "change x")
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
    assert signed_in.write("PUT", "/x", {}, "change x") == {"ok": 1}
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
    assert signed_in.write("DELETE", "/x", None, "change x") is None
    assert signatures(script)[-2:] == [
        ("POST", "/api/v1/signin/verify", "two", "session=b"),
        ("DELETE", "/api/v1/x", "five", "session=b"),
    ]


def test_a_wrong_password_is_told_without_it(script):
    script.will(200, {"csrf_token": "one"})
    script.will(403, {"invalidCredentials": True, "message": "Invalid Username or Password"})
    script.will(200, {"config": {}})
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
    script.will(200, {"config": {"AUTHENTICATION_TYPE": "Database"}})
    client = QuayClient(Transport(Endpoint(script.url), pytest.fail), Session("alice", "secret"))
    with pytest.raises(_errors.CredentialsRefused) as caught:
        client.get("/x", {})
    assert str(caught.value) == f"Quay refused to sign in alice: {reason}."


@pytest.mark.parametrize(
    ("published", "cure"),
    [
        ((200, {"config": {"AUTHENTICATION_TYPE": "OIDC"}}), " With OIDC, most identity providers accept no passwords"),
        ((200, {"config": {"AUTHENTICATION_TYPE": "LDAP"}}), ""),
        ((200, {"config": ["OIDC"]}), ""),
        ((502, "<html>gone</html>"), ""),
    ],
)
@pytest.mark.parametrize("failure", [(500, "<html>oops</html>"), (403, {"message": "Email has already been used"})])
def test_an_identity_provider_takes_no_passwords(script, published, cure, failure):
    for answer in ((200, {"csrf_token": "one"}), failure, published):
        script.will(*answer)
    client = QuayClient(Transport(Endpoint(script.url), lambda _seconds: None), Session("alice", "secret"))
    with pytest.raises(_errors.CredentialsRefused) as caught:
        client.get("/x", {})
    reason = "it answered 500." if failure[0] == 500 else "Email has already been used."
    assert str(caught.value).startswith(f"Quay refused to sign in alice: {reason}{cure}")
    assert str(caught.value).endswith(": set quay_token instead." if cure else reason)


@pytest.mark.parametrize(
    ("answers", "error", "told"),
    [
        ([(200, "<html>portal</html>")], _errors.ForeignAnswer, "/csrf_token is not a Quay API answer: it has no csrf"),
        (
            [(404, "<html>nothing</html>")],
            _errors.ForeignAnswer,
            "/csrf_token is not a Quay API answer: it has no csrf",
        ),
        ([(200, {"csrf_token": "a\nb"})], _errors.ForeignAnswer, "it has no csrf_token"),
        ([(200, [])], _errors.ForeignAnswer, "it has no csrf_token"),
        ([(403, "<html>denied</html>")], _errors.ForeignAnswer, "as a proxy or firewall answers"),
        ([(400, "<html>plain HTTP request was sent to HTTPS port")], _errors.Unreachable, "Set quay_host to https://"),
        ([(200, {"csrf_token": "a"}), (403, "<html>denied</html>")], _errors.ForeignAnswer, "as a proxy or firewall"),
        ([(200, {"csrf_token": "a"}), (200, "<html>portal</html>")], _errors.ForeignAnswer, "it has no success"),
        ([(200, {"csrf_token": "a"}), (200, {"success": "yes"})], _errors.ForeignAnswer, "it has no success"),
    ],
)
def test_a_sign_in_that_something_else_answers(script, answers, error, told):
    for answer in answers:
        script.will(*answer)
    client = QuayClient(Transport(Endpoint(script.url)), Session("alice", "secret"))
    with pytest.raises(error, match=told):
        client.get("/x", {})
