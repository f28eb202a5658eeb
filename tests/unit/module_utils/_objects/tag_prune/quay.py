# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A repository in memory, its tags as Quay lists them, and workers that take one after the other."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    AnswerLost,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.choose import Tag

NAMES = {"repository": "lab/app"}


class Quay:
    """Its tags, newest first; ``refusals``: errors to the deletion of a tag, in turn, before or after it is done."""

    def __init__(self, *names, refusals=None):
        self.names, self.refusals = list(names), refusals or {}
        self.reads, self.deletions, self.pulls = [], [], {}

    def get(self, template, names, query=None, view=None):
        if template.endswith("pull_statistics"):
            return self.pulls.get(names["tag"])
        self.reads.append(query["page"])
        if "specificTag" in query:
            found = [name for name in self.names if name == query["specificTag"]]
            return {"tags": [view_of(name) for name in found], "has_additional": False}
        start = 100 * (query["page"] - 1)
        page = self.names[start : start + 100]
        return {"tags": [view_of(name) for name in page], "has_additional": len(self.names) > start + 100}

    def write(self, method, path, body, purpose):
        name = path.rpartition("/")[2]
        self.deletions.append(name)
        error = self.refusals.get(name, [None]).pop(0) if self.refusals.get(name) else None
        if name in self.names and (error is None or isinstance(error, AnswerLost)):
            self.names.remove(name)
        if error:
            raise error


class Workers:
    """One after the other."""

    def __init__(self, client):
        self.client = client

    def each(self, work, items):
        return [work(item) for item in items]


def view_of(name):
    return {"name": name, "manifest_digest": f"sha256:{name}", "size": None, "start_ts": 7}


def tag(name):
    return Tag(name, f"sha256:{name}", 0, 7, False)
