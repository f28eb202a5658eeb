# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every story of tests/integration/targets, through both doors (see README.md here)."""

from __future__ import annotations

import pytest

from tests.integration.doors import differences
from tests.integration.judge import complaints
from tests.integration.play import DOORS, stories

STORIES = [pytest.param(story, id=story.name) for story in stories()]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("story", STORIES)
def test_story(story, door, run):
    told = run(story, door)
    faults = complaints(told)
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.mark.parametrize("story", STORIES)
def test_doors_agree(story, run):
    found = differences(run(story, "worker"), run(story, "module"))
    if found:
        pytest.fail("\n".join(found), pytrace=False)
