# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Spooled days, and the union of several readings of one."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter

from ansible_collections.dockhand.quay.plugins.module_utils._usage.listing import Listing
from hypothesis import given
from hypothesis import strategies as st

DAY = dt.datetime(2026, 11, 24, tzinfo=dt.timezone.utc)
ROWS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from("abc")), max_size=200)


def added(second, kind):
    """An entry, its time, and whether it is wanted."""
    return {"kind": kind, "second": second, "text": "é\u2028\n"}, DAY + dt.timedelta(seconds=second), kind != "c"


def listing_of(rows):
    listing = Listing()
    for second, kind in sorted(rows, reverse=True):
        listing.add(*added(second, kind))
    return listing


def content(listing):
    return Counter(json.dumps(entry) for entry in listing.entries())


@given(ROWS)
def test_nothing_is_lost_on_the_way_through_the_file(rows):
    listing = listing_of(rows)
    wanted = [(second, kind) for second, kind in sorted(rows, reverse=True) if kind != "c"]
    backwards = [json.loads(line) for line in listing.oldest_first()]
    forwards = [json.loads(line) for line in listing.newest_first()]
    assert len(listing) == len(rows)
    assert [(entry["second"], entry["kind"]) for entry in forwards] == wanted
    assert backwards == forwards[::-1]
    assert listing.listed == Counter(kind for _second, kind in rows)
    assert listing.kept == Counter(kind for _second, kind in wanted)
    assert (listing.newest is None) == (not wanted)


def test_a_day_that_is_longer_than_the_memory_kept_for_it():
    rows = [(number, "a" * 300) for number in range(3000)]
    assert [json.loads(line)["second"] for line in listing_of(rows).oldest_first()] == list(range(3000))


@given(ROWS, ROWS)
def test_the_union_has_of_each_entry_the_greatest_count(first, second):
    union = listing_of(first).merged(listing_of(second))
    assert content(union) == content(listing_of(first)) | content(listing_of(second))
    assert union.in_order
    assert union.listed == Counter(json.loads(text)["kind"] for text in content(union).elements())


@given(ROWS)
def test_reading_the_same_again_adds_nothing(rows):
    listing = listing_of(rows)
    assert content(listing.merged(listing_of(rows))) == content(listing)


@given(ROWS, ROWS, ROWS)
def test_the_order_of_readings_does_not_matter(first, second, third):
    one = listing_of(first).merged(listing_of(second)).merged(listing_of(third))
    other = listing_of(third).merged(listing_of(first).merged(listing_of(second)))
    assert content(one) == content(other)


@given(ROWS)
def test_a_list_out_of_order_is_no_reason_to_double_entries(rows):
    """Where Quay's older tables follow, a list may start again with newer entries."""
    listing = Listing()
    for second, kind in rows:
        listing.add(*added(second, kind))
    assert content(listing.merged(listing_of(rows))) == content(listing_of(rows))
