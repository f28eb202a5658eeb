# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime as dt

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.module_utils._objects.log_export import module

NOW = dt.datetime(2026, 11, 24, 10, tzinfo=dt.timezone.utc)
NOTHING = dict.fromkeys(module.SPEC)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("1d", None, ("11/23/2026", "11/24/2026")),
        ("2026-11-01", "2026-11-02", ("11/01/2026", "11/02/2026")),
        # What ends at midnight has nothing of the day that begins then.
        ("2026-11-01", "2026-11-03T00:00:00Z", ("11/01/2026", "11/02/2026")),
        ("2026-11-24", "2030-01-01", ("11/24/2026", "11/24/2026")),
    ],
)
def test_quay_knows_whole_days_only(monkeypatch, start, end, days):
    monkeypatch.setattr(module, "this_second", lambda: NOW)
    assert tuple(module._days({"starttime": start, "endtime": end}).values()) == days


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("organization", "a/b"),
        ("repository", "a//b"),
        ("callback_url", "example.com/logs"),
        ("callback_url", "ftp://example.com"),
        ("callback_email", "nobody"),
    ],
)
def test_bad_input_is_found_before_any_request(option, value):
    with pytest.raises(BadInput, match=f"^{option}: invalid value "):
        module._check({**NOTHING, option: value})
    module._check({**NOTHING, "callback_url": "https://example.com", "repository": "own"})
