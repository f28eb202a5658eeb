# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime as dt
from collections import Counter
from types import SimpleNamespace

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput, QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects.usage_logs import counts

NOW = dt.datetime(2026, 11, 24, 10, tzinfo=dt.timezone.utc)
DEFAULTS = {name: entry.get("default") for name, entry in counts.COUNT.spec.items()}
DAYS = {22: Counter(), 23: Counter(push_repo=1, pull_repo=2), 24: Counter(pull_repo=4)}


class Logs:
    """Counts by the day of the month; None where the server counts nothing."""

    def __init__(self, found):
        self.first, self.last, self.found, self.closed = dt.date(2026, 11, 22), NOW.date(), found, False

    def counted(self, day):
        return self.found and self.found[day.day]

    def first_page(self):
        return []

    def close(self):
        self.closed = True


def count(monkeypatch, found=DAYS, **options):
    logs = Logs(found)
    monkeypatch.setattr(counts, "this_second", lambda: NOW)
    monkeypatch.setattr(counts, "UsageLogs", lambda *_arguments: logs)
    result = counts.count(SimpleNamespace(client=None, params={**DEFAULTS, "starttime": "2026-11-22", **options}))
    assert logs.closed
    return result


def test_days_without_entries_are_left_out_and_sums_agree(monkeypatch):
    result = count(monkeypatch)
    assert result["by_day"] == {"2026-11-23": 3, "2026-11-24": 4}
    assert result["by_kind"] == {"pull_repo": 6, "push_repo": 1}
    assert result["total"] == sum(one["count"] for one in result["counts"]) == 7
    assert [one["kind"] for one in result["counts"]] == ["pull_repo", "push_repo", "pull_repo"]


def test_a_server_that_does_not_count_is_an_error_and_not_zero(monkeypatch):
    with pytest.raises(QuayError, match="Could not count the usage logs: .*AGGREGATED_LOG_COUNT"):
        count(monkeypatch, None)


@pytest.mark.parametrize("options", [{"performer": "bob"}, {"repository": "ops/a"}])
def test_what_quay_counts_for_all_only_is_refused(monkeypatch, options):
    with pytest.raises(BadInput, match="Quay does not count by .* for scope superuser; remove the option"):
        count(monkeypatch, **options)
