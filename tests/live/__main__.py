# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make live`: the stories of tests/integration against a real Quay (see README.md here)."""

from __future__ import annotations

import argparse
import os
import pathlib
import sys
import tempfile
import time
import typing as t

from tests.integration.doors import differences
from tests.integration.judge import complaints
from tests.integration.play import COLLECTIONS, DOORS, Server, Story, new_word, run_story, stories
from tests.integration.server import API, Quay, about
from tests.integration.story import BadStory
from tests.live.record import Outcome, release_of, save

REGISTRIES = ("registry_documents", "registry_exclusive")


def credentials_of_environment() -> dict[str, str]:
    """A token wins over a password, as for the modules."""
    if os.environ.get("QUAY_TOKEN"):
        return {"quay_token": os.environ["QUAY_TOKEN"]}
    if os.environ.get("QUAY_USERNAME") and os.environ.get("QUAY_PASSWORD"):
        return {name: os.environ[name.upper()] for name in ("quay_username", "quay_password")}
    raise SystemExit("set QUAY_TOKEN, or QUAY_USERNAME and QUAY_PASSWORD, of a superuser")


def make_users(quay: Quay, authentication: str) -> tuple[str, ...]:
    """Three new accounts; where Quay cannot make any, those of QUAY_STORY_USERS, which it must only learn of."""
    if authentication == "Database":
        word = new_word()
        names = tuple(f"{name}-{word}" for name in ("alice", "bob", "carol"))
        for name in names:
            quay.ask("POST", f"{API}/superuser/users/", {"username": name, "email": f"{name}@example.com"})
        return names
    names = tuple(os.environ.get("QUAY_STORY_USERS", "").replace(",", " ").split())
    if len(names) != 3:
        raise SystemExit(f"with {authentication} authentication set QUAY_STORY_USERS to three accounts of it")
    for name in names:
        quay.ask("POST", f"{API}/entities/link/{name}", accept=(400,))
    return names


def passes(url: str) -> t.Iterator[tuple[str, Server]]:
    """The superuser's credentials, then those of an organization's administrator where they are given."""
    own = credentials_of_environment()
    quay = Quay(url, own)
    server = about(url, own, "live")
    if not server["superuser"]:
        raise SystemExit("the credentials must be those of a superuser, to make the accounts of the stories")
    users = make_users(quay, server["authentication"])
    try:
        kind = f"superuser's {'token' if 'quay_token' in own else 'password'}"
        yield kind, Server(url, own, quay.ask("GET", f"{API}/user/")["username"], users, server)
        if os.environ.get("QUAY_ORGADMIN_TOKEN"):
            other = {"quay_token": os.environ["QUAY_ORGADMIN_TOKEN"]}
            admin = Quay(url, other).ask("GET", f"{API}/user/")["username"]
            yield "organization administrator's token", Server(url, other, admin, users, about(url, other, "live"))
    finally:
        if server["authentication"] == "Database" and not os.environ.get("KEEP"):
            for name in users:
                quay.ask("DELETE", f"{API}/superuser/users/{name}", accept=(404,))


def what_lacks(story: Story, server: Server) -> str:
    """What this server or account lacks to tell a story here; empty if nothing."""
    if story.meta.get("emulator") == "only":
        return "switches of the emulator"
    if story.meta.get("superuser") == "required" and not server.about["superuser"]:
        return "a superuser"
    needs = story.meta.get("needs", [])
    return next((name for name in needs if name in server.about["lacks"]), "")


def tell(story: Story, server: Server, doors: t.Sequence[str], folder: pathlib.Path) -> dict[str, list[str]]:
    """The faults of one story by door; a difference of the doors is the module's."""
    faults: dict[str, list[str]] = {}
    runs = {}
    for door in doors:
        place = folder / f"{story.name}-{door}"
        place.mkdir(parents=True)
        try:
            runs[door] = run_story(story, server, door, place)
        except BadStory as error:
            return {door: [str(error)] for door in doors}
        faults[door] = complaints(runs[door])
        verdict = "FAILED" if faults[door] else "passed"
        print(f"{story.name:32} {door:8} {verdict} {runs[door].seconds:6.0f} s", flush=True)
    if len(runs) == len(DOORS):
        faults["module"] += differences(runs["worker"], runs["module"])
    for fault in (fault for door in doors for fault in faults[door]):
        print(f"    {fault}")
    return faults


def tell_registry(name: str, server: Server, doors: t.Sequence[str]) -> dict[str, list[str]]:
    """The faults of one check of whole registries, which goes through no door but straight to the operation."""
    # Only now, since the judge's path leads to the collection.
    from tests.registries.live import CHECKS

    start = time.monotonic()
    found = CHECKS[name](server)
    print(f"{name:41} {'FAILED' if found else 'passed'} {time.monotonic() - start:6.0f} s", flush=True)
    for fault in found:
        print(f"    {fault}")
    return dict.fromkeys(doors, found)


def run_pass(
    server: Server, registries: list[str], chosen: list[Story], doors: t.Sequence[str], folder: pathlib.Path
) -> t.Iterator[dict[str, Outcome]]:
    """Tell all stories; what came of them by door, so far."""
    outcomes = {door: Outcome() for door in doors}
    for name in registries:
        _sort(outcomes, name, tell_registry(name, server, doors))
        yield outcomes
    for story in chosen:
        lack = what_lacks(story, server)
        if lack:
            print(f"{story.name:32} skipped, as here is no: {lack}")
            for outcome in outcomes.values():
                outcome.skipped[story.name] = lack
        else:
            _sort(outcomes, story.name, tell(story, server, doors, folder))
        yield outcomes


def _sort(outcomes: dict[str, Outcome], name: str, faults: dict[str, list[str]]) -> None:
    for door, outcome in outcomes.items():
        (outcome.failed if faults[door] else outcome.passed).append(name)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.live", description=__doc__)
    parser.add_argument("stories", nargs="*", help="only these; then nothing is recorded without --record")
    parser.add_argument("--record", action="store_true", help="let these stories complete what results.json has")
    parser.add_argument("--door", choices=DOORS, action="append", help="both where not given")
    options = parser.parse_args()
    every = stories()
    chosen = [story for story in every if not options.stories or story.name in options.stories]
    registries = [name for name in REGISTRIES if not options.stories or name in options.stories]
    names = [*REGISTRIES, *(story.name for story in every)]
    doors = options.door or list(DOORS)
    url = os.environ["QUAY_HOST"].rstrip("/")
    release = release_of(Quay(url, {}).ask("GET", "/config"))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="quay-live-"))
    print(f"plays and their output: {folder}")
    # The judge asks modules for their options.
    sys.path.insert(0, COLLECTIONS)
    failed = 0
    for kind, server in passes(url):
        print(f"--- Quay {release}, {server.about['authentication']}, {kind}", flush=True)
        outcomes: dict[str, Outcome] = {}
        for outcomes in run_pass(server, registries, chosen, doors, folder / kind.replace(" ", "-")):
            # A part is kept even if the next story is interrupted.
            if options.record:
                save(server.about, release, kind, outcomes, names, whole=False)
        failed += sum(len(outcome.failed) for outcome in outcomes.values())
        if not options.stories:
            save(server.about, release, kind, outcomes, names, whole=True)
    print(f"{failed} failed" if failed else "all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
