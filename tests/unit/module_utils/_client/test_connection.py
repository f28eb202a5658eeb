# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.dockhand.quay.plugins.module_utils._client import connection
from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Anonymous, Session, Token
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput

ALL = dict.fromkeys(connection.CREDENTIALS_SPEC)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("quay.example.com", "https://quay.example.com"),
        ("quay:8443/", "https://quay:8443"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("https://proxy/quay/", "https://proxy/quay"),
        ("[::1]:8080", "https://[::1]:8080"),
    ],
)
def test_hosts(host, url):
    assert connection.base_url(host) == url


@pytest.mark.parametrize(
    "host",
    [
        *["", "http://", "ftp://quay", "a b", "quay?x", "quay?x=secret1234", "quay#x", "quay:99999"],
        *[
            "http://me:secret@quay",
            "me:secret@quay",
            "a..b",
            ".",
            f"{'a' * 64}.org",
            "[1::2::3]",
            "[::1",
            "a\0b",
            "quay\\x",
        ],
    ],
)
def test_bad_hosts(host):
    with pytest.raises(BadInput, match=r"^quay_host: ") as caught:
        connection.base_url(host)
    assert "secret" not in str(caught.value)


def test_an_address_of_the_api_is_told_with_the_right_one():
    with pytest.raises(BadInput) as caught:
        connection.base_url("https://quay.example.com/api/v1/")
    assert str(caught.value) == (
        "quay_host: invalid value 'https://quay.example.com/api/v1/': leave off /api/v1: https://quay.example.com."
    )


@pytest.fixture
def environment(monkeypatch):
    for variable in connection.CREDENTIALS_ENVIRONMENT.values():
        monkeypatch.delenv(variable, raising=False)
    return monkeypatch.setenv


@pytest.mark.parametrize("end", ["\n", "\r\n", " ", "\t\n"])
@pytest.mark.parametrize("name", ["quay_token", "quay_session"])
def test_credentials_lose_blanks_and_line_ends(environment, name, end):
    assert connection.credentials({**ALL, name: f"{end}secret{end}"}) == {name: "secret"}
    environment(connection.CREDENTIALS_ENVIRONMENT[name], f"secret{end}")
    assert connection.credentials(ALL) == {name: "secret"}


def test_a_password_keeps_its_blanks(environment):
    given = {"quay_username": "alice\n", "quay_password": " secret \n"}
    assert connection.credentials({**ALL, **given}) == {"quay_username": "alice", "quay_password": " secret "}


@pytest.mark.parametrize("token", ["two\nlines", "two words", "secr\u00e9t", "a\0b", "a\x7f"])
def test_a_token_that_no_header_can_hold_is_refused_hidden(environment, token):
    with pytest.raises(BadInput) as caught:
        connection.credentials({**ALL, "quay_token": token})
    assert str(caught.value) == ("quay_token: invalid value '(hidden)': use printable ASCII characters and no spaces.")


@pytest.mark.parametrize("empty", ["", " ", None])
def test_empty_is_not_specified(environment, monkeypatch, empty):
    environment("QUAY_TOKEN", empty or "")
    environment("QUAY_USERNAME", "")
    given = {"quay_token": empty, "quay_username": empty, "quay_password": empty, "quay_session": empty}
    assert connection.credentials({**ALL, **given}) == {}
    args = {"quay_host": empty, "verify_ssl": empty, "name": empty}
    # Ansible would make the text None of it.
    name = {} if empty is None else {"name": empty}
    assert connection.specified({**args, **given, "timeout": 5}, {**connection.SERVER_SPEC, **ALL}) == {
        **name,
        "timeout": 5,
    }


@pytest.mark.parametrize("name", ["quay_host", "validate_certs", "ca_path", "timeout"])
def test_an_empty_variable_of_the_environment_is_not_set(monkeypatch, name):
    for spec in connection.SERVER_SPEC.values():
        for variable in spec.get("fallback", (None, []))[1]:
            monkeypatch.delenv(variable, raising=False)
    (variable,) = connection.SERVER_SPEC[name]["fallback"][1]
    monkeypatch.setenv(variable, " ")
    checked = ArgumentSpecValidator(connection.SERVER_SPEC).validate({})
    assert checked.error_messages == []
    assert checked.validated_parameters[name] == connection.SERVER_SPEC[name].get("default")


