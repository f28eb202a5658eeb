# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts on a toy server that loses answers, refuses, and knows superusers, as Quay does."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.reconcile import reconcile
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    AnswerLost,
    QuayError,
    ReadFailed,
    Refused,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.user.accounts import email_of, list_users
from ansible_collections.dockhand.quay.plugins.module_utils._objects.user.resource import USER
from ansible_collections.dockhand.quay.plugins.module_utils._objects.user.superuser import SUPERUSER, advice, finish

GENERATED = "GENERATED"


class Quay:
    """``lose`` and ``refuse`` hold numbers of writes (from 1) whose answer is lost or that are refused."""

    def __init__(self, lose=(), refuse=(), superusers=(), authentication="Database", mailing=False, **accounts):
        self.accounts = {name: {"email": "", "enabled": True, **account} for name, account in accounts.items()}
        self.superusers, self.source, self.mailing = superusers, authentication, mailing
        self.lose, self.refuse = lose, refuse
        self.writes, self.reads = [], 0
        self.transport = SimpleNamespace(endpoint=SimpleNamespace(url="https://quay.example.com"))

    def authentication(self):
        return self.source

    def config(self):
        return {"config": {"AUTHENTICATION_TYPE": self.source}, "features": {"MAILING": self.mailing}}

    def get(self, template, names, query=None, missing=(404,), view=None):
        self.reads += 1
        account, name = self.accounts.get(names["username"]), names["username"]
        return account and {"username": name, **account, "super_user": name in self.superusers}

    def write(self, method, path, body, purpose):
        number, name = len(self.writes) + 1, path.rstrip("/").rsplit("/", 1)[1]
        self.writes.append((method, path, body))
        if number in self.refuse or (method != "POST" and name in self.superusers):
            raise Refused(f"Refused to {purpose}.", 400, "")
        answer = getattr(self, method.lower())(name, body)
        if number in self.lose:
            raise AnswerLost("The answer was lost.")
        return answer

    def post(self, name, body):
        if name != "users":
            self.accounts[name] = {"email": "of@the.directory", "enabled": True}
            return {"entity": {"name": name}}
        account = {"email": body["email"], "enabled": True, "password": GENERATED}
        self.accounts[body["username"]] = account
        return {"username": body["username"], "password": GENERATED, "encrypted_password": "x"}

    def put(self, name, body):
        self.accounts[name].update(body)
        return {"username": name, **({"encrypted_password": "x"} if "password" in body else {})}

    def delete(self, name, body):
        # As Quay does it: 204, and a disabled account stays.
        if self.accounts[name]["enabled"]:
            del self.accounts[name]


def run(quay, resource=USER, check_mode=False, **given):
    warnings = []
    params = {"username": "ann", "email": None, "password": None, "enabled": None, "state": "present"}
    params.update({"update_password": "on_create", **given})
    result = reconcile(resource, quay, params, check_mode, True, warnings.append)
    finish(SimpleNamespace(params=params, client=quay, check_mode=check_mode, warn=warnings.append), result)
    return result, warnings


def test_the_generated_password_is_returned_only_where_it_is_the_account_s():
    quay = Quay()
    assert run(quay)[0]["password"] == GENERATED
    assert "password" not in run(quay)[0]
    assert "password" not in run(Quay(), password="secret-enough")[0]


def test_check_mode_predicts():
    quay = Quay()
    predicted, _dummy = run(quay, check_mode=True, email="a@b.org", enabled=False)
    happened, _dummy = run(quay, email="a@b.org", enabled=False)
    assert predicted["password"] is None
    assert predicted["super_user"] is None
    assert {key: predicted[key] for key in ("user", "diff", "changed")} == {
        key: happened[key] for key in ("user", "diff", "changed")
    }


@pytest.mark.parametrize("password", [None, "secret-enough"])
@pytest.mark.parametrize("lose", [(), *((number,) for number in (1, 2, 3)), (1, 2)])
def test_a_new_account_has_a_known_password_whatever_answer_is_lost(lose, password):
    quay = Quay(lose=lose)
    try:
        result, _dummy = run(quay, password=password, enabled=False)
    except AnswerLost as lost:
        # The answer to the password that replaced the lost one.
        result = lost.result
    assert quay.accounts["ann"]["password"] == result.get("password", password)
    assert quay.accounts["ann"]["enabled"] is False


def test_a_refused_password_does_not_lose_the_generated_one():
    with pytest.raises(Refused) as caught:
        run(Quay(refuse=(2,)), password="secret-enough")
    assert caught.value.result["password"] == GENERATED


