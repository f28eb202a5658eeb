# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A repository of 26,000 tags: how many requests it takes, how many at once, and how much memory."""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections import Counter
from types import SimpleNamespace

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Token
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Endpoint, Transport
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.module import TAG_PRUNE

TAGS, PAGE, EVERY, WORKERS = 26_000, 100, 50, 8
CHOSEN = [f"pr-{number}" for number in range(0, TAGS, EVERY)]
REPOSITORY = {"can_write": True, "state": "NORMAL", "tag_expiration_s": 1_209_600}
# It takes 13 MiB; with all pages as Quay sends them, it would be 25.
MEMORY = 20 * 1024 * 1024


class Registry(QuayClient):
    """Makes each page as it is asked for; ``most``: how many requests were under way at once."""

    def __init__(self):
        super().__init__(Transport(Endpoint("http://127.0.0.1:9")), Token("t"))
        self.pages, self.deleted, self.most = Counter(), Counter(), 0
        self._busy, self._lock = 0, threading.Lock()

    def twin(self, _transport):
        return self

    def call(self, method, path, _purpose, _body=None, query=None, missing=(), patience=1.0, view=None, body=None):
        with self._lock:
            self._busy += 1
            self.most = max(self.most, self._busy)
        try:
            if method == "DELETE":
                time.sleep(0.001)
                self.deleted[path.rpartition("/")[2]] += 1
                return None
            if path.endswith("/tag/"):
                self.pages[query["page"]] += 1
                return page_of(query["page"], query["limit"])
            return REPOSITORY
        finally:
            with self._lock:
                self._busy -= 1


def page_of(page, limit):
    numbers = range(limit * (page - 1), min(limit * page, TAGS))
    return {"tags": [tag_of(number) for number in numbers], "has_additional": limit * page < TAGS}


def tag_of(number):
    name = f"{'build' if number % EVERY else 'pr'}-{number}"
    view = {"name": name, "manifest_digest": f"sha256:{number:064x}", "size": 10, "start_ts": 1_800_000_000 - number}
    # What else Quay sends.
    return {**view, "reversion": False, "last_modified": "Mon, 09 Nov 2026 09:13:33 -0000", "is_manifest_list": False}


def run(registry, **options):
    params = {name: entry.get("default") for name, entry in TAG_PRUNE.spec.items()}
    params.update(repository="lab/app", tags=["pr-*"], workers=WORKERS, **options)
    nothing = SimpleNamespace(warn=pytest.fail, tell=lambda _text: None, check_mode=False, diff=False)
    return TAG_PRUNE.run(SimpleNamespace(**vars(nothing), params=params, client=registry))


def test_each_page_is_read_once_and_each_chosen_tag_deleted_once():
    registry = Registry()
    result = run(registry)
    assert registry.deleted == Counter(CHOSEN)
    assert {tag["name"] for tag in result["deleted"]} == {*CHOSEN}
    summary = result["summary"]
    assert (summary["tags"], summary["deleted_tags"], summary["freed_bytes"]) == (TAGS, len(CHOSEN), 10 * len(CHOSEN))
    # Rows of pages end beyond the last one.
    assert set(registry.pages.values()) == {1}
    assert TAGS // PAGE <= len(registry.pages) < TAGS // PAGE + WORKERS
    assert 1 < registry.most <= WORKERS


def test_memory_is_that_of_the_list():
    tracemalloc.start()
    run(Registry(), keep_newest=len(CHOSEN) - 1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MEMORY, f"{peak / 1024 / 1024:.0f} MiB"
