# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest
import requests
from ansible_collections.dockhand.quay.plugins.module_utils._client.refusal import Call, Refusal
from ansible_collections.dockhand.quay.plugins.module_utils._errors import Refused


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
