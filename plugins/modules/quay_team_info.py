#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_team_info
short_description: List teams of a Quay organization
version_added: 1.0.0
description:
  - Lists the teams of an organization, with their members and the groups that they are synchronized with.
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
    description: Organization that the teams belong to.
    type: str
    required: true
  members:
    description: Whether to read the members and the group of each team, which takes one request each.
    type: bool
    default: true
notes:
  - Requires a token with the scope C(org:admin), of an administrator of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
seealso:
  - module: dockhand.quay.quay_team
  - module: dockhand.quay.quay_team_sync
"""

EXAMPLES = r"""
- name: List the teams of an organization
  dockhand.quay.quay_team_info:
    organization: payments
  register: teams

- name: Show who administers it
  ansible.builtin.debug:
    msg: "{{ teams.teams | selectattr('role', '==', 'admin') | map(attribute='members') | flatten | unique }}"
"""

RETURN = r"""
teams:
  description: The teams, sorted by name.
  returned: always
  type: list
  elements: dict
  contains:
    organization:
      description: Organization that the team belongs to.
      returned: always
      type: str
      sample: payments
    name:
      description: Name of the team.
      returned: always
      type: str
      sample: developers
    role:
      description: Role in the organization, V(member), V(creator) or V(admin).
      returned: always
      type: str
      sample: member
    description:
      description: Description; empty if the team has none.
      returned: always
      type: str
    member_count:
      description: Number of its members, without invitations; null if the server does not show it.
      returned: always
      type: int
      sample: 4
    repository_count:
      description: Number of repositories that it has rights to; null if the server does not show it.
      returned: always
      type: int
      sample: 12
    synced:
      description: Whether its members come from a group of a directory.
      returned: always
      type: bool
    members:
      description: Users, robot accounts, and e-mail addresses that are invited.
      returned: with O(members=true)
      type: list
      elements: str
    sync:
      description:
        - The group, such as C(group_dn), as Quay shows it; null if there is none, or if the account may not see it.
      returned: with O(members=true)
      type: dict
      sample: {group_dn: 'cn=developers,ou=groups'}
    last_updated:
      description: When the members were last taken from the group; null if that has not happened.
      returned: with O(members=true)
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team.info import TEAM_INFO

OPERATION = TEAM_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
