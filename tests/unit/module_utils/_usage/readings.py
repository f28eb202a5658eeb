# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Usage logs read from a server in memory."""

from __future__ import annotations

import datetime as dt

from ansible_collections.dockhand.quay.plugins.module_utils._text.times import DAY, midnight
from ansible_collections.dockhand.quay.plugins.module_utils._usage.query import query
from ansible_collections.dockhand.quay.plugins.module_utils._usage.stream import UsageLogs, entries

NOW = dt.datetime(2026, 11, 24, 10, 0, 0, tzinfo=dt.timezone.utc)
TODAY = midnight(NOW.date())
YESTERDAY = TODAY - DAY


def reading(logs, before=None, settle=dt.timedelta(), **options):
    """UsageLogs over ``logs``."""
    wanted = query({"scope": "superuser", "starttime": "3d", "endtime": None, **options}, NOW)
    usage = UsageLogs(None, wanted, NOW, before=before, settle=settle)
    usage.reader = logs
    usage._days._reader = logs
    return usage


def oldest_first(days):
    return [found for day in days for found in reversed(list(entries(day)))]


def numbers(found):
    return [one["metadata"]["number"] for one in found]
