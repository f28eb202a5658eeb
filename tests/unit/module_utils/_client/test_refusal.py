# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest
import requests
from ansible_collections.dockhand.quay.plugins.module_utils._client.refusal import Call, Refusal
from ansible_collections.dockhand.quay.plugins.module_utils._errors import ForeignAnswer, QuayError, Refused


def refusal(status, **content):
    answer = requests.Response()
    answer.status_code = status
    answer.headers["Content-Type"] = "application/json"
    answer._content = json.dumps(content).encode()
    return Refusal(answer)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("('Team does not exist: %s/%s', 'payments', 'devs')", "Team does not exist: payments/devs"),
        ("('Cannot find it',)", "Cannot find it"),
        ("('%s and %s', 'one')", "('%s and %s', 'one')"),
        ("(nothing that Python knows", "(nothing that Python knows"),
        ("('not text', [1]", "('not text', [1]"),
        # Never formatted: a hundred megabytes of blanks, or a value that is not there.
        ("('%100000000s', 'x')", "('%100000000s', 'x')"),
        ("('%(name)s', 'x')", "('%(name)s', 'x')"),
        ("(" * 5000, "(" * 2000),
        ("No such team.", "No such team"),
    ],
)
def test_a_reason_in_the_form_of_a_tuple_is_filled_in(told, said):
    assert refusal(400, message=told).said == said


def test_a_reserved_name_has_a_sentence_of_its_own():
    error = refusal(400, detail="Username is not available").error(
        Call("POST", "url", "create organization payments", "")
    )
    assert isinstance(error, Refused)
    assert str(error).startswith("Could not create organization payments: the name is reserved until ")


def test_a_name_of_an_account_has_a_sentence_of_its_own():
    error = refusal(400, message="A user or organization with this name already exists").error(
        Call("POST", "url", "create organization gus", "")
    )
    assert isinstance(error, Refused)
    why = "a user account has this name; quay_user_conversion converts an account to an organization"
    assert str(error) == f"Could not create organization gus: {why}."


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        ("E-mail address already used", True),
        ("Email has already been used: a@b.org", True),
        ('duplicate key value violates unique constraint "user_email_unique_non_org"\nDETAIL: Key', True),
        ("UNIQUE constraint failed: user.email", True),
        ("Username has already been taken by user cannot be reused: mailbot", False),
    ],
)
def test_an_address_that_is_taken_has_a_sentence_of_its_own(told, taken):
    error = refusal(400, message=told).error(Call("POST", "url", "create user ann", ""))
    assert (str(error) == "Could not create user ann: another account has this e-mail address.") is taken


def test_a_server_that_stays_limited_says_so():
    assert str(refusal(429).error(Call("GET", "url", "read it", ""))).startswith(
        "Could not read it: the server accepts no more"
    )


def test_a_repository_that_takes_no_builds():
    error = refusal(503, message="Repository is in read only or mirror mode: 1").error(
        Call("DELETE", "url", "delete x", "")
    )
    assert error.__class__ is Refused
    assert str(error) == "Could not delete x: the repository is read-only or a mirror."


FIRST = " With OIDC, the first sign-in of a person creates the account: ask the person to sign in."


@pytest.mark.parametrize(
    ("said", "is_person"),
    [
        ("Unknown user", True),
        ("Unknown activating user", True),
        ("Missing delegate user or team", True),
        ("Invalid username: ann", True),
        ("Invalid username Ann!: it is not in lower case", False),
        ("Unknown username of the robot", False),
    ],
)
def test_a_person_who_never_signed_in_has_no_account(said, is_person):
    def message(authentication):
        return str(refusal(400, detail=said).error(Call("PUT", "url", "add member ann", "", authentication)))

    def unreachable():
        raise QuayError("no answer")

    plain = f"Quay refused to add member ann: {said}."
    assert message(lambda: "OIDC") == plain + (FIRST if is_person else "")
    assert {message(lambda: "Database"), message(lambda: "LDAP"), message(unreachable)} == {plain}


def page(status, text="<html>Access denied</html>", kind="text/html"):
    answer = requests.Response()
    answer.status_code = status
    answer.headers["Content-Type"] = kind
    answer._content = text.encode()
    return Refusal(answer)


@pytest.mark.parametrize(
    ("refused", "name"),
    [
        (refusal(401, error_type="fresh_login_required"), "recent sign-in"),
        (refusal(401, error_type="invalid_token"), "credentials"),
        (refusal(403, error="CSRF token was invalid or missing."), "credentials"),
        (page(400, "<html>The plain HTTP request was sent to HTTPS port</html>"), "plain http"),
        (page(400, "Client sent an HTTP request to an HTTPS server.", "text/plain"), "plain http"),
        (page(401), "foreign"),
        (page(403), "foreign"),
        (page(407), "foreign"),
        (page(403, "denied", "text/plain"), "foreign"),
        (refusal(403, detail="Unauthorized"), "rights"),
        (page(404), "feature"),
        (page(405), "feature"),
        (refusal(404, message="no Route matched with those values"), "foreign absence"),
        (refusal(404, error="Not Found", path="/api/v1/x"), "foreign absence"),
        (refusal(404, error_type="not_found", detail="Not Found"), "other"),
        (refusal(404, message="The requested URL was not found on the server."), "other"),
        (refusal(503, message="read only", is_readonly=True), "read-only registry"),
        (refusal(503, message="Repository is in read only or mirror mode: 1"), "read-only repository"),
        (refusal(500), "failure"),
        (page(502), "failure"),
        (refusal(400, message="Username is not available"), "reserved name"),
        (refusal(400, message="E-mail address already used"), "taken address"),
        (refusal(429), "limit"),
        (refusal(400, message="x"), "other"),
    ],
)
def test_which_rule_explains_a_refusal(refused, name):
    assert refused.rule("GET").name == name
    assert str(refused.error(Call("GET", "http://quay/api/v1/x", "read /x", "The token is invalid")))


def test_what_a_firewall_refuses_is_no_lack_of_rights():
    error = page(403).error(Call("GET", "http://quay/api/v1/x", "read /x", ""))
    assert error.__class__ is ForeignAnswer
    assert "is not a Quay API answer: a 403 that is a web page, as a proxy or firewall answers." in str(error)


def test_plain_http_behind_https_names_the_address():
    said = "<html>The plain HTTP request was sent to HTTPS port</html>"
    error = page(400, said).error(Call("GET", "http://quay:8443/api/v1/x", "read /x", ""))
    assert str(error) == "quay:8443 expects https on this port. Set quay_host to https://quay:8443."


def test_the_words_of_a_server_move_no_terminal_and_end():
    said = refusal(400, message="\x1b[2J\x1b]0;title\x07red \u202e\x9b31m" + "x" * 5000).said
    assert said.isprintable() and "[2J" not in said and "title" not in said
    assert len(said) <= 2001