@pytest.mark.parametrize(
    ("given", "environment", "expected"),
    [
        ({}, {}, Anonymous),
        ({"quay_token": "t"}, {"QUAY_USERNAME": "u", "QUAY_PASSWORD": "p"}, Token),
        ({"quay_username": "u", "quay_password": "p"}, {"QUAY_TOKEN": "t"}, Session),
        ({"quay_username": "u"}, {"QUAY_PASSWORD": "p", "QUAY_TOKEN": "t"}, Session),
        ({}, {"QUAY_USERNAME": "u", "QUAY_PASSWORD": "p", "QUAY_TOKEN": "t"}, Token),
        ({}, {"QUAY_USERNAME": "u", "QUAY_PASSWORD": "p"}, Session),
    ],
)
def test_options_stand_before_the_environment_and_a_token_before_a_password(monkeypatch, given, environment, expected):
    for variable in connection.CREDENTIALS_ENVIRONMENT.values():
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    signs = connection.authentication(connection.credentials({**ALL, **given}))
    assert signs.__class__ is expected


def test_the_environment_counts_only_for_options_that_the_module_has(monkeypatch):
    monkeypatch.setenv("QUAY_TOKEN", "t")
    assert connection.credentials({"quay_host": "x"}) == {}


@pytest.mark.parametrize("given", [{"quay_username": "u"}, {"quay_password": "secret"}])
def test_a_half_pair_is_refused(monkeypatch, given):
    for variable in connection.CREDENTIALS_ENVIRONMENT.values():
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(BadInput) as caught:
        connection.credentials({**ALL, **given})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "environment"),
    [
        ({}, {"QUAY_TOKEN": "secret"}),
        ({}, {"QUAY_SESSION": "secret"}),
        ({}, {"QUAY_USERNAME": "u", "QUAY_PASSWORD": "secret"}),
        ({"quay_username": "u"}, {"QUAY_PASSWORD": "secret"}),
    ],
)
def test_credentials_of_the_environment_are_for_its_host_alone(monkeypatch, given, environment):
    for variable in connection.CREDENTIALS_ENVIRONMENT.values():
        monkeypatch.delenv(variable, raising=False)
    for variable, value in {**environment, "QUAY_HOST": "quay.example.com"}.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(
        BadInput, match=r"^quay_host: invalid value 'staging': the credentials in the environment "
    ) as caught:
        connection.credentials({**ALL, "quay_host": "staging", **given})
    assert "secret" not in str(caught.value)
    for same in ("https://quay.example.com/", "https://Quay.Example.com:443"):
        assert connection.credentials({**ALL, "quay_host": same, **given})
    own = {"quay_username": "u", "quay_password": "p"}
    assert connection.credentials({**ALL, "quay_host": "staging", **own}) == own


def params(**given):
    return {
        "quay_host": "q",
        "timeout": 5.0,
        "validate_certs": True,
        "ca_path": None,
        "client_cert": None,
        "client_key": None,
        **given,
    }


def test_files_are_looked_for_from_the_given_folder(tmp_path):
    (tmp_path / "ca.pem").touch()
    assert connection.endpoint(params(ca_path="ca.pem"), str(tmp_path)).verify == str(tmp_path / "ca.pem")


@pytest.mark.parametrize(
    "given",
    [
        *[{"ca_path": "no.pem"}, {"ca_path": "a\0b"}, {"client_cert": "no.pem"}, {"client_key": __file__}],
        *[{"timeout": timeout} for timeout in (0.0, -1.0, float("inf"), float("nan"), 1e20)],
    ],
)
def test_bad_connection_options(given, tmp_path):
    with pytest.raises(BadInput, match=rf"^{next(iter(given))}: "):
        connection.endpoint(params(**given), str(tmp_path))


def test_one_client_for_one_place_and_set_of_credentials():
    clients = connection.Clients()
    where = connection.endpoint(params(), "/")
    one = clients.get(where, {"quay_token": "a"})
    assert clients.get(where, {"quay_token": "a"}) is one
    assert clients.get(where, {"quay_token": "b"}) is not one
    assert clients.get(connection.endpoint(params(timeout=6.0), "/"), {"quay_token": "a"}) is not one
