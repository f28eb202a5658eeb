# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide's inventories of several registries, in jobs of automation controller with a credential for one of them."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from tests.contract.guide import GUIDES, blocks
from tests.contract.test_guide_scale_out import written
from tests.integration.controller import Item, Job, launch
from tests.integration.emulator import TOKEN, Emulator, running
from tests.integration.play import write_yaml
from tests.integration.server import API, Quay

FILES = {file: block for _section, file, block in blocks(GUIDES / "guide_scale_out.rst") if file}


class Registries(t.NamedTuple):
    """Each has one organization; the credential is production's."""

    production: Emulator
    staging: Emulator


@pytest.fixture(scope="module")
def running_registries(tmp_path_factory) -> t.Iterator[Registries]:
    with running(tmp_path_factory.mktemp("a-")) as production, running(tmp_path_factory.mktemp("b-")) as staging:
        yield Registries(production, staging)


@pytest.fixture
def registries(running_registries, monkeypatch) -> Registries:
    for emulator, organization in zip(running_registries, ("payments", "lab")):
        emulator.fresh({}, ())
        Quay(emulator.url, {"quay_token": TOKEN}).ask("POST", f"{API}/organization/", {"name": organization})
        written(emulator)
    monkeypatch.setenv("PRODUCTION_TOKEN", TOKEN)
    monkeypatch.setenv("STAGING_TOKEN", TOKEN)
    return running_registries


def job(registries: Registries, playbook: str, folder: Path, files: Item, **inputs: str) -> Job:
    """A job of the guide's playbook, over the inventory that the guide's ``files`` make."""
    for name, place in {playbook: f"project/{playbook}", **files}.items():
        content = FILES[name].replace("https://quay.example.com", registries.production.url)
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(
            content.replace("https://staging.example.com", registries.staging.url), encoding="utf-8"
        )
    template: Item = {"playbook": playbook, "inventory": "of the guide", "survey_spec": {"spec": []}}
    return launch(template, {"host": registries.production.url, "token": TOKEN, **inputs}, {}, folder)


def test_registries_as_hosts(registries, tmp_path):
    job(registries, "platform.yml", tmp_path, {"registries.yml": "inventory/registries.yml"})
    assert tuple(map(written, registries)) == (["POST /organization/"], ["POST /organization/"])


def test_organizations_of_several_registries(registries, tmp_path):
    everywhere = {name: name.replace("everywhere", "inventory") for name in FILES if name.startswith("everywhere/")}
    job(registries, "readers.yml", tmp_path, everywhere)
    assert tuple(map(written, registries)) == (
        ["PUT /organization/payments/team/readers"],
        ["PUT /organization/lab/team/readers"],
    )


def test_a_token_goes_to_its_own_registry_alone(registries, tmp_path):
    """The inventory names a registry that the credential is not for."""
    variables = {"quay_host": registries.staging.url, "quay_organization": "lab", "ansible_connection": "local"}
    hosts = {"quay_organizations": {"hosts": {"lab": variables}}}
    (tmp_path / "inventory").mkdir()
    write_yaml(tmp_path / "inventory" / "staging.yml", hosts)
    ended = job(registries, "auditors.yml", tmp_path, {})
    assert ended.results("failed")[-1]["msg"] == (
        f"quay_host: invalid value '{registries.staging.url}': "
        "the credentials in the environment are for its QUAY_HOST; set credentials for this registry."
    )
    assert [registry.switch("GET", "requests") for registry in registries] == [[], []]
