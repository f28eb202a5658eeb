# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make test` stops a target that says nothing, and none that is only slow."""

from __future__ import annotations

import pytest

from tests.tools import run_all

MAKEFILE = """\
slow:
\t@for number in 1 2 3 4; do echo $$number; sleep 0.6; done
hung:
\t@echo here; sleep 60
wrong:
\t@exit 1
"""


@pytest.fixture(autouse=True)
def targets(tmp_path, monkeypatch):
    (tmp_path / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    (tmp_path / run_all.LOGS).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run_all, "LOOK", 0.05)


@pytest.mark.parametrize(("name", "passed"), [("slow", True), ("wrong", False)])
def test_targets_that_end(name, passed):
    assert run_all.Target(name).wait(silence=1.5) is passed


def test_a_hung_target():
    target = run_all.Target("hung")
    assert target.wait(silence=1) is False
    assert target.lines() == ["here", "", "stopped: no output for 1 seconds"]
    assert target.seconds < 30
