# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""An emulator for each process of pytest, and the runs of stories, each made once."""

from __future__ import annotations

import typing as t

import pytest

from tests.integration.emulator import ADMIN, TOKEN, running
from tests.integration.play import Run, Server, Story, run_story
from tests.integration.server import about
from tests.integration.story import BadStory

USERS = ("alice", "bob", "carol")


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
