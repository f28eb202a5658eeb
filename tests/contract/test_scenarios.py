# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every role has a scenario of molecule that leaves nothing out; molecule passes over a playbook that is missing."""

from __future__ import annotations

import pytest
import yaml

from tests.integration.play import ROOT

ROLES = sorted(folder.name for folder in (ROOT / "roles").iterdir())
SCENARIOS = ROOT / "extensions" / "molecule"
# The roles that tell or repair drift, whose scenarios have to make some.
OF_DRIFT = {"drift_report", "provision"}
# Steps of molecule's own.
WITHOUT_PLAYBOOK = {"destroy", "idempotence"}


def sequence(role: str) -> list[str]:
    scenario = yaml.safe_load((SCENARIOS / role / "molecule.yml").read_text(encoding="utf-8"))
    assert scenario["driver"]["name"] == "default"
    return scenario["scenario"]["test_sequence"]


def test_every_role_has_a_scenario():
    assert sorted(folder.name for folder in SCENARIOS.iterdir()) == ROLES


@pytest.mark.parametrize("role", ROLES)
def test_every_step_has_a_playbook_that_is_run(role):
    steps = set(sequence(role))
    assert steps >= {"converge", "idempotence", "verify", "cleanup"}
    assert {file.stem for file in (SCENARIOS / role).glob("*.yml")} - {"molecule"} == steps - WITHOUT_PLAYBOOK


@pytest.mark.parametrize("role", ROLES)
def test_a_second_run_is_prepared(role):
    """Where molecule has prepared a scenario once, it does so again only after "destroy"."""
    steps = sequence(role)
    assert "prepare" not in steps or steps[:2] == ["destroy", "prepare"]


@pytest.mark.parametrize("role", ROLES)
def test_drift_is_made_once_all_is_as_declared(role):
    steps = sequence(role)
    assert ("side_effect" in steps) == (role in OF_DRIFT)
    assert role not in OF_DRIFT or "idempotence" in steps[: steps.index("side_effect")]


def test_drift_is_repaired():
    steps = sequence("provision")
    assert steps[steps.index("side_effect") + 1 :][:2] == ["converge", "verify"]
