# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: usage_figures
short_description: Count the usage logs of an exported file
version_added: 1.0.0
description:
  - Reads a file of M(dockhand.quay.quay_usage_logs) on the controller, line by line, and returns the figures of the
    role P(dockhand.quay.usage_report#role).
author:
  - The dockhand.quay authors (@dockhand)
positional: _input
options:
  _input:
    description: File of JSON lines, as written by M(dockhand.quay.quay_usage_logs), compressed if it ends in V(.gz).
    type: path
    required: true
  starttime:
    description: Start of the period, as specified for the export.
    type: str
    required: true
  endtime:
    description: End of the period. If not specified, it ends now.
    type: str
  robots:
    description: Robots as returned by M(dockhand.quay.quay_robot_info).
    type: list
    elements: dict
    default: []
  organization:
    description: Organization that the usage logs belong to. Quay does not name it in the usage logs of a single
      organization.
    type: str
    default: ''
"""

EXAMPLES = r"""
- name: Export a month
  dockhand.quay.quay_usage_logs:
    starttime: "2026-09-01"
    endtime: "2026-09-30"
    dest: usage-2026-09.jsonl.gz
  register: export

- name: Show the busiest account
  ansible.builtin.debug:
    msg: "{{ figures.performers[0].name }}: {{ figures.performers[0].entries }} entries"
  vars:
    figures: "{{ export.file | dockhand.quay.usage_figures('2026-09-01', '2026-09-30') }}"
"""

RETURN = r"""
_value:
  description: The figures. Lists of counts are sorted by RV(ignore:entries), the highest first.
  type: dict
  contains:
    first_day:
      description: First day of the period, in UTC.
      type: str
    last_day:
      description: Last day of the period.
      type: str
    entries:
      description: Number of all entries.
      type: int
    pulls:
      description: Number of pulls among them.
      type: int
    pushes:
      description: Number of pushes among them.
      type: int
    days:
      description: All days of the period, each with RV(ignore:name), RV(ignore:entries), RV(ignore:pulls) and
        RV(ignore:pushes).
      type: list
      elements: dict
    hours:
      description: Number of entries by weekday (Monday first) and hour, in UTC.
      type: list
      elements: list
    kinds:
      description: Kinds of entries, with the same figures.
      type: list
      elements: dict
    namespaces:
      description: Organizations and users, with the same figures. The name is empty if an entry belongs to none.
      type: list
      elements: dict
    repositories:
      description: Repositories of the entries, as V(namespace/repository), with the same figures.
      type: list
      elements: dict
    performers:
      description: Accounts, with the same figures and RV(ignore:is_robot). The name is empty if Quay returns none, as
        for anonymous pulls and for sign-ins.
      type: list
      elements: dict
    idle_robots:
      description: Robots without entries in the period and without a recorded access.
      type: list
      elements: dict
"""

import datetime as dt
import gzip
import json
import os
import typing as t
from collections import Counter, defaultdict

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.dockhand.quay.plugins.module_utils._text.times import DAY, iso, moment, this_second

Figures = dict[str, t.Any]
COUNTED = {"pull_repo": "pulls", "push_repo": "pushes"}
SECOND = dt.timedelta(seconds=1)
# Of one entry; Quay's are shorter by far.
LONGEST_LINE = 16 * 1024 * 1024


def usage_figures(
    path: str,
    starttime: str,
    endtime: str | None = None,
    robots: t.Sequence[Figures] = (),
    organization: str = "",
) -> Figures:
    """All figures of one file; needs memory for the names in it, not for the entries."""
    now = this_second()
    try:
        start = moment(starttime, now)
        end = min(moment(endtime, now, end=True), now + SECOND) if endtime else now + SECOND
        return t.cast("Figures", wrap_var(_figures(path, start, end, robots, organization)))
    except RecursionError:
        raise AnsibleFilterError(f"Could not count the usage logs of {path}: its JSON is nested too deep") from None
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise AnsibleFilterError(f"Could not count the usage logs of {path}: {error}") from error


def _figures(
    path: str, start: dt.datetime, end: dt.datetime, robots: t.Sequence[Figures], organization: str
) -> Figures:
    first, last = start.date(), max(start, end - SECOND).date()
    counted = _Counted([(first + number * DAY).isoformat() for number in range((last - first).days + 1)], organization)
    for entry in _entries(path):
        counted.add(entry)
    found = {name: _sorted(table) for name, table in counted.tables.items()}
    for row in found["performers"]:
        row["is_robot"] = row["name"] in counted.robots
    since = iso(start)
    return {
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        **_row(counted.total),
        "days": [{"name": day, **_row(counted.days[day])} for day in sorted(counted.days)],
        "hours": counted.hours,
        **found,
        "idle_robots": [
            robot
            for robot in robots
            if robot["name"] not in counted.tables["performers"] and (robot.get("last_accessed") or "") < since
        ],
    }


class _Counted:
    """What was counted of the entries so far."""

    def __init__(self, days: t.Sequence[str], organization: str) -> None:
        self._organization = organization
        self.total = Counter[str]()
        self.days = {day: Counter[str]() for day in days}
        self.hours = [[0] * 24 for _day in range(7)]
        self.robots: set[str] = set()
        self.tables: dict[str, dict[str, Counter[str]]] = {
            name: defaultdict(Counter) for name in ("kinds", "namespaces", "repositories", "performers")
        }

    def add(self, entry: Figures) -> None:
        """Count one; without a performer Quay names nobody, as for an anonymous pull."""
        time, performer = dt.datetime.fromisoformat(entry["datetime_iso"][:19]), entry.get("performer") or {}
        self.hours[time.weekday()][time.hour] += 1
        if performer.get("is_robot"):
            self.robots.add(performer["name"])
        namespace = (entry.get("namespace") or {}).get("name") or self._organization
        counters = [
            self.total,
            self.days.setdefault(time.date().isoformat(), Counter()),
            self.tables["kinds"][entry["kind"]],
            self.tables["namespaces"][namespace],
            self.tables["performers"][performer.get("name") or ""],
        ]
        metadata = entry.get("metadata") or {}
        if metadata.get("repo"):
            # The namespace may be deleted, and have a UUID in the place of its name.
            repository = f"{metadata.get('namespace') or namespace}/{metadata['repo']}"
            counters.append(self.tables["repositories"][repository])
        for counter in counters:
            counter.update(("entries", COUNTED.get(entry["kind"], "others")))


def _entries(path: str) -> t.Iterator[Figures]:
    """The entries of a plain file; a pipe would not end, nor would a line."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise ValueError("it is not a plain file")
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.lower().endswith(".gz")
        else open(path, encoding="utf-8") as file
    ):
        for line in iter(lambda: file.readline(LONGEST_LINE), ""):
            yield json.loads(line)


def _row(counts: Counter[str]) -> Figures:
    return {name: counts[name] for name in ("entries", "pulls", "pushes")}


def _sorted(table: dict[str, Counter[str]]) -> list[Figures]:
    names = sorted(table, key=lambda name: (-table[name]["entries"], name))
    return [{"name": name, **_row(table[name])} for name in names]


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"usage_figures": usage_figures}
