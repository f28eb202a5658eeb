#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_organization_info
short_description: List organizations of Quay
version_added: 1.0.0
description:
  - Lists all organizations of the registry or, if the account is not a superuser, those that it is a member of.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.name_search
  - dockhand.quay.server
options:
  details:
    description: Whether to read each listed organization, too, which takes one more request each.
    type: bool
    default: false
notes:
  - Requires a token of a superuser with the scope C(super:user), or the scope C(user:read) for the organizations of
    the account itself.
  - The list is read in pages of 100.
seealso:
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: List the organizations
  dockhand.quay.quay_organization_info:
  register: organizations

- name: List the teams of the organizations whose names begin with pay
  dockhand.quay.quay_organization_info:
    name: ^pay
    details: true
  register: details
"""

RETURN = r"""
organizations:
  description: The organizations, sorted by name.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: Name of the organization.
      returned: always
      type: str
      sample: payments
    email:
      description: E-mail address; empty if there is none, null if the account may not see it.
      returned: always
      type: str
    size:
      description: Bytes in its repositories; null if the server does not show them.
      returned: always
      type: int
      sample: 73400320
    is_admin:
      description: Whether the account administers the organization.
      returned: with O(details=true)
      type: bool
    time_machine_expiration:
      description: How long deleted tags are kept; null if the account may not see it.
      returned: with O(details=true)
      type: str
      sample: 2w
    teams:
      description: Names of the teams that the account sees.
      returned: with O(details=true)
      type: list
      elements: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.organization.info import ORGANIZATION_INFO

OPERATION = ORGANIZATION_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
