#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_quota
short_description: Manage the storage quota of a Quay organization
version_added: 0.9.0
description:
  - Sets the storage quota of an organization and its two limits, or deletes them.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
options:
  organization:
    description: Organization whose storage is limited. It must exist for O(state=present).
    type: str
    required: true
  quota:
    description:
      - Storage as a number of bytes, or as a decimal number followed by V(KB), V(MB), V(GB), V(TB) (powers of 1000) or
        V(KiB), V(MiB), V(GiB), V(TiB) (powers of 1024), in any case and with or without a blank between them.
      - By itself a quota only measures; O(warning_pct) and O(reject_pct) are what Quay acts on.
      - Where there is no quota yet and only limits are given, they get a quota of 8000000 TB.
      - Where none of the three options is given, nothing is done.
    type: str
  warning_pct:
    description:
      - Percent of the quota from which on the organization is warned. V(0) removes the warning.
      - Where the server has several warnings, this one replaces them all.
    type: int
  reject_pct:
    description:
      - Percent of the quota from which on Quay refuses to take images. V(0) removes the limit.
      - Where the server has several such limits, this one replaces them all.
    type: int
notes:
  - Needs Quay 3.7 with C(FEATURE_QUOTA_MANAGEMENT) (and C(FEATURE_EDIT_QUOTA), which is on by default).
  - To change something, the token must be a superuser's with scope C(super:user); an administrator of the organization
    can only have it checked that nothing differs.
  - From Quay 3.16 on, the two limits can be changed only where C(FEATURE_SUPERUSERS_FULL_ACCESS) is on. The quota
    itself can be changed in any case; where full access is off, over the superuser's own route.
seealso:
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Payments may store 100 GiB, and hears of it at 80 percent
  dockhand.quay.quay_quota:
    organization: payments
    quota: 100 GiB
    warning_pct: 80
    reject_pct: 100

- name: Payments may go beyond its quota for a while
  dockhand.quay.quay_quota:
    organization: payments
    reject_pct: 0

- name: Payments may store whatever it likes
  dockhand.quay.quay_quota:
    organization: payments
    state: absent
"""

RETURN = r"""
quota:
  description: The quota after the task.
  returned: with O(state=present), where there is a quota
  type: dict
  contains:
    organization:
      description: Organization whose storage is limited.
      returned: always
      type: str
    quota:
      description: Storage, exactly, with the unit that makes it shortest, such as V(100 GiB).
      returned: always
      type: str
    warning_pct:
      description: Percent of the quota from which on the organization is warned, V(0) where it is not. A list where the
        server has several warnings and O(warning_pct) is not given.
      returned: always
      type: raw
    reject_pct:
      description: Percent of the quota from which on Quay refuses images, V(0) where it does not. A list where the
        server has several such limits and O(reject_pct) is not given.
      returned: always
      type: raw
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.quota.resource import QUOTA

OPERATION = manage(QUOTA)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
