# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""One story on an emulator of its own, without pytest: what `ansible-test integration TARGET` runs."""

from __future__ import annotations

import argparse
import pathlib
import sys
import tempfile

from tests.integration.emulator import ADMIN, TOKEN, running
from tests.integration.play import COLLECTIONS, DOORS, Server, run_story, stories
from tests.integration.server import about

USERS = ("alice", "bob", "carol")


def main() -> int:
    found = {story.name: story for story in stories()}
    parser = argparse.ArgumentParser(prog="python -m tests.integration.alone", description=__doc__)
    parser.add_argument("story", choices=found)
    parser.add_argument("--door", choices=DOORS, default="worker")
    asked = parser.parse_args()
    story = found[asked.story]
    # The judge asks modules for their options.
    sys.path.insert(0, COLLECTIONS.partition(":")[0])
    from tests.integration.judge import complaints

    with tempfile.TemporaryDirectory() as name, running(pathlib.Path(name)) as emulator:
        emulator.fresh(story.meta.get("settings") or {}, USERS)
        credentials = {"quay_token": TOKEN}
        known = about(emulator.url, credentials, "emulator")
        server = Server(emulator.url, credentials, ADMIN, USERS, known, emulator)
        run = run_story(story, server, asked.door, pathlib.Path(name) / "story")
        print(run.output)
        faults = complaints(run)
    print("\n".join(faults) or f"{story.name}: passed in {run.seconds:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
