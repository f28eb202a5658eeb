#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_quota_info
short_description: List storage quotas of Quay and their use
version_added: 1.0.0
description:
  - Lists the storage quotas of organizations and users with what is used of them.
  - Without options, all organizations and users of the registry are listed, including those without a quota.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  organization:
    description: Organization whose quota to list.
    type: str
  username:
    description: User whose quota to list.
    type: str
notes:
  - Requires C(FEATURE_QUOTA_MANAGEMENT).
  - O(organization) requires a token with the scope C(org:admin), of a member of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser. O(username) with the name of the task's own account requires a
    token with the scopes C(user:read) and C(user:admin). Everything else requires a token of a superuser with the scope
    C(super:user); a superuser with read-only access is sufficient.
  - All organizations and users take one request for 100 of them.
seealso:
  - module: dockhand.quay.quay_quota
  - module: dockhand.quay.quay_user_quota
"""

EXAMPLES = r"""
- name: List all quotas
  dockhand.quay.quay_quota_info:
  register: result

- name: Show who has used more than 90 percent
  ansible.builtin.debug:
    msg: "{{ result.quotas | selectattr('used_pct') | selectattr('used_pct', 'gt', 90) | map(attribute='name') }}"
"""

RETURN = r"""
quotas:
  description: The organizations and users, sorted by name.
  returned: always
  type: list
  elements: dict
  contains:
    kind:
      description: V(organization) or V(user).
      returned: always
      type: str
    name:
      description: Name of the organization or user.
      returned: always
      type: str
    quota:
      description: The quota, in the unit that gives the shortest text; null without a quota.
      returned: always
      type: str
      sample: 100 GiB
    quota_bytes:
      description: The quota in bytes; null without a quota.
      returned: always
      type: int
    warning_pct:
      description: Percentage of the quota at which the namespace is warned; V(0) if it is not; null without a quota. A
        list if there are several warnings.
      returned: always
      type: raw
    reject_pct:
      description: Percentage of the quota at which Quay rejects pushes; V(0) if it does not; null without a quota. A
        list if there are several such limits.
      returned: always
      type: raw
    used:
      description: What is stored in the namespace, with a unit.
      returned: always
      type: str
      sample: 42 GiB
    used_bytes:
      description: The same in bytes.
      returned: always
      type: int
    used_pct:
      description: The same as a percentage of the quota; null without a quota.
      returned: always
      type: float
    backfill_status:
      description: Whether Quay has counted what was stored before quotas were enabled. This is V(waiting), V(running)
        or V(complete); before V(complete), less is counted than is stored.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.quota.info import QUOTA_INFO

OPERATION = QUOTA_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
