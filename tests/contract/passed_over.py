# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exchanges that are not replayed or not compared, each with its reason."""

from __future__ import annotations

import re

# By path, and where it matters by method: areas that the emulator does not have yet.
AREAS = [
    (r"^/health", "the services of a real server"),
    (r"^/config", "many settings that no client of ours reads"),
]

# Whole files.
FILES = {
    "k_parallel.jsonl": "eight requests at once have no order",
}


def reason(file: str, exchange: dict) -> str | None:
    if file in FILES:
        return FILES[file]
    path = exchange["request"]["path"]
    return next((why for pattern, why in AREAS if re.search(pattern, path)), None)
