# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._text import codec
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        (90, 90),
        ("90s", 90),
        ("2 w", 1209600),
        (" 1D ", 86400),
        ("0s", 0),
        ("60m", 3600),
        ("24H", 86400),
        ("1 day", 86400),
        ("2 weeks", 1209600),
        ("30 minutes", 1800),
        ("1d", 86400),
        ("45 min", 2700),
        ("1 Hour", 3600),
        ("90 SECONDS", 90),
        ("10mins", 600),
        ("5 secs", 5),
        ("007 days", 604800),
    ],
)
def test_durations(text, seconds):
    assert codec.seconds(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "w",
        "-1d",
        "1.5h",
        "1 month",
        "2 months",
        "1mo",
        "1y",
        "1 year",
        "days",
        "1 d ay",
        "1dd",
        "1da",
        "1d2h",
        "1d\n2",
        "\u0661d",
    ],
)
def test_durations_that_are_none(text):
    with pytest.raises(ValueError, match="use a whole number of seconds, or"):
        codec.seconds(text)


@pytest.mark.parametrize("text", ["1M", "6 M"])
def test_a_capital_m_is_asked_back(text):
    with pytest.raises(ValueError, match="M could mean minutes or months; "):
        codec.seconds(text)


@pytest.mark.parametrize(
    ("text", "age"),
    [("7 days", "7d"), ("1 week", "1w"), ("07d", "7d"), ("20", "20"), (7, "7"), ("90 Min", "90m"), ("0s", "0s")],
)
def test_ages_in_the_letters_of_quay(text, age):
    assert codec.quay_age(text) == age


@given(st.integers(min_value=0))
def test_a_duration_is_read_as_it_was_written(number):
    assert codec.seconds(codec.duration(number)) == number


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        (1073741824, 2**30),
        ("1073741824.0", 2**30),
        ("1KB", 1000),
        ("1 KiB", 1024),
        ("1.5 GiB", 1610612736),
        ("10gb", 10**10),
        (" 2 tIb ", 2 * 2**40),
        ("8000000 TB", 8 * 10**18),
        ("0.1 KB", 100),
        ("0.3 GB", 300000000),
    ],
)
def test_sizes(text, size):
    assert codec.size(text) == size


@pytest.mark.parametrize(
    "text", ["", "GiB", "10B", "10 b", "10K", "10G", "10 Ki", "10 Gi", "-1", "1.5", "1,5 GB", "1e10", "10 GBs", ".5GB"]
)
def test_sizes_that_are_none(text):
    with pytest.raises(ValueError, match="use a (whole )?number of bytes, or"):
        codec.size(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (7, "7"),
        (1000, "1 KB"),
        (1024, "1 KiB"),
        (1025, "1025"),
        (10 * 2**30, "10 GiB"),
        (10**10, "10 GB"),
        (1610612736, "1536 MiB"),
        (8 * 10**18, "8 EB"),
    ],
)
def test_a_size_is_written_as_short_as_can_be(number, text):
    assert codec.size_text(number) == text


@given(st.integers(min_value=0))
def test_a_size_is_read_as_it_was_written(number):
    assert codec.size(codec.size_text(number)) == number


def test_a_rule_tells_what_cannot_be_read_and_what_is_not_allowed():
    rule = codec.rule(codec.size, range(1, 2000), "too much or nothing")
    assert rule("1 KB") == ""
    assert rule("2 KB") == rule("0") == "too much or nothing"
    assert rule("1K").startswith("use ")
    assert codec.rule(codec.seconds)("0") == ""
