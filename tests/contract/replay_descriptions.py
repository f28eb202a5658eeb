# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare the emulator's API description with those of real releases."""

from __future__ import annotations

import json
import re
from pathlib import Path

import replay
from werkzeug.test import Client

METHODS = {"get", "post", "put", "delete"}
# Answers of single handlers in the real server, without a path in its description.
HERE_ONLY = {
    ("/api/v1/user/initialize", "post"): "a web page in the real server",
}


def unnamed(path: str) -> str:
    """Parameters by place, not by name."""
    return re.sub(r"{\w+}", "{}", path)


def methods(description: dict) -> set[tuple[str, str]]:
    return {(unnamed(path), name) for path, found in description["paths"].items() for name in METHODS & set(found)}


def keys(description: dict) -> dict[str, set[str]]:
    """What each body may hold, where the real description says so."""
    found = description["definitions"].items()
    return {name: set(body["properties"]) for name, body in found if "properties" in body}


def described(settings: dict) -> dict:
    return Client(replay.Emulator(settings)).get("/api/v1/discovery?internal=true").json


def differences(folder: Path) -> list[str]:
    """Routes and body keys that the emulator has on a release and the real server has not, or the other way round."""
    newest = json.loads((folder / "discovery-internal.json").read_text(encoding="utf-8"))
    here = described({})
    ours = methods(here)
    found = [f"newest: {method} {path}" for path, method in ours - methods(newest) if (path, method) not in HERE_ONLY]
    for file in sorted((folder / "releases").glob("discovery-*.json")):
        release = file.stem.split("-")[1].rpartition(".")[0]
        real = json.loads(file.read_text(encoding="utf-8"))
        emulated = described({"release": release})
        wanted = ours & (methods(real) | HERE_ONLY.keys())
        wrong = sorted(methods(emulated) ^ wanted)
        found += [f"{release}: {method} {path}" for path, method in wrong]
        mine, theirs, now = keys(emulated), keys(real), keys(newest)
        for name in sorted(mine.keys() & theirs.keys() & now.keys()):
            late = now[name] - theirs[name]
            found += [f"{release}: {name}.{key} comes later" for key in sorted(mine[name] & late)]
    return found
