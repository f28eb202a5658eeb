#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_team_sync
short_description: Synchronize a Quay team with a group of LDAP, OIDC or Keystone
version_added: 0.9.0
description:
  - Ties a team to a group of the directory that the Quay server takes its accounts from, or unties it.
  - The human members of a tied team are those of the group. Robot accounts can still be added and removed with
    M(dockhand.quay.quay_team), and so can role and description.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  organization:
    description: Organization that the team belongs to.
    type: str
    required: true
  name:
    description: Name of the team. It must exist for O(state=present); M(dockhand.quay.quay_team) creates it.
    type: str
    required: true
  group_dn:
    description:
      - Distinguished name of a group of LDAP, relative to the base DN of the server (C(LDAP_BASE_DN)), as in
        V(cn=developers,ou=groups). The group must have a member whom Quay can see.
      - Names are compared as LDAP does. Case, blanks around V(=) and V(,) and the way in which characters are escaped
        make no difference.
      - One of O(group_dn), O(group_name) and O(group_id) is required for O(state=present), the one of the server's own
        directory. They make no difference for O(state=absent).
    type: str
  group_name:
    description:
      - Name of a group of OIDC as the identity provider sends it. Quay cannot check that there is such a group.
      - Quay removes the human members of the team at the moment it is tied, which is told as a warning. Members of the
        group come into the team when they sign in. For that reason there is nothing that O(wait) could wait for.
      - Needs Quay 3.11.
    type: str
  group_id:
    description: Id of a group of Keystone.
    type: str
  state:
    description:
      - V(present) ties the team to the group. Where it is tied to another one, it is untied first; where Quay refuses
        the new group, the old one is tied again.
      - V(absent) unties the team. Where it is not tied, or where team or organization do not exist, nothing is done.
    type: str
    choices: [present, absent]
    default: present
  keep_users:
    description:
      - What becomes of the human members when O(state=absent) unties the team. V(true) keeps them, V(false) removes
        them. Robot accounts stay in both cases.
      - A team that is not tied keeps its members in both cases.
    type: bool
    default: true
  wait:
    description:
      - Whether to wait until Quay has brought the members of the group into the team for the first time.
      - This is the work of Quay's team synchronization worker, which by default looks for new ties once a minute.
      - In check mode there is nothing to wait for.
    type: bool
    default: false
  wait_timeout:
    description:
      - Seconds that O(wait) waits at most. After them the task fails, and the team stays tied.
    type: float
    default: 120.0
notes:
  - Needs C(FEATURE_TEAM_SYNCING) on the server, and C(AUTHENTICATION_TYPE) LDAP, OIDC or Keystone.
  - Needs a token with the scopes C(org:admin) and C(super:user), of an administrator of the organization who is a
    superuser as well (a superuser administers every organization where C(FEATURE_SUPERUSERS_FULL_ACCESS) is on). Where
    C(FEATURE_NONSUPERUSER_TEAM_SYNCING_SETUP) is on, C(org:admin) of an administrator of the organization is enough.
seealso:
  - module: dockhand.quay.quay_team
  - module: dockhand.quay.quay_team_ldap
  - module: dockhand.quay.quay_team_oidc
"""

EXAMPLES = r"""
- name: Developers are who is in the LDAP group, from the first minute on
  dockhand.quay.quay_team_sync:
    organization: payments
    name: developers
    group_dn: cn=developers,ou=groups
    wait: true

- name: Operations are a group of the identity provider
  dockhand.quay.quay_team_sync:
    organization: payments
    name: operations
    group_name: payments-operations

- name: The migration team has no members but robots any longer
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
      description: The group, as Quay has it, which may be written differently than O(group_dn).
      returned: when O(group_dn) is given
      type: str
    group_name:
      description: The group.
      returned: when O(group_name) is given
      type: str
    group_id:
      description: The group.
      returned: when O(group_id) is given
      type: str
    last_updated:
      description: When Quay last brought in the members of the group. Null before the first time, and always with OIDC.
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
