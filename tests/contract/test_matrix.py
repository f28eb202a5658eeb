# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The matrix tells what it could not test, and CI runs all of it."""

from __future__ import annotations

import itertools

import pytest
import yaml

from tests.integration.play import ROOT, TARGETS
from tests.tools import matrix

PAIR = matrix.Pair("2.16", "2.16.19", "3.11", "3.9")
JOB = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]["make"]


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine without any Python; the folder is where pyenv keeps its own."""
    matrix.interpreter.cache_clear()
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "shims"))
    monkeypatch.setattr(matrix, "SYSTEM", tmp_path / "system")
    yield tmp_path
    matrix.interpreter.cache_clear()


def offer(machine, folder, version, status):
    """A program of this name that ends with ``status``."""
    python = machine / folder / f"python{version}"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\nexit {status}\n")
    python.chmod(0o755)
    return python


@pytest.mark.parametrize("folder", ["versions/3.9.18/bin", "system"])
def test_a_python_is_found(machine, folder):
    offered = offer(machine, folder, "3.9", 0)
    assert matrix.interpreter("3.9") == offered


def test_a_shim_is_not_taken(machine):
    offer(machine, "shims", "3.9", 0)
    assert matrix.interpreter("3.9") is None


@pytest.mark.parametrize("in_ci", ["true", ""])
def test_ci_does_not_take_a_python_that_is_there_and_broken(machine, in_ci, monkeypatch, capsys):
    monkeypatch.setenv("CI", in_ci)
    broken = offer(machine, "versions/3.9.18/bin", "3.9", 1)
    assert matrix.lacking([PAIR]) is bool(in_ci)
    told = capsys.readouterr().out
    assert f"not tested, as {broken} does not work:\n  {PAIR}\n" in told
    assert "not tested, as there is no Python 3.11 on this machine:" in told


def test_ci_takes_a_python_that_is_not_there(machine, monkeypatch):
    monkeypatch.setenv("CI", "true")
    assert matrix.lacking([PAIR]) is False


@pytest.mark.parametrize(("offered", "passes", "status"), [(True, True, 0), (True, False, 1), (False, True, 1)])
def test_it_succeeds_only_where_something_passed(machine, monkeypatch, capsys, offered, passes, status):
    if offered:
        offer(machine, "versions/3.12.9/bin", "3.12", 0)
    monkeypatch.setattr("sys.argv", ["matrix.py"])
    monkeypatch.setattr(matrix, "LOGS", machine / "logs")
    monkeypatch.setattr(matrix, "passed", lambda pair, stories: passes)
    assert matrix.main() == status
    assert ("pairs: 0 passed, 0 failed, " in capsys.readouterr().out) is not offered


def test_the_stories_exist():
    assert all((TARGETS / story).is_dir() for story in matrix.TABLE["stories"])


def test_the_workflow_runs_every_core():
    commands = JOB["strategy"]["matrix"]["command"]
    once = ["make test", "make doors", "make faults"]
    assert commands == [*once, *(f"make matrix CORE={row['core']}" for row in matrix.TABLE["cores"])]


def test_the_workflow_has_every_python():
    """One that is unproven may be missing."""
    (setup,) = (step for step in JOB["steps"] if "setup-python" in step.get("uses", ""))
    offered, table = setup["with"]["python-version"].split(), matrix.TABLE
    controllers = itertools.chain.from_iterable(row["controllers"] for row in table["cores"])
    assert {*offered, *table["unproven"]} == {*controllers, *table["targets"]}
