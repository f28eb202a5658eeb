# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every story of tests/integration/targets through the worker door; all of it, or a sample, through the other."""

from __future__ import annotations

import pytest

from tests.integration.doors import differences
from tests.integration.judge import complaints
from tests.integration.play import stories
from tests.integration.routes import record
from tests.integration.sample import in_sample

SAMPLED = [pytest.param(story, id=story.name) for story in stories() if in_sample(story.name)]
RUNS = [
    *(pytest.param(story, "worker", id=f"{story.name}-worker") for story in stories()),
    *(pytest.param(story, "module", id=f"{story.name}-module") for story in stories() if in_sample(story.name)),
]


@pytest.mark.parametrize(("story", "door"), RUNS)
def test_story(story, door, run):
    told = run(story, door)
    faults = complaints(told)
    if door == "worker" and not faults:
        faults += record(story, told)
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.mark.parametrize("story", SAMPLED)
def test_doors_agree(story, run):
    found = differences(run(story, "worker"), run(story, "module"))
    if found:
        pytest.fail("\n".join(found), pytrace=False)
