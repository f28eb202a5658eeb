#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_usage_logs_info
short_description: Count usage logs of Quay by day and kind
version_added: 1.0.0
description:
  - Returns the number of usage logs of each kind for each day of a period. A month takes one request.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.usage_logs
options:
  repository:
    description: Repository as V(namespace/repository), with O(scope=repository).
    type: str
  performer:
    description: Only entries of this account, with O(scope=organization) or O(scope=user).
    type: str
notes:
  - Quay counts whole days, so the first and the last day of the period are counted completely.
  - Requires C(FEATURE_AGGREGATED_LOG_COUNT_RETRIEVAL) on the server, which is on by default; not required with
    O(scope=superuser).
seealso:
  - module: dockhand.quay.quay_usage_logs
  - plugin: dockhand.quay.quay_usage_logs
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Count the usage logs of the last month
  dockhand.quay.quay_usage_logs_info:
    starttime: 30d
  register: usage

- name: Show the share of pulls
  ansible.builtin.debug:
    msg: "{{ usage.by_kind.pull_repo | default(0) }} of {{ usage.total }} entries are pulls."

- name: Fail if the deployer has not pushed today
  dockhand.quay.quay_usage_logs_info:
    scope: organization
    organization: payments
    performer: payments+deployer
    kinds: [push_repo]
    starttime: 0d
  register: pushes
  failed_when: pushes.total == 0
"""

RETURN = r"""
counts:
  description: The counts by day and kind. Zero counts are omitted.
  returned: always
  type: list
  elements: dict
  contains:
    day:
      description: The day, in UTC.
      returned: always
      type: str
      sample: "2026-09-01"
    kind:
      description: Kind of the entries.
      returned: always
      type: str
      sample: pull_repo
    count:
      description: Number of entries.
      returned: always
      type: int
by_kind:
  description: Number of entries of each kind in the whole period.
  returned: always
  type: dict
  sample: {pull_repo: 812, push_repo: 17}
by_day:
  description: Number of entries on each day that has any.
  returned: always
  type: dict
  sample: {"2026-09-01": 402, "2026-09-02": 427}
total:
  description: Number of all entries.
  returned: always
  type: int
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.usage_logs.counts import COUNT

OPERATION = COUNT


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
