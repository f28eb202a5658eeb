#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_team_sync
short_description: Synchronize a Quay team with an LDAP, OIDC or Keystone group
version_added: 1.0.0
description:
  - Synchronizes a team with a group of the directory that the Quay server takes its accounts from, or stops the
    synchronization.
  - The human members of a synchronized team are those of the group. Robot accounts, role and description can still be
    managed with M(dockhand.quay.quay_team).
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.team_sync
  - dockhand.quay.team_sync.keep_users
  - dockhand.quay.team_sync.force
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  group_dn:
    description:
      - Distinguished name of an LDAP group, relative to the base DN of the server (C(LDAP_BASE_DN)), such as
        V(cn=developers,ou=groups). The group must have at least one member that Quay can see.
      - Names are compared as in LDAP. Differences in case, in blanks around V(=) or V(,), and in the escaping of
        characters are ignored.
      - For O(state=present), one of O(group_dn), O(group_name) and O(group_id) is required, depending on the directory
        of the server. They are ignored for O(state=absent).
    type: str
  group_name:
    description:
      - Name of an OIDC group as the identity provider sends it. Quay cannot verify that the group exists.
      - Quay removes the human members of the team when the synchronization starts, which is reported as a warning.
        Members of the group join the team when they sign in. Therefore O(wait) is not available.
      - Requires Quay 3.11 or later.
    type: str
  group_id:
    description: ID of a Keystone group. It must exist, but Quay does not check whether it has members.
    type: str
  state:
    description:
      - V(present) synchronizes the team with the group. A synchronization with another group is removed first, and
        restored if Quay rejects the new group.
      - V(absent) stops the synchronization. Does nothing if the team is not synchronized, or if the team or the
        organization does not exist.
    type: str
    choices: [present, absent]
    default: present
  wait:
    description:
      - Whether to wait until Quay has added the members of the group to the team for the first time.
      - This is done by Quay's team synchronization worker, which by default looks for new synchronizations once a
        minute.
      - Ignored in check mode.
    type: bool
    default: false
  wait_timeout:
    description:
      - Maximum number of seconds to wait, up to 86400. After that the task fails, and the team stays synchronized.
    type: float
    default: 120.0
notes:
  - Requires C(FEATURE_TEAM_SYNCING) on the server, and C(AUTHENTICATION_TYPE) LDAP, OIDC or Keystone.
seealso:
  - module: dockhand.quay.quay_team
  - module: dockhand.quay.quay_team_ldap
  - module: dockhand.quay.quay_team_oidc
"""

EXAMPLES = r"""
- name: Fill a team from an LDAP group and wait for its first members
  dockhand.quay.quay_team_sync:
    organization: payments
    name: developers
    group_dn: cn=developers,ou=groups
    wait: true

- name: Fill a team from a group of the identity provider
  dockhand.quay.quay_team_sync:
    organization: payments
    name: operations
    group_name: payments-operations

- name: Stop the synchronization and remove all people from the team
  dockhand.quay.quay_team_sync:
    organization: payments
    name: migration
    state: absent
    keep_users: false
"""

RETURN = r"""
team_sync:
  description: The synchronization of the team after the task.
  returned: with O(state=present)
  type: dict
  contains:
    organization:
      description: Organization of the team.
      returned: always
      type: str
    name:
      description: Name of the team.
      returned: always
      type: str
    group_dn:
      description: The group as Quay stores it, which may be written differently than O(group_dn).
      returned: when O(group_dn) is specified
      type: str
    group_name:
      description: The group.
      returned: when O(group_name) is specified
      type: str
    group_id:
      description: The group.
      returned: when O(group_id) is specified
      type: str
    last_updated:
      description: When Quay last synchronized the members. Null before the first time, and always with OIDC.
      returned: always
      type: str
      sample: Tue, 24 Nov 2026 07:22:04 -0000
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team_sync.module import synchronize
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team_sync.read import GROUPS

OPERATION = synchronize(
    GROUPS,
    {"mutually_exclusive": [GROUPS], "required_if": [("state", "present", GROUPS, True)]},
    state={"type": "str", "choices": ["present", "absent"], "default": "present"},
    keep_users={"type": "bool", "default": True},
    wait={"type": "bool", "default": False},
    wait_timeout={"type": "float", "default": 120.0},
)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
