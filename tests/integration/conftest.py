# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""An emulator for each process of pytest, and the runs of stories, each made once."""

from __future__ import annotations

import re
import typing as t

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.integration.emulator import ADMIN, TOKEN, running
from tests.integration.place import EVIL, Api, Place
from tests.integration.play import Run, Server, Story, run_story
from tests.integration.sample import ALL, sample
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


@pytest.fixture
def quay(emulator) -> dict[str, str]:
    """The connection to an emulator that knows nothing but three accounts."""
    emulator.fresh({}, ("alice", "bob", "carol"))
    return {"quay_host": emulator.url, "quay_token": TOKEN}


@pytest.fixture
def place(emulator, tmp_path) -> Place:
    """Two organizations with repositories, and what was deleted and is not collected yet."""
    emulator.fresh({}, ("alice",))
    api = Api(emulator)
    api.organizations("lab", "payments", "gone")
    for name, visibility in (("lab/web", "public"), ("lab/api", "private"), ("payments/a/b", "private")):
        api.repository(name, visibility, EVIL if name == "lab/api" else "plain")
    api.repository("gone/api")
    api.repository("lab/old")
    api.call("PUT", "/repository/payments/a/b/changestate", state="READ_ONLY")
    api.call("DELETE", "/repository/lab/old")
    api.call("DELETE", "/organization/gone")
    api.repository(f"{ADMIN}/own")
    emulator.switch("DELETE", "requests")
    return Place(emulator, tmp_path)


@pytest.fixture(scope="session")
def run(emulator, tmp_path_factory) -> t.Callable[[Story, str], Run]:
    """The run of a story through a door; asked for a second time, the same one."""
    made: dict[tuple[str, str], Run] = {}

    def once(story: Story, door: str) -> Run:
        key = (story.name, door)
        if key not in made:
            chosen = sample(story.name, once(story, "worker")) if door == "module" and not ALL else None
            emulator.fresh(story.meta.get("settings") or {}, USERS)
            credentials = {"quay_token": TOKEN}
            server = Server(
                emulator.url, credentials, ADMIN, USERS, about(emulator.url, credentials, "emulator"), emulator
            )
            try:
                made[key] = run_story(story, server, door, tmp_path_factory.mktemp(f"{story.name}-{door}-"), chosen)
            except BadStory as error:
                pytest.fail(f"{story.name}: {error}", pytrace=False)
        return made[key]

    return once