def test_a_later_refusal_does_not_tell_a_password_that_is_no_longer_valid():
    with pytest.raises(Refused) as caught:
        run(Quay(refuse=(3,)), password="secret-enough", enabled=False)
    assert "password" not in caught.value.result


def test_the_password_of_an_account_is_set_again_only_on_request():
    quay = Quay(ann={})
    assert run(quay, password="secret-enough")[0]["changed"] is False
    assert quay.reads == 1
    assert run(quay, password="secret-enough", update_password="always")[0]["changed"] is True
    assert quay.accounts["ann"]["password"] == "secret-enough"


def test_each_facet_has_its_own_write():
    quay = Quay(ann={})
    run(quay, email="a@b.org", enabled=False, password="secret-enough", update_password="always")
    assert [body for _dummy, _dummy, body in quay.writes] == [
        {"password": "secret-enough"},
        {"email": "a@b.org"},
        {"enabled": False},
    ]


@pytest.mark.parametrize("lose", [(), (1,), (2,)])
def test_a_disabled_account_is_enabled_for_its_deletion(lose):
    quay = Quay(lose=lose, ann={"enabled": False})
    assert run(quay, state="absent")[0]["changed"] is True
    assert quay.accounts == {}


@pytest.mark.parametrize(("lose", "refuse"), [((), (2,)), ((1,), (3,))])
def test_and_disabled_again_where_that_is_refused(lose, refuse):
    quay = Quay(lose=lose, refuse=refuse, ann={"enabled": False})
    with pytest.raises(Refused):
        run(quay, state="absent")
    assert quay.accounts["ann"]["enabled"] is False


@pytest.mark.parametrize("wish", [{"enabled": False}, {"email": "a@b.org"}, {"state": "absent"}])
def test_a_superuser_stays_as_it_is(wish):
    quay = Quay(superusers=("ann",), ann={})
    result, warnings = run(quay, **wish)
    assert result["changed"] is False
    assert len(warnings) == 1
    with pytest.raises(QuayError) as caught:
        run(quay, SUPERUSER, **wish)
    assert str(caught.value) == warnings[0]
    assert quay.writes == []


@pytest.mark.parametrize("resource", [USER, SUPERUSER])
def test_where_a_superuser_needs_no_change_nothing_is_said(resource):
    quay = Quay(superusers=("ann",), ann={"email": "a@b.org"})
    result, warnings = run(quay, resource, email="a@b.org", enabled=True, password="secret-enough")
    assert (result["changed"], warnings) == (False, [])


def test_a_new_superuser_gets_no_password_of_the_task_s():
    quay = Quay(superusers=("ann",))
    with pytest.raises(Refused) as caught:
        run(quay, password="secret-enough")
    assert caught.value.result["password"] == GENERATED


def test_who_is_no_superuser_is_told_with_the_password():
    with pytest.raises(QuayError) as caught:
        run(Quay(), SUPERUSER, require_superuser=True)
    assert str(caught.value) == advice("Database", "ann")
    assert caught.value.result["password"] == GENERATED
    assert caught.value.result["changed"] is True
    result, warnings = run(Quay(), SUPERUSER, require_superuser=False)
    assert (result["super_user"], warnings) == (False, [advice("Database", "ann")])
    assert run(Quay(), SUPERUSER, require_superuser=True, check_mode=True)[1] == [
        "Whether the server counts user ann as a superuser is known only after it is created."
    ]


LATER = (
    "User ann becomes a superuser only when the server restarts: Quay adds it to SUPER_USERS in its configuration "
    "if that is writable; otherwise add it yourself."
)


@pytest.mark.parametrize("accounts", [{}, {"ann": {}}])
@pytest.mark.parametrize("lose", [(), (1,), (2,)])
def test_a_superuser_is_written_into_the_configuration_until_the_server_counts_it(accounts, lose):
    quay = Quay(lose=lose, **accounts)
    for _run in range(2):
        assert run(quay, check_mode=True, superuser=True)[0]["changed"] is True
        result, warnings = run(quay, superuser=True)
        assert (result["changed"], result["super_user"], warnings) == (True, False, [LATER])
        assert result["user"] == {"username": "ann", "email": "", "enabled": True}
        assert result["diff"]["after"]["superuser"] is True
        assert ("PUT", "/superuser/users/ann", {"superuser": True}) in quay.writes
    quay.superusers, count = ("ann",), len(quay.writes)
    result, warnings = run(quay, superuser=True)
    assert (result["changed"], warnings, len(quay.writes)) == (False, [], count)


