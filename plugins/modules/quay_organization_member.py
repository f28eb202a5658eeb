#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_organization_member
short_description: Remove a user from a Quay organization
version_added: 1.0.0
description:
  - Removes a user from all teams of an organization, and revokes all permissions that are granted to the user directly
    on its repositories, in one request.
  - To add users, use M(dockhand.quay.quay_team).
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  organization:
    description: Organization to remove the user from.
    type: str
    required: true
  name:
    description: Name of the user. Robot accounts cannot be removed in this way.
    type: str
    required: true
  state:
    description: The user has no rights in the organization. Does nothing if the organization does not exist.
    type: str
    choices: [absent]
    default: absent
notes:
  - Requires a token with the scope C(org:admin), of an administrator of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Quay rejects the removal of the only administrator.
  - The diff shows the affected teams and repositories.
seealso:
  - module: dockhand.quay.quay_organization_member_info
  - module: dockhand.quay.quay_team
"""

EXAMPLES = r"""
- name: Remove dora from the organization
  dockhand.quay.quay_organization_member:
    organization: payments
    name: dora
"""

RETURN = r""" # """

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.organization_member.resource import (
    ORGANIZATION_MEMBER,
    STATE,
)

OPERATION = manage(ORGANIZATION_MEMBER, STATE)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
