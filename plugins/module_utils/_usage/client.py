# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: asks Quay for pages and counts of usage logs, from several threads."""

from __future__ import annotations

import calendar
import datetime as dt
import threading
import typing as t
from collections import Counter

from .._client.client import API, QuayClient, address
from .._client.views import LogsView, OrganizationView
from .._client.workers import OwnClients
from .._errors import (
    FeatureOff,
    Forbidden,
    ParentMissing,
    QuayError,
    ReadFailed,
    Refused,
)
from .._text.times import DAY, parsed, quay_date
from .query import Query

Counts = dict[dt.date, Counter[str]]


class _Count(t.TypedDict):
    kind: str
    datetime: str
    count: int


class CountsView(t.TypedDict):
    """GET …/aggregatelogs (quay endpoints/api/logs.py)."""

    aggregated: list[_Count]


class Reader:
    """Each thread has connections of its own; credentials, pace and the count of requests are common.

    ``stopped`` ends the work of all threads at their next request.
    """

    def __init__(self, client: QuayClient) -> None:
        self.requests = 0
        self.stopped = threading.Event()
        self._lock = threading.Lock()
        self._own = OwnClients(client)

    def close(self) -> None:
        """Drop the connections of all threads, which must have ended."""
        self._own.close()

    def page(self, query: Query, first: dt.date, last: dt.date | None, token: str | None = None) -> dict[str, t.Any]:
        """Up to 20 entries of the days ``first`` to ``last`` (None: until now), newest first, after ``token``.

        The answer as Quay gives it (LogsView). Raises QuayError, also for an unknown performer, and ParentMissing.
        """
        more = {"next_page": token} if token else {}
        page = self._ask(query, "logs", first, last, {**query.quay_filters, **more})
        performers = {(entry.get("performer") or {}).get("name") for entry in page["logs"]}
        if query.quay_filters and not performers <= {query.performer}:
            # Quay drops the filter for an unknown name where the logs are in Elasticsearch.
            raise _unknown(query)
        return page

    def counts(self, query: Query, first: dt.date, last: dt.date) -> Counts | None:
        """How many entries of each kind Quay counts on each day, days without any left out; None if it cannot tell.

        One request a month: Quay groups by the day of the month alone (data/logs_model/table_logs_model.py). Raises
        QuayError.
        """
        found: Counts = {}
        while first <= last:
            end = min(last, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
            try:
                answer = self._ask(query, "aggregatelogs", first, end, query.quay_filters)
            except (FeatureOff, ParentMissing):
                return None
            except Forbidden:
                # Below a repository a route that is off is taken for the repository's name.
                if query.scope != "repository":
                    raise
                return None
            for entry in answer["aggregated"]:
                # A server that is not set to UTC moves its midnight by the hours of its zone.
                day = (parsed(entry["datetime"]) + DAY / 2).date()
                if query.counts(entry["kind"]):
                    found.setdefault(day, Counter())[entry["kind"]] += entry["count"]
            first = end + DAY
        return found

    def prove_performer(self, query: Query, day: dt.date) -> None:
        """Raises QuayError for an unknown performer, for whom Quay counts the entries of all."""
        if query.quay_filters:
            self.page(query, day, day)

    def _ask(
        self, query: Query, what: str, first: dt.date, last: dt.date | None, more: dict[str, str]
    ) -> dict[str, t.Any]:
        period = {"starttime": quay_date(first), **({"endtime": quay_date(last)} if last else {})}
        path = API + address(query.place, query.names) + what
        try:
            view = LogsView if what == "logs" else CountsView
            answer = self._get(path, query.purpose, {**period, **more}, view)
        except ReadFailed:
            if not more.get("performer") or what == "aggregatelogs":
                raise
            # With the logs in the database, Quay fails with 500 for an unknown name: without the name it must work.
            self._ask(query, what, first, last, {})
            raise _unknown(query) from None
        except Refused as error:
            if query.scope not in query.names or isinstance(error, FeatureOff) or not self._is_missing(query, error):
                raise
            raise ParentMissing(f"{query.scope.capitalize()} {query.names[query.scope]} does not exist.") from None
        if answer.get("search_unavailable"):
            raise QuayError(f"Could not {query.purpose}: this server writes logs but cannot search them.")
        return t.cast("dict[str, t.Any]", answer)

    def _is_missing(self, query: Query, error: Refused) -> bool:
        """Quay refuses an administrator of other organizations before it looks whether there is this one."""
        if isinstance(error, Forbidden) and query.scope == "organization":
            return self._own.client.get("/organization/{organization}", query.names, view=OrganizationView) is None
        return error.status == 404 or "Invalid namespace" in error.said

    def _get(self, path: str, purpose: str, period: dict[str, str], view: t.Any) -> t.Any:
        if self.stopped.is_set():
            raise QuayError("The reading of usage logs was stopped.")
        with self._lock:
            self.requests += 1
        return self._own.client.call("GET", path, purpose, query=period, view=view)


def _unknown(query: Query) -> QuayError:
    return QuayError(f"Account {query.performer} does not exist, so it has no usage logs (option performer).")