def test_a_new_account_that_the_server_counts_already_is_not_written():
    quay = Quay(superusers=("ann",))
    assert run(quay, superuser=True)[0]["super_user"] is True
    assert [method for method, _path, _body in quay.writes] == ["POST"]


def test_only_the_configuration_takes_a_superuser_back():
    quay = Quay(superusers=("ann",), ann={})
    assert run(quay, superuser=False)[1] == [
        "User ann remains a superuser: only the server's configuration can change that."
    ]
    assert run(Quay(ann={}), superuser=False)[0]["changed"] is False


@pytest.mark.parametrize("authentication", ["Database", "Keystone", "LDAP", "OIDC"])
def test_the_advice_names_what_decides(authentication):
    names = {"LDAP": "LDAP_SUPERUSER_FILTER", "OIDC": "SUPERUSER_GROUP of its OIDC login service in releases after"}
    assert names.get(authentication, "SUPER_USERS:\n  - ann") in advice(authentication, "ann")


def test_a_directory_has_the_account_and_its_secrets():
    quay = Quay(authentication="LDAP", mailing=True)
    result, _dummy = run(quay)
    assert quay.writes == [("POST", "/entities/link/ann", None)]
    assert result["user"] == {"username": "ann", "enabled": True}
    assert result["diff"]["after"] == {"enabled": True}
    assert "password" not in result
    for options in ({"email": "a@b.org"}, {"password": "secret-enough", "update_password": "always"}):
        with pytest.raises(QuayError, match="the directory determines this"):
            run(quay, **options)
    assert run(quay, email="of@the.directory", password="secret-enough")[0]["changed"] is False


def test_a_server_that_sends_mail_wants_an_address():
    for check_mode, email in itertools.product([True, False], [None, ""]):
        with pytest.raises(QuayError, match="User ann requires email"):
            run(Quay(mailing=True), check_mode=check_mode, email=email)
    assert run(Quay(mailing=True), email="a@b.org")[0]["changed"] is True


def test_an_empty_address_is_not_sent():
    quay = Quay(ann={"email": "a@b.org"})
    assert run(quay, email="")[0]["user"]["email"] == "a@b.org"
    assert quay.writes == []


@pytest.mark.parametrize(
    ("email", "shown"),
    [("a@b.org", "a@b.org"), ("3f067dd0-51ac-456f-9c7a-0cc20f501e7b", ""), ("", ""), (None, "")],
)
def test_no_address_is_an_empty_one(email, shown):
    assert email_of({"email": email}) == shown


def test_the_list_is_filtered_and_sorted():
    views = [
        {"username": name, "email": None, "verified": True, "enabled": True, "super_user": name == "root"}
        for name in ("root", "bob", "ann")
    ]
    client = SimpleNamespace(
        pages=lambda *asked: iter(views),
        transport=SimpleNamespace(endpoint=SimpleNamespace(url="https://quay.example.com")),
    )
    everyone = {"name": None, "superusers_only": False, "include_disabled": True}

    def names(**options):
        return [
            user["username"]
            for user in list_users(SimpleNamespace(client=client, params={**everyone, **options}))["users"]
        ]

    assert names() == ["ann", "bob", "root"]
    assert names(name="o") == ["bob", "root"]
    assert names(superusers_only=True) == ["root"]
    with pytest.raises(QuayError, match="use a regular expression"):
        names(name="(")
    client.transport.endpoint.url = "https://quay.io"
    with pytest.raises(QuayError, match=r"quay\.io has no superuser API"):
        names()


def test_the_list_is_read_once_more_where_somebody_deletes_an_account():
    fail = ReadFailed("Quay failed with 500.")
    ann = {"username": "ann", "email": "", "enabled": True, "super_user": True}
    options = {"name": None, "superusers_only": False, "include_disabled": True}

    def listed(*answers):
        left = list(answers)

        def pages(*asked, view=None):
            answer = left.pop(0)
            if isinstance(answer, QuayError):
                raise answer
            yield from answer

        endpoint = SimpleNamespace(url="https://quay.example.com")
        client = SimpleNamespace(pages=pages, transport=SimpleNamespace(endpoint=endpoint))
        return list_users(SimpleNamespace(client=client, params=options))["users"]

    assert [user["username"] for user in listed(fail, [ann])] == ["ann"]
    with pytest.raises(ReadFailed):
        listed(fail, fail, [ann])
    with pytest.raises(Refused):
        listed(Refused("No rights.", 403, ""), [ann])
