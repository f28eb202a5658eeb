#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_user_quota
short_description: Manage the storage quota of a Quay user
version_added: 1.0.0
description:
  - Sets the storage quota of the personal namespace of a user and its two limits, or deletes them.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.quota
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
options:
  username:
    description: User whose storage is limited. The account must exist for O(state=present).
    type: str
    required: true
notes:
  - Requires Quay 3.9 or later with C(FEATURE_QUOTA_MANAGEMENT) and C(FEATURE_EDIT_QUOTA), which is on by default.
  - Requires a token of a superuser with the scope C(super:user). The two limits can be changed only if
    C(FEATURE_SUPERUSERS_FULL_ACCESS) is on.
seealso:
  - module: dockhand.quay.quay_quota
  - module: dockhand.quay.quay_quota_info
"""

EXAMPLES = r"""
- name: Limit alice to 10 GiB, with a warning at 80 percent
  dockhand.quay.quay_user_quota:
    username: alice
    quota: 10 GiB
    warning_pct: 80
    reject_pct: 100

- name: Remove the quota of bob
  dockhand.quay.quay_user_quota:
    username: bob
    state: absent
"""

RETURN = r"""
user_quota:
  description: The quota after the task.
  returned: with O(state=present), if there is a quota
  type: dict
  contains:
    username:
      description: User whose storage is limited.
      returned: always
      type: str
    quota:
      description: Exact storage, in the unit that gives the shortest text, such as V(10 GiB).
      returned: always
      type: str
    warning_pct:
      description: Percentage of the quota at which the user is warned; V(0) if the user is not. A list if the server
        has several warnings and O(warning_pct) is not specified.
      returned: always
      type: raw
    reject_pct:
      description: Percentage of the quota at which Quay rejects pushes; V(0) if it does not. A list if the server has
        several such limits and O(reject_pct) is not specified.
      returned: always
      type: raw
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.user_quota.resource import USER_QUOTA

OPERATION = manage(USER_QUOTA)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
