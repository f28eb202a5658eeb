#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_usage_logs
short_description: Export usage logs of Quay to a file
version_added: 0.9.0
description:
  - Writes the entries of a period to a file, oldest first, each exactly once, as JSON lines or CSV.
  - Needs the same little memory for a thousand entries and for millions. The file is written beside O(dest), so there
    must be room for both, and put in its place when it is whole.
  - An export that was cut off goes on where it was when the task runs again within a day with the same options.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.usage_logs
  - dockhand.quay.usage_logs.stream
attributes:
  idempotent:
    support: partial
    details: If the period is not over, or with O(append=true), a run reports a change when there are new entries.
  check_mode:
    details:
      - Predicts the figures by Quay's own counts, and compares them with those of the file.
      - Quay counts whole days, and not by every filter. Where it cannot tell, the figures are null and a change is
        predicted.
  diff_mode:
    support: none
options:
  dest:
    description:
      - File to write, in a folder that exists. A name that ends in V(.csv) or V(.csv.gz) means CSV, any other
        JSON lines; V(.gz) means compressed by gzip.
      - A new file can be read by its owner alone. A file that is replaced keeps its mode and, if permitted, its owner,
        and a symbolic link is followed. Anything but a plain file, such as V(/dev/null), is rejected.
      - While the export runs, V(dest.lock) next to it prevents a second export to the same file.
      - Relative paths begin at the playbook.
    type: path
    required: true
  append:
    description:
      - V(true) adds to O(dest) what has come since the last export to it ended. Only the first one looks at
        O(starttime).
      - The file V(dest.checkpoint) beside it remembers where that was. It must stay; O(dest) itself may be moved away,
        then a new file takes up the thread.
      - The last two seconds are left to the next run, since an entry may be dated a moment before it can be read.
    type: bool
    default: false
  allow_incomplete:
    description:
      - The task fails at a day on which entries are missing that Quay counts but does not list.
      - V(true) exports what could be found, warns, and returns the days in RV(incomplete_days).
    type: bool
    default: false
notes:
  - The task is changed where the file is. An export of a period that is over finds the file equal, and is unchanged;
    with O(append=true) it is unchanged where no entries have come.
  - Entries of JSON lines are as Quay gives them, with the time in ISO 8601 as C(datetime_iso) beside it. CSV has the
    columns C(datetime) (ISO 8601), C(kind), C(namespace), C(repository), C(performer), C(is_robot), C(ip) and
    C(metadata) (JSON).
seealso:
  - plugin: dockhand.quay.quay_usage_logs
    plugin_type: lookup
  - module: dockhand.quay.quay_usage_logs_info
"""

EXAMPLES = r"""
- name: Archive September
  dockhand.quay.quay_usage_logs:
    starttime: "2026-09-01"
    endtime: "2026-09-30"
    dest: usage-2026-09.jsonl.gz

- name: Keep a file of all that happens to an organization, with each run of this task
  dockhand.quay.quay_usage_logs:
    scope: organization
    organization: payments
    starttime: 30d
    dest: payments.jsonl
    append: true

- name: Pushes of the last week, for a spreadsheet
  dockhand.quay.quay_usage_logs:
    starttime: 7d
    kinds: [push_repo]
    dest: pushes.csv
    allow_incomplete: true
  register: pushes
"""

RETURN = r"""
file:
  description: The file, with its whole path.
  returned: always
  type: str
entries:
  description:
    - Number of entries that this export has written, with those before a cut.
    - Null in check mode where Quay's counts cannot tell; so are RV(by_kind) and RV(by_day).
  returned: always
  type: int
by_kind:
  description: Number of entries of each kind.
  returned: always
  type: dict
  sample: {pull_repo: 812, push_repo: 17}
by_day:
  description: Number of entries on each day that has some.
  returned: always
  type: dict
  sample: {"2026-09-01": 402, "2026-09-02": 427}
first_time:
  description: Time of the oldest entry, null where there is none.
  returned: outside of check mode
  type: str
  sample: "2026-09-01T00:00:02Z"
last_time:
  description: Time of the newest entry, null where there is none.
  returned: outside of check mode
  type: str
  sample: "2026-09-02T23:59:58Z"
incomplete_days:
  description: Days on which Quay counts more entries than its lists give, or others.
  returned: outside of check mode
  type: list
  elements: dict
  contains:
    day:
      description: The day.
      returned: always
      type: str
    listed:
      description: Number of entries that could be found.
      returned: always
      type: int
    counted:
      description: Number of entries by Quay's own count.
      returned: always
      type: int
unchecked_days:
  description: Days of which nobody can tell whether they are complete.
  returned: outside of check mode
  type: list
  elements: dict
  contains:
    day:
      description: The day.
      returned: always
      type: str
    listed:
      description: Number of entries that were found.
      returned: always
      type: int
    reason:
      description: Why there is no count to compare with.
      returned: always
      type: str
requests:
  description: Number of requests that this run sent.
  returned: outside of check mode
  type: int
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.usage_logs.export import EXPORT_USAGE_LOGS

OPERATION = EXPORT_USAGE_LOGS


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
