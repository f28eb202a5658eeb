# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A Quay of usage logs in memory, with the paging of data/model/modelutil.py and the loss that comes with it."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from email.utils import format_datetime

from ansible_collections.dockhand.quay.plugins.module_utils._errors import ParentMissing
from ansible_collections.dockhand.quay.plugins.module_utils._text.times import DAY, midnight

PAGE = 20


def entry(kind="pull_repo", performer="alice", namespace="payments", repository="api", number=0):
    return {
        "kind": kind,
        "metadata": {"namespace": namespace, "repo": repository, "number": number},
        "ip": "10.0.0.1",
        "performer": {"kind": "user", "name": performer, "is_robot": False},
        "namespace": {"kind": "org", "name": namespace},
    }


class Logs:
    """Takes the place of a Reader; ``lives`` pages a token is good for, then it counts as none."""

    def __init__(self, now, rows=(), lives=None, counting=True):
        self.now, self.rows, self.lives, self.counting = now, sorted(rows, key=lambda row: row[0]), lives, counting
        self.requests = 0
        self.pages = 0
        self.stopped = threading.Event()

    def close(self):
        pass

    def prove_performer(self, query, day):
        pass

    def page(self, query, first, last, token=None):
        self.requests += 1
        self.pages += 1
        if token and self.lives is not None:
            self.lives -= 1
            token = token if self.lives >= 0 else None
        end = self.now + DAY if last is None else midnight(last) + DAY
        rows = [row for row in reversed(self._rows(query)) if midnight(first) <= row[0] < end]
        start, offset = token or (None, 0)
        if start == "end":
            return {"logs": [], "end_time": _text(end)}
        rows = [row for row in rows if start is None or row[0] <= start][offset:]
        following = "end", 0
        if len(rows) > PAGE:
            tie = rows[PAGE][0] == rows[PAGE - 1][0]
            following = rows[PAGE][0], offset + PAGE if tie else offset
        return {"logs": [_shown(row, query) for row in rows[:PAGE]], "end_time": _text(end), "next_page": following}

    def counts(self, query, first, last):
        self.requests += 1
        if not self.counting:
            return None
        found = {}
        for time, content in self._rows(query):
            if midnight(first) <= time < midnight(last) + DAY and query.counts(content["kind"]):
                found.setdefault(time.date(), Counter())[content["kind"]] += 1
        return found

    def _rows(self, query):
        if query.scope == "repository" and query.repository.endswith("/gone"):
            raise ParentMissing("It is gone.")
        return [row for row in self.rows if _within(row[1], query)]


def _within(content, query):
    namespace, repository = content["namespace"]["name"], content["metadata"]["repo"]
    if query.scope == "organization" and namespace != query.organization:
        return False
    if query.scope == "repository" and f"{namespace}/{repository}" != query.repository:
        return False
    return not query.quay_filters or content["performer"]["name"] == query.performer


def _shown(row, query):
    shown = {**row[1], "datetime": _text(row[0])}
    if query.scope != "superuser":
        del shown["namespace"]
    return shown


def _text(time):
    return format_datetime(time.replace(microsecond=0, tzinfo=None))


def every(seconds, count, start, **content):
    """``count`` rows, one each ``seconds``, from ``start`` on."""
    return [
        (start + dt.timedelta(seconds=number * seconds), entry(number=number, **content)) for number in range(count)
    ]
