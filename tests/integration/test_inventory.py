# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory plugin on the emulator: what ansible-inventory tells, and what it costs."""

from __future__ import annotations

import json

import pytest
import yaml
from ansible_collections.dockhand.quay.plugins.inventory import quay

from tests.integration.emulator import ADMIN, TOKEN
from tests.integration.place import EVIL, Api, token_of


def test_organizations(place):
    told = place.told("-i", str(place.write("quay.yml")))
    hosts = told["_meta"]["hostvars"]
    assert list(hosts) == told["quay_organizations"]["hosts"] == ["lab", "payments"]
    assert hosts["lab"] == {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
        "quay_email": "",
        "quay_host": place.emulator.url,
        "quay_is_admin": None,
        "quay_organization": "lab",
        "quay_quota_bytes": None,
        "quay_used_bytes": 0,
    }
    assert place.sent() == ["GET /api/v1/superuser/organizations/ limit=100"]


@pytest.mark.parametrize("example", list(yaml.safe_load_all(quay.EXAMPLES)), ids=lambda example: str(len(example)))
def test_examples(place, example):
    """The emulator stands for the server that an example names."""
    example.pop("quay_host", None)
    folders = {"HOME": str(place.folder), "PAYMENTS_TOKEN": TOKEN}
    told = place.told("-i", str(place.write("quay.yml", **example)), **folders)
    assert any(name.startswith("payments") for name in told["_meta"]["hostvars"])


def test_repositories(place):
    told = place.told("-i", str(place.write("all.quay.yaml", kind="repositories")))
    assert list(told["_meta"]["hostvars"]) == ["lab/api", "lab/web", "payments/a/b"]
    assert {group: entry["hosts"] for group, entry in told.items() if "hosts" in entry} == {
        "quay_repositories": ["lab/api", "lab/web", "payments/a/b"],
        "quay_private": ["lab/api", "payments/a/b"],
        "quay_public": ["lab/web"],
        "quay_state_normal": ["lab/api", "lab/web"],
        "quay_state_read_only": ["payments/a/b"],
        "quay_organization_lab": ["lab/api", "lab/web"],
        "quay_organization_payments": ["payments/a/b"],
    }
    assert place.sent() == [
        "GET /api/v1/superuser/organizations/ limit=100",
        "GET /config",
        "GET /api/v1/repository public=true&last_modified=true",
        "GET /api/v1/superuser/organizations/ limit=1",
    ]


def test_repositories_of_some_organizations(place):
    told = place.told("-i", str(place.write("quay.yml", kind="repositories", include=["pay*", "lab/w*"])))
    assert list(told["_meta"]["hostvars"]) == ["lab/web", "payments/a/b"]
    assert sorted(place.sent()) == [
        "GET /api/v1/repository namespace=lab&last_modified=true",
        "GET /api/v1/repository namespace=payments&last_modified=true",
        "GET /api/v1/superuser/organizations/ limit=1",
        "GET /api/v1/superuser/organizations/ limit=100",
        "GET /config",
    ]


def test_of_a_member_and_administrator(place):
    api = Api(place.emulator)
    api.call("PUT", "/organization/lab/team/owners/members/alice")
    file = str(place.write("quay.yml", scope="user"))
    token = token_of(place.emulator, "user:read org:admin")
    assert list(place.told("-i", file, QUAY_TOKEN=token)["_meta"]["hostvars"]) == ["lab"]
    file = str(place.write("quay.yml", scope="user", kind="repositories"))
    assert list(place.told("-i", file, QUAY_TOKEN=token)["_meta"]["hostvars"]) == ["lab/api", "lab/web"]
    api.call("PUT", "/organization/payments/team/readers", role="member")
    api.call("PUT", "/organization/payments/team/readers/members/alice")
    sentence = "No rights to list all repositories of organization payments: the account does not administer it"
    assert sentence in place.refused("-i", file, QUAY_TOKEN=token)
    file = str(place.write("quay.yml", scope="user", kind="repositories", exclude=["payments"]))
    assert list(place.told("-i", file, QUAY_TOKEN=token)["_meta"]["hostvars"]) == ["lab/api", "lab/web"]


