# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Times as users and Quay write them."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._text.times import iso, midnight, moment, parsed, quay_date
from hypothesis import given
from hypothesis import strategies as st

NOW = dt.datetime(2026, 11, 24, 10, 0, 0, tzinfo=dt.timezone.utc)
MOMENTS = st.datetimes(dt.datetime(2013, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.timezone.utc)).map(
    lambda time: time.replace(microsecond=0)
)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("2026-11-24", "2026-11-24T00:00:00Z"),
        ("2026-11-24T10:11", "2026-11-24T10:11:00Z"),
        ("2026-11-24T10:11:12Z", "2026-11-24T10:11:12Z"),
        ("2026-11-24 10:11:12+02:00", "2026-11-24T08:11:12Z"),
        ("2026-11-24t10:11:12.987654-01:30", "2026-11-24T11:41:12Z"),
        (" 7d ", "2026-11-17T10:00:00Z"),
        ("90 m", "2026-11-24T08:30:00Z"),
        ("0s", "2026-11-24T10:00:00Z"),
        ("2 days", "2026-11-22T10:00:00Z"),
    ],
)
def test_forms(text, meaning):
    assert iso(moment(text, NOW)) == meaning


@pytest.mark.parametrize(
    "text",
    [
        *("", "7", "11/24/2026", "24.11.2026", "2026-13-01", "2026-02-30", "2026-11-24T25:00", "2026-11-24T10", "-7d"),
        *(
            "7dd",
            "1M",
            "1 month",
            "2026-11-24\n2026",
            "last week",
            "20261124",
            "9" * 20 + "d",
            "0001-01-01T00:00+10:00",
        ),
    ],
)
def test_what_quay_would_silently_ignore_is_refused(text):
    with pytest.raises(ValueError, match="ISO 8601"):
        moment(text, NOW)


def test_a_date_as_end_includes_its_day():
    assert iso(moment("2026-11-24", NOW, end=True)) == "2026-11-25T00:00:00Z"
    assert iso(moment("2026-11-24T00:00", NOW, end=True)) == "2026-11-24T00:00:00Z"


@given(MOMENTS)
def test_what_is_written_is_read_again(time):
    assert moment(iso(time), NOW) == time
    assert parsed(format_datetime(time.replace(tzinfo=None))) == time


@given(MOMENTS)
def test_days(time):
    day = time.date()
    assert midnight(day) <= time < midnight(day) + dt.timedelta(days=1)
    assert dt.datetime.strptime(quay_date(day) + " UTC", "%m/%d/%Y %Z").date() == day
