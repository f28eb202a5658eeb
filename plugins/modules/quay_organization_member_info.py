#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_organization_member_info
short_description: List people of a Quay organization
version_added: 1.0.0
description:
  - Lists the users who are in a team of an organization, with their teams, and with the repositories on which
    permissions are granted to them directly. Robot accounts are not included.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.name_search
  - dockhand.quay.server
options:
  organization:
    description: Organization whose people to list.
    type: str
    required: true
  collaborators:
    description: Whether to include users who are in no team, but have rights to a repository.
    type: bool
    default: false
notes:
  - Requires a token with the scope C(org:admin), of an administrator of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Takes one request, or two with O(collaborators=true).
seealso:
  - module: dockhand.quay.quay_organization_member
  - module: dockhand.quay.quay_team_info
"""

EXAMPLES = r"""
- name: List everyone who has rights in an organization
  dockhand.quay.quay_organization_member_info:
    organization: payments
    collaborators: true
  register: people

- name: Show those who are in no team
  ansible.builtin.debug:
    msg: "{{ people.members | rejectattr('teams') | map(attribute='name') }}"
"""

RETURN = r"""
members:
  description: The users, sorted by name.
  returned: always
  type: list
  elements: dict
  contains:
    organization:
      description: Name of the organization.
      returned: always
      type: str
      sample: payments
    name:
      description: Name of the user.
      returned: always
      type: str
      sample: dora
    teams:
      description: Teams that the user is in.
      returned: always
      type: list
      elements: str
    repositories:
      description: Repositories on which permissions are granted to the user directly, without the organization.
      returned: always
      type: list
      elements: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.organization_member.resource import (
    ORGANIZATION_MEMBER_INFO,
)

OPERATION = ORGANIZATION_MEMBER_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
