# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import types

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import address
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import due, plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Wish
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    CredentialsRefused,
    Forbidden,
    ParentMissing,
    QuayError,
    Refused,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.robot import resource
from ansible_collections.dockhand.quay.plugins.module_utils._objects.robot.place import find, locate

A, B, C = ({"issuer": "https://ci", "subject": subject} for subject in "abc")
NOW = {"description": "old", "unstructured_metadata": {"k": 1}}
FACTS = {"place": "organization/org", "name": "org+ci", "token": "T0KEN"}

NO_ROBOT = Refused("no robot", 400, "Could not find robot with specified username")
NO_ORGANIZATION = Refused("no organization", 400, "Organization does not exist: org")
FORBIDDEN = Forbidden("forbidden", 403, "Unauthorized")


class Client:
    """Answers reads by their path; an error is raised, or None where it is one of ``missing``."""

    def __init__(self, answers, username=None):
        self.answers = answers
        self.asked = []
        self.auth = types.SimpleNamespace(username=username)

    def get(self, template, names, query=None, missing=(404,), view=None):
        path = address(template, names)
        self.asked.append(path)
        answer = self.answers.get(path)
        if isinstance(answer, QuayError):
            if getattr(answer, "status", None) in missing:
                return None
            raise answer
        return answer

    def username(self):
        self.asked.append("/user/")
        return "ann"


def robot(name):
    return {"name": name, "description": "", "unstructured_metadata": {}, "token": "T0KEN"}


def search(name, answers, username=None, state="present"):
    client = Client(answers, username)
    facts, found = find(client, locate(client, {"name": name}), state)
    return facts, found, len(client.asked)


@pytest.mark.parametrize(
    ("name", "answers", "username", "place", "full", "requests"),
    [
        pytest.param(
            "org+ci",
            {"/organization/org/robots/ci": robot("org+ci")},
            None,
            "organization/org",
            "org+ci",
            1,
            id="of an organization",
        ),
        pytest.param("ci", {"/user/robots/ci": robot("ann+ci")}, None, "user", "ann+ci", 1, id="short"),
        pytest.param("ann+ci", {"/user/robots/ci": robot("ann+ci")}, "ann", "user", "ann+ci", 1, id="own, known"),
        pytest.param(
            "ann+ci",
            {"/organization/ann/robots/ci": NO_ORGANIZATION, "/user/robots/ci": robot("ann+ci")},
            None,
            "user",
            "ann+ci",
            3,
            id="own, found out",
        ),
    ],
)
def test_where_a_robot_is(name, answers, username, place, full, requests):
    facts, found, asked = search(name, answers, username)
    assert (facts["place"], facts["name"], found["name"], asked) == (place, full, full, requests)


@pytest.mark.parametrize(
    ("name", "answers", "place", "full", "requests"),
    [
        pytest.param(
            "org+ci", {"/organization/org/robots/ci": NO_ROBOT}, "organization/org", "org+ci", 1, id="Quay says so"
        ),
        pytest.param(
            "org+ci",
            {"/organization/org/robots/ci": Refused("gone", 400, "other words"), "/organization/org": {}},
            "organization/org",
            "org+ci",
            2,
            id="in other words",
        ),
        pytest.param("ci", {}, "user", "ann+ci", 2, id="short"),
        pytest.param(
            "ann+ci",
            {"/organization/ann/robots/ci": FORBIDDEN, "/users/ann": {"is_me": True}},
            "user",
            "ann+ci",
            4,
            id="own",
        ),
    ],
)
def test_where_a_new_robot_goes(name, answers, place, full, requests):
    assert search(name, answers) == ({"place": place, "name": full}, None, requests)


