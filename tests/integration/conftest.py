# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""An emulator for each process of pytest, and the runs of stories, each made once."""

from __future__ import annotations

import re
import typing as t

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.integration.emulator import ADMIN, TOKEN, running
from tests.integration.play import Run, Server, Story, run_story
from tests.integration.server import about
from tests.integration.story import BadStory

USERS = ("alice", "bob", "carol")


class ByStory(LoadScopeScheduling):
    """One process runs all tests of a story: the comparison of the doors needs both of its runs.

    xdist_group does not do it: xdist 3.8 renames tests, which pytest 9.2 no longer heeds.
    """

    def _split_scope(self, nodeid: str) -> str:
        story = re.search(r"test_stories\.py::\w+\[(\w+)", nodeid)
        return story.group(1) if story else nodeid


def pytest_xdist_make_scheduler(config, log):
    return ByStory(config, log)


@pytest.fixture(scope="session")
def emulator(tmp_path_factory):
    with running(tmp_path_factory.mktemp("emulator")) as started:
        yield started


@pytest.fixture(scope="session")
def run(emulator, tmp_path_factory) -> t.Callable[[Story, str], Run]:
    """The run of a story through a door; asked for a second time, the same one."""
    made: dict[tuple[str, str], Run] = {}

    def once(story: Story, door: str) -> Run:
        key = (story.name, door)
        if key not in made:
            settings = story.meta.get("settings") or {}
            emulator.fresh(settings, USERS)
            credentials = {"quay_token": TOKEN}
            server = Server(
                emulator.url, credentials, ADMIN, USERS, about(emulator.url, credentials, "emulator"), emulator
            )
            try:
                made[key] = run_story(story, server, door, tmp_path_factory.mktemp(f"{story.name}-{door}-"))
            except BadStory as error:
                pytest.fail(f"{story.name}: {error}", pytrace=False)
        return made[key]

    return once
