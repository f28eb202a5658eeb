# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The routes of Quay's API that the module of a story has used, kept next to the story as routes.txt."""

from __future__ import annotations

import typing as t

from tests.integration.play import Run, Story
from tests.tools.coverage import module_of, route_of

API = "/api/v1"


def used(story: Story, run: Run) -> list[str]:
    """Method and route of each request that the story's module has sent with success."""
    module = module_of(story.name)
    sent = [
        request
        for event in run.events
        if event["twin"] == "real" and event["action"].rpartition(".")[2] == module
        for request in event.get("requests", ())
        if request["status"] < 400
    ]
    found = {route_of(request["method"], request["path"].removeprefix(API)) for request in sent}
    return sorted(route for route in found if route)


def record(story: Story, run: Run) -> t.Iterator[str]:
    """Write the file again if it is stale, and say so, since it must be committed."""
    file, text = story.folder / "routes.txt", "".join(f"{route}\n" for route in used(story, run))
    if module_of(story.name) and (file.read_text(encoding="utf-8") if file.exists() else None) != text:
        file.write_text(text, encoding="utf-8")
        yield f"{file} did not have what the module requests. It was written again: commit it, and run make generate."