def test_a_missing_short_robot_needs_no_name_to_stay_away():
    assert search("ci", {}, state="absent") == ({"place": "user", "name": "ci"}, None, 1)


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        pytest.param({"/organization/org/robots/ci": NO_ORGANIZATION}, ParentMissing, id="no organization"),
        pytest.param({"/organization/org/robots/ci": FORBIDDEN}, ParentMissing, id="no organization, ordinary user"),
        pytest.param(
            {"/organization/org/robots/ci": NO_ORGANIZATION, "/user/robots/ci": robot("ann+ci")},
            ParentMissing,
            id="no organization, but a robot of that short name",
        ),
        pytest.param(
            {"/organization/org/robots/ci": FORBIDDEN, "/user/robots/ci": FORBIDDEN},
            ParentMissing,
            id="no organization, token without user:admin",
        ),
        pytest.param(
            {"/organization/org/robots/ci": FORBIDDEN, "/organization/org": {}}, Forbidden, id="no rights there"
        ),
        pytest.param({"/organization/org/robots/ci": FORBIDDEN, "/users/org": {}}, QuayError, id="somebody else"),
        pytest.param(
            {"/organization/org/robots/ci": CredentialsRefused("dead", 401, "")}, CredentialsRefused, id="dead token"
        ),
    ],
)
def test_what_must_not_pass_for_absence(answers, error):
    with pytest.raises(QuayError) as raised:
        search("org+ci", answers)
    assert raised.value.__class__ is error


def planned(fields, wish, new=False):
    names = locate(Client({}), {"name": "org+ci", "state": "present"})
    observed = Observed(None if new else {**NOW, **fields}, FACTS)
    wish = resource.adapt(None, names, observed, due(resource.ROBOT, observed, wish))
    return plan(resource.ROBOT, names, observed, wish)


def sent(the_plan):
    return [(step.method, step.path.rsplit("/ci", 1)[-1], step.body) for step in the_plan.steps]


def test_one_request_replaces_all_federations():
    assert sent(planned({"federations": [A, B]}, Wish({"federations": [C]}))) == [("POST", "/federation", [A, B, C])]
    exclusive = Wish({"federations": [C]}, append=False)
    assert sent(planned({"federations": [A, B]}, exclusive)) == [("POST", "/federation", [C])]
    assert sent(planned({"federations": [A, B]}, Wish({"federations": [B]}))) == []


def test_a_new_robot_without_federations_is_one_request():
    blank = {"description": "", "unstructured_metadata": {}}
    assert sent(planned({}, Wish({"federations": [], "regenerate": True}), new=True)) == [("PUT", "", blank)]


def test_regenerate():
    assert sent(planned({}, Wish({"regenerate": True}))) == [("POST", "/regenerate", None)]
    assert sent(planned({}, Wish({"regenerate": None}))) == []


def test_the_diff_says_that_the_token_is_regenerated():
    creation = planned({}, Wish({"regenerate": True}))
    assert (creation.before, creation.after) == ({}, {"regenerate": True})
    assert "regenerate" not in creation.outcome


def test_a_description_stays_with_a_word():
    stays = planned({}, Wish({"description": "new"}))
    assert not stays.steps and "recreate=true" in stays.warnings[0]


def test_made_anew_it_keeps_the_rest():
    anew = planned({"federations": [A]}, Wish({"description": "new", "federations": [B]}, recreate=True))
    assert sent(anew) == [
        ("DELETE", "", None),
        ("PUT", "", {"description": "new", "unstructured_metadata": {"k": 1}}),
        ("POST", "/federation", [A, B]),
    ]


@pytest.mark.parametrize(
    ("answers", "token"),
    [([], "T0KEN"), ([None, {"token": "new"}, [A]], "new"), ([[A]], "T0KEN"), ([{"token": "a"}, {"token": "b"}], "b")],
)
def test_the_newest_token_is_returned(answers, token):
    assert resource.returns(Observed({}, {"entry": {"token": "T0KEN"}}), answers) == {"token": token}


@pytest.mark.parametrize(
    ("changed", "token", "options", "expected"),
    [
        (True, None, {}, {"token": None}),
        (True, "old", {"regenerate": True}, {"token": None}),
        (True, "old", {}, {"token": "old"}),
        (False, "old", {"recreate": True}, {"token": "old"}),
    ],
)
def test_check_mode_knows_no_future_token(changed, token, options, expected):
    result = {"changed": changed, "robot": {"name": "org+ci"}, **({"token": token} if token else {})}
    params = {"regenerate": None, "recreate": False, **options}
    resource.finish(types.SimpleNamespace(check_mode=True, params=params), result)
    assert result == {"changed": changed, "robot": {"name": "org+ci"}, "name": "org+ci", **expected}


def test_federation_rule():
    assert resource.federation_rule([A]) == ""
    assert "'ci.example.com'" in resource.federation_rule([A, {"issuer": "ci.example.com", "subject": "s"}])
