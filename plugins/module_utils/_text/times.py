# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: times as users and Quay write them, all in UTC. Pure functions."""

from __future__ import annotations

import datetime as dt
import functools
import re
from email.utils import parsedate_to_datetime

from .codec import seconds

DAY = dt.timedelta(days=1)
_TIME = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ](?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]{1,9})?\s?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?)?",
    re.IGNORECASE,
)
_AGE = re.compile(r"[0-9]+\s*[a-z]+", re.IGNORECASE)
_ISO = "use an ISO 8601 date or time (2026-11-24, 2026-11-24T10:00:00Z)"
_RULE = f"{_ISO} or an age (30m, 24h, 7d, 2 weeks)"


def moment(text: str, now: dt.datetime, end: bool = False) -> dt.datetime:
    """The second that ``text`` names; a date means its first one, with ``end`` the first one after it.

    Without a zone it is UTC. Fractions of a second, which Quay does not show, are cut off. Raises ValueError.
    """
    text = text.strip()
    if _AGE.fullmatch(text):
        try:
            return now - dt.timedelta(seconds=seconds(text))
        except ValueError as error:
            raise ValueError(f"{error}; {_RULE}") from None
        except OverflowError:
            raise ValueError(f"the time is before the year 1; {_RULE}") from None
    return _instant(text, _RULE, end)


def instant(text: str) -> dt.datetime:
    """As ``moment``, but no age. Raises ValueError."""
    return _instant(text.strip(), _ISO)


def _instant(text: str, rule: str, end: bool = False) -> dt.datetime:
    found = _TIME.fullmatch(text)
    if not found:
        raise ValueError(rule)
    zone = (found["zone"] or "Z").upper().replace("Z", "+00:00")
    try:
        given = dt.datetime.fromisoformat(f"{found['date']}T{found['time'] or '00:00'}{zone}")
        return given.astimezone(dt.timezone.utc) + (DAY if end and not found["time"] else dt.timedelta())
    except (ValueError, OverflowError) as error:
        raise ValueError(f"there is no such time ({error}); {rule}") from None


def midnight(day: dt.date) -> dt.datetime:
    """The first second of ``day``."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.timezone.utc)


@functools.lru_cache(maxsize=1024)
def parsed(text: str) -> dt.datetime:
    """The time that Quay writes as ``Tue, 24 Nov 2026 07:22:59 -0000``. Raises ValueError for anything else."""
    return parsedate_to_datetime(text).replace(tzinfo=dt.timezone.utc)


def iso(time: dt.datetime) -> str:
    """As ``2026-11-24T07:22:59Z``."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def quay_date(day: dt.date) -> str:
    """The only form of a date that Quay does not silently ignore (endpoints/api/logs.py)."""
    return day.strftime("%m/%d/%Y")


def this_second() -> dt.datetime:
    """Now, in UTC; Quay tells times in whole seconds."""
    return dt.datetime.now(dt.timezone.utc).replace(microsecond=0)
