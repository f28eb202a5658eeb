#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_usage_logs
short_description: Export usage logs of Quay to a file
version_added: 1.0.0
description:
  - Writes the entries of a period to a file, oldest first, each exactly once, as JSON lines or CSV.
  - Memory use is small and does not grow with the number of entries. The new file is written next to O(dest) and
    replaces it when it is complete, so there must be disk space for both.
  - An interrupted export resumes where it stopped if the task runs again within a day with the same options.
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
      - Predicts the figures from Quay's own counts, and compares them with those of the file.
      - Quay counts whole days, and not with every filter. If the figures cannot be determined, they are null and a
        change is predicted.
  diff_mode:
    support: none
options:
  dest:
    description:
      - File to write, in an existing folder. A name that ends in V(.csv) or V(.csv.gz) selects CSV, any other JSON
        lines; V(.gz) compresses the file with gzip.
      - A new file is readable by its owner only. A file that is replaced keeps its mode and, if permitted, its owner,
        and a symbolic link is followed. Anything but a plain file, such as V(/dev/null), is rejected.
      - While the export runs, V(dest.lock) next to it prevents a second export to the same file.
      - A relative path is relative to the playbook directory.
    type: path
    required: true
  append:
    description:
      - V(true) adds the entries since the end of the last export to O(dest). O(starttime) applies to the first export
        only.
      - The file V(dest.checkpoint) next to it records that position and must be kept. O(dest) itself can be moved away;
        the next run then continues in a new file.
      - The last two seconds are left to the next run, because an entry can be dated a moment before it can be read.
    type: bool
    default: false
  allow_incomplete:
    description:
      - If V(false), the task fails on a day with entries that Quay counts but does not list.
      - If V(true), the task exports the entries that were found, warns, and returns the days in RV(incomplete_days).
    type: bool
    default: false
notes:
  - The task reports a change if the file changes. An export of a past period finds the same content and reports no
    change; with O(append=true) it reports no change if there are no new entries.
  - JSON lines contain the entries as Quay returns them, with the time in ISO 8601 as C(datetime_iso) in addition. CSV
    has the columns C(datetime) (ISO 8601), C(kind), C(namespace), C(repository), C(performer), C(is_robot), C(ip) and
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

- name: Keep a file of everything that happens in an organization
  dockhand.quay.quay_usage_logs:
    scope: organization
    organization: payments
    starttime: 30d
    dest: payments.jsonl
    append: true

- name: Export the pushes of the last week for a spreadsheet
  dockhand.quay.quay_usage_logs:
    starttime: 7d
    kinds: [push_repo]
    dest: pushes.csv
    allow_incomplete: true
  register: pushes
"""

RETURN = r"""
file:
  description: Absolute path of the file.
  returned: always
  type: str
entries:
  description:
    - Number of entries that this export has written, including those before an interruption.
    - Null in check mode if Quay's counts are not sufficient; so are RV(by_kind) and RV(by_day).
  returned: always
  type: int
by_kind:
  description: Number of entries of each kind.
  returned: always
  type: dict
  sample: {pull_repo: 812, push_repo: 17}
by_day:
  description: Number of entries on each day that has any.
  returned: always
  type: dict
  sample: {"2026-09-01": 402, "2026-09-02": 427}
first_time:
  description: Time of the oldest entry; null if there is none.
  returned: unless in check mode
  type: str
  sample: "2026-09-01T00:00:02Z"
last_time:
  description: Time of the newest entry; null if there is none.
  returned: unless in check mode
  type: str
  sample: "2026-09-02T23:59:58Z"
incomplete_days:
  description: Days on which Quay counts more or other entries than its lists contain.
  returned: unless in check mode
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
    counted:
      description: Number of entries that Quay counts.
      returned: always
      type: int
unchecked_days:
  description: Days that could not be verified.
  returned: unless in check mode
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
  returned: unless in check mode
  type: int
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.usage_logs.export import EXPORT_USAGE_LOGS

OPERATION = EXPORT_USAGE_LOGS


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
