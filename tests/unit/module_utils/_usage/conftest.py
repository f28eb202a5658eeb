# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""No reading of a server in memory makes a client."""

from __future__ import annotations

import datetime as dt

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._usage import stream as usage_logs

from tests.unit.module_utils._usage.exports import Registry
from tests.unit.module_utils._usage.readings import NOW
from tests.unit.module_utils.usage_logs_server import Logs, every


@pytest.fixture(autouse=True)
def no_client(monkeypatch):
    monkeypatch.setattr(usage_logs, "Reader", lambda client: None)


@pytest.fixture
def registry(monkeypatch, tmp_path):
    rows = every(600, 400, NOW - dt.timedelta(seconds=600 * 399))
    return Registry(monkeypatch=monkeypatch, path=tmp_path, now=NOW, logs=Logs(NOW, rows))