@pytest.mark.parametrize("kind", ["organizations", "repositories"])
@pytest.mark.parametrize("scope", ["superuser", "user"])
def test_dead_credentials_are_no_empty_registry(place, kind, scope):
    told = place.refused("-i", str(place.write("quay.yml", kind=kind, scope=scope)), QUAY_TOKEN="dead")
    assert "The token (quay_token) is invalid or expired" in told


def test_a_wrong_password_is_told(place):
    wrong = {"QUAY_TOKEN": "", "QUAY_USERNAME": ADMIN, "QUAY_PASSWORD": "wrong-one"}
    assert f"Quay refused to sign in {ADMIN}" in place.refused("-i", str(place.write("quay.yml")), **wrong)


def test_lesser_rights_are_no_empty_registry(place):
    told = place.refused("-i", str(place.write("quay.yml")), QUAY_TOKEN=token_of(place.emulator, "org:admin user:read"))
    assert "No rights to list all organizations: the account is not a superuser" in told


def test_superusers_without_full_access(place):
    place.emulator.switch("POST", "settings", {"FEATURE_SUPERUSERS_FULL_ACCESS": False})
    Api(place.emulator, token_of(place.emulator, "user:admin")).organizations("others")
    told = place.refused("-i", str(place.write("quay.yml", kind="repositories")))
    assert "No rights to list all repositories of organization others" in told
    file = str(place.write("quay.yml", kind="repositories", exclude=["others"]))
    assert list(place.told("-i", file)["_meta"]["hostvars"]) == ["lab/api", "lab/web", "payments/a/b"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"includes": ["lab"]}, "includes is not an option of the inventory plugin dockhand.quay.quay."),
        ({"include": ["lap"]}, "include: there is no organization lap among those that Quay lists for this account."),
        ({"include": ["lab/api"]}, "include: invalid value 'lab/api': repositories need kind=repositories"),
        ({"workers": 0}, "workers: invalid value 0: use 1 to 32."),
        ({"quay_host": "ftp://quay"}, "quay_host: invalid value 'ftp://quay'"),
        ({"strict": True, "compose": {"a": "nowhere"}}, "Could not set a for host lab"),
    ],
)
def test_mistakes(place, options, sentence):
    assert sentence in place.refused("-i", str(place.write("quay.yml", **options)))


def test_constructed(place):
    file = place.write(
        "quay.yml",
        quay_token="{{ secret }}",
        kind="repositories",
        compose={"short": "quay_repository.split('/')[1:] | join('/')"},
        groups={"web": "short == 'web'"},
        keyed_groups=[{"key": "quay_visibility", "prefix": "seen"}, {"key": "short[0]", "prefix": "letter"}],
        strict=True,
    )
    told = place.told("-i", str(file), "-e", json.dumps({"secret": TOKEN}), QUAY_TOKEN="")
    # Since 2.19 the results of expressions are marked.
    assert told["_meta"]["hostvars"]["payments/a/b"]["short"] in ("a/b", {"__ansible_unsafe": "a/b"})
    assert told["web"]["hosts"] == ["lab/web"]
    assert told["seen_private"]["hosts"] == told["letter_a"]["hosts"] == ["lab/api", "payments/a/b"]


def test_texts_of_others_are_no_templates(place):
    place.write("quay.yml", kind="repositories", groups={"evil": "'touch' in quay_description"}, strict=True)
    process = place.command(
        "adhoc", "-i", "quay.yml", "evil", "-m", "ansible.builtin.debug", "-a", "var=quay_description"
    )
    assert EVIL in process.communicate()[0]
    assert not (place.folder / "evil").exists()


def test_cache(place):
    cache = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(place.folder / "kept")}
    file = str(place.write("quay.yml", kind="repositories", **cache))
    first = place.told("-i", file)
    assert len(place.sent()) == 4
    assert place.told("-i", file) == first
    assert place.sent() == []
    (place.folder / "play.yml").write_text("- hosts: all\n", encoding="utf-8")
    place.command("playbook", "-i", file, "play.yml", "--list-hosts", "--flush-cache").communicate()
    assert len(place.sent()) == 4
    assert "is invalid or expired" in place.refused("-i", file, QUAY_TOKEN="dead")
    place.sent()
    place.told("-i", str(place.write("quay.yml", kind="repositories", include=["lab"], **cache)))
    assert len(place.sent()) == 4
    kept = "".join(one.name + one.read_text() for one in (place.folder / "kept").iterdir())
    assert TOKEN not in kept
