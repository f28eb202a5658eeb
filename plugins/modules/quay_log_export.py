#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_log_export
short_description: Have Quay export usage logs
version_added: 1.0.0
description:
  - Has Quay write usage logs to a file and send a link to it to a URL or an e-mail address.
  - Unlike M(dockhand.quay.quay_usage_logs), nothing is transferred by the task, and the file contains whole days.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
attributes:
  idempotent:
    support: none
    details: Each run starts another export.
options:
  organization:
    description: Organization whose logs to export.
    type: str
  repository:
    description:
      - Repository whose logs to export, as V(namespace/repository).
      - Without O(organization) and O(repository), the logs of the connected user are exported.
    type: str
  starttime:
    description:
      - First day, as an ISO 8601 date or time, or as an age such as V(7d) or V(4 weeks). Days are days in UTC.
    type: str
    default: 1d
  endtime:
    description: Last day, in the same formats. If not specified, today.
    type: str
  callback_url:
    description: URL that Quay sends the result to. It must be reachable from the server and must not be internal.
    type: str
  callback_email:
    description: E-mail address that Quay sends the result to, which requires C(FEATURE_MAILING).
    type: str
notes:
  - Requires C(FEATURE_LOG_EXPORT), which is on by default, and a token with the scope C(org:admin), C(repo:admin) or,
    for the connected user, C(user:admin).
  - Quay exports later, if its worker for exports is running. The link is valid for an hour by default.
seealso:
  - module: dockhand.quay.quay_usage_logs
"""

EXAMPLES = r"""
- name: Export the logs of an organization of a month
  dockhand.quay.quay_log_export:
    organization: payments
    starttime: "2026-10-01"
    endtime: "2026-10-31"
    callback_email: auditors@example.com

- name: Export the logs of a repository to a service
  dockhand.quay.quay_log_export:
    repository: payments/api
    starttime: 7d
    callback_url: https://audit.example.com/quay
"""

RETURN = r"""
export_id:
  description: ID of the export, which Quay sends with the result. Null in check mode.
  returned: always
  type: str
  sample: 1d8f5f2e-6ab2-44a3-8f2c-2b25ef4f9c1e
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.log_export.module import LOG_EXPORT

OPERATION = LOG_EXPORT


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
