# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What it means that usage logs of a performer cannot be read."""

from __future__ import annotations

import datetime as dt

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Token
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._client.patience import RetryPolicy
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Endpoint, Transport
from ansible_collections.dockhand.quay.plugins.module_utils._client.workers import Pace
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError, ReadFailed, Unreachable
from ansible_collections.dockhand.quay.plugins.module_utils._usage.client import Reader
from ansible_collections.dockhand.quay.plugins.module_utils._usage.query import query

DAY = dt.date(2026, 11, 23)
OF_BOB = query(
    {"scope": "organization", "organization": "payments", "performer": "bob", "starttime": "1d"},
    dt.datetime(2026, 11, 24, tzinfo=dt.timezone.utc),
)


@pytest.fixture
def reader(script):
    found = Reader(QuayClient(Transport(Endpoint(script.url)), Token("t")))
    found._pace = Pace(sleep=lambda seconds: None)
    yield found
    found.close()


def test_quay_fails_for_an_unknown_performer(script, reader):
    for _attempt in range(2):
        script.will(500, "<html>oops</html>")
    script.will(200, {"logs": [], "end_time": "x"})
    with pytest.raises(QuayError, match="Account bob does not exist"):
        reader.page(OF_BOB, DAY, DAY)
    assert [("performer=bob" in path) for _method, path, *_rest in script.asked] == [True, True, False]


def test_quay_fails_for_everyone(script, reader):
    for _attempt in range(4):
        script.will(500, "<html>oops</html>")
    with pytest.raises(ReadFailed):
        reader.page(OF_BOB, DAY, DAY)


def test_a_server_that_is_away_says_nothing_about_the_performer(script, reader):
    with pytest.raises(Unreachable, match="cannot be reached"):
        reader.page(OF_BOB, DAY, DAY)
    assert len(script.asked) == RetryPolicy().tries
