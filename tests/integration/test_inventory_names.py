# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory plugin beside other inventories, on the emulator: hosts and groups that share a name."""

from __future__ import annotations

import json
import textwrap

import pytest

from tests.integration.emulator import TOKEN, running
from tests.integration.place import Api, token_of


def test_registries_that_share_a_name(place, tmp_path_factory):
    with running(tmp_path_factory.mktemp("other-")) as other:
        Api(other).organizations("lab")
        staging = {"quay_host": other.url, "quay_token": TOKEN}
        mine, theirs = str(place.write("a.quay.yml")), str(place.write("b.quay.yml", **staging))
        sentence = f"Host lab of {other.url} is already a host of {place.emulator.url}"
        assert sentence in place.refused("-i", mine, "-i", theirs)
        place.write("b.quay.yml", **staging, host_prefix="staging-")
        hosts = place.told("-i", mine, "-i", theirs)["_meta"]["hostvars"]
    assert {name: one["quay_host"] for name, one in hosts.items()} == {
        "lab": place.emulator.url,
        "payments": place.emulator.url,
        "staging-lab": other.url,
    }


def test_organizations_that_share_a_group(place):
    api = Api(place.emulator)
    api.organizations("a-b", "a.b")
    api.repository("a-b/api")
    api.repository("a.b/api")
    process = place.command("inventory", "--list", "-i", str(place.write("quay.yml", kind="repositories")))
    output, complaints = process.communicate()
    assert "Group quay_organization_a_b is not created: it would mix the organizations a-b, a.b." in " ".join(
        complaints.split()
    )
    assert "quay_organization_a_b" not in json.loads(output)


def test_a_machine_is_never_taken_over(place):
    """Any account may create an organization with the name of a machine; its tasks would run on the controller."""
    Api(place.emulator, token_of(place.emulator, "user:admin")).organizations("web01")
    (place.folder / "machines.ini").write_text("[servers]\nweb01 ansible_host=192.0.2.1\n", encoding="utf-8")
    file = str(place.write("quay.yml"))
    sentence = f"Host web01 of {place.emulator.url} is already a host of another inventory: set host_prefix in one"
    assert sentence in place.refused("-i", "machines.ini", "-i", file)
    place.write("quay.yml", host_prefix="registry-")
    told = place.told("-i", "machines.ini", "-i", file)
    assert told["_meta"]["hostvars"]["web01"] == {"ansible_host": "192.0.2.1"}
    assert told["quay_organizations"]["hosts"] == ["registry-lab", "registry-payments", "registry-web01"]


@pytest.mark.parametrize("more", ["ansible_host=192.0.2.1 quay_organization=lab", "ansible_connection=local"])
def test_a_host_that_works_on_the_registry_is_never_taken_over(place, more):
    (place.folder / "machines.ini").write_text(f"lab quay_host={place.emulator.url} {more}\n", encoding="utf-8")
    told = place.refused("-i", "machines.ini", "-i", str(place.write("quay.yml")))
    assert f"Host lab of {place.emulator.url} is already a host of another inventory" in told


def test_prefixes_that_make_one_name_of_two(place):
    Api(place.emulator).organizations("my-lab")
    prefixed = str(place.write("a.quay.yml", include=["lab"], host_prefix="my-"))
    told = place.refused("-i", prefixed, "-i", str(place.write("b.quay.yml")))
    assert f"Host my-lab of {place.emulator.url} is already a host of another inventory" in told


def test_several_inventories_of_one_registry(place):
    """Of all organizations, of those of the account, of all repositories; and the first of them again."""
    options = {"a": {}, "b": {"scope": "user"}, "c": {"kind": "repositories"}}
    files = [str(place.write(f"{name}.quay.yml", **more)) for name, more in options.items()]
    told = place.told(*(word for file in (*files, files[0]) for word in ("-i", file)))
    assert told["quay_organizations"]["hosts"] == ["lab", "payments"]
    assert told["quay_repositories"]["hosts"] == ["lab/api", "lab/web", "payments/a/b"]


def test_an_inventory_that_is_read_anew(place):
    place.write("quay.yml", keyed_groups=[{"key": "quay_organization", "prefix": "of"}])
    (place.folder / "host_vars").mkdir()
    (place.folder / "host_vars" / "lab.yml").write_text("purpose: trying\n", encoding="utf-8")
    play = """\
    - hosts: lab
      gather_facts: false
      tasks:
        - ansible.builtin.add_host: {name: machine, groups: machines}
        - ansible.builtin.meta: refresh_inventory
        - ansible.builtin.debug: {msg: "{{ purpose }} {{ quay_organization }} {{ groups.of_lab }}"}
    """
    (place.folder / "play.yml").write_text(textwrap.dedent(play), encoding="utf-8")
    process = place.command("playbook", "-i", "quay.yml", "play.yml")
    output, complaints = process.communicate()
    assert (process.returncode, complaints) == (0, ""), output
    assert "trying lab ['lab']" in output
    assert len(place.sent()) == 2


@pytest.mark.parametrize("name", ["all", "ungrouped", "quay_organizations", "servers", "mine"])
def test_a_group_is_never_taken_for_a_host(place, name):
    """Ansible would give the group what is meant for the host, such as the connection to the controller."""
    Api(place.emulator).organizations(name)
    (place.folder / "machines.ini").write_text("[servers]\nweb01\n", encoding="utf-8")
    groups = {"mine": "true"}
    file = str(place.write("quay.yml", groups=groups))
    cure = "set host_prefix, or leave it out with exclude."
    sentence = f"Host {name} of {place.emulator.url} has the name of a group: {cure}"
    assert sentence in place.refused("-i", "machines.ini", "-i", file)
    for more in ({"exclude": [name]}, {"host_prefix": "registry-"}):
        place.write("quay.yml", groups=groups, **more)
        told = place.told("-i", "machines.ini", "-i", file)
        assert told["servers"] == {"hosts": ["web01"]}
        assert "web01" not in told["_meta"]["hostvars"]


def test_a_group_for_repositories_may_have_the_name_of_an_organization(place):
    api = Api(place.emulator)
    api.organizations("quay_private")
    api.repository("quay_private/api")
    told = place.told("-i", str(place.write("quay.yml", kind="repositories")))
    assert told["quay_private"]["hosts"] == ["lab/api", "payments/a/b", "quay_private/api"]


def test_a_keyed_group_that_has_the_name_of_a_host(place):
    """Nobody knows its name before: Ansible warns, and each keeps what is its own."""
    file = place.write(
        "quay.yml",
        compose={"partner": "{'lab': 'payments', 'payments': 'lab'}[quay_organization]"},
        groups={"trying": "quay_organization == 'payments'"},
        keyed_groups=[{"key": "partner", "separator": ""}],
        strict=True,
    )
    process = place.command("inventory", "--list", "-i", str(file))
    output, complaints = process.communicate()
    told = json.loads(output)
    assert "Found both group and host with same name" in complaints
    assert told["trying"]["hosts"] == ["payments"]
    assert {name: one["ansible_connection"] for name, one in told["_meta"]["hostvars"].items()} == {
        "lab": "local",
        "payments": "local",
    }
