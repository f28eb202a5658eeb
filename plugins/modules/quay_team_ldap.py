#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_team_ldap
short_description: Synchronize a Quay team with a group of LDAP
version_added: 0.9.0
description:
  - Ties a team to a group of the LDAP directory that the Quay server takes its accounts from, or unties it.
  - M(dockhand.quay.quay_team_sync) does the same for every kind of directory, and can wait for the first members.
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
    description: Name of the team. It must exist for O(sync=true); M(dockhand.quay.quay_team) creates it.
    type: str
    required: true
  sync:
    description:
      - V(true) ties the team to the group O(group_dn). Where it is tied to another one, it is untied first; where Quay
        refuses the new group, the old one is tied again. With the first synchronization the members of the group come
        into the team, and other human members leave it; robot accounts stay.
      - V(false) unties the team. Where it is not tied, or where team or organization do not exist, nothing is done.
    type: bool
    default: true
  group_dn:
    description:
      - Distinguished name of the group, relative to the base DN of the server (C(LDAP_BASE_DN)), as in
        V(cn=developers,ou=groups). The group must have a member whom Quay can see. Required for O(sync=true).
      - Names are compared as LDAP does. Case, blanks around V(=) and V(,) and the way in which characters are escaped
        make no difference.
    type: str
  keep_users:
    description:
      - What becomes of the human members when O(sync=false) unties the team. V(true) keeps them, V(false) removes them.
        Robot accounts stay in both cases.
      - A team that is not tied keeps its members in both cases.
    type: bool
    default: true
notes:
  - Needs C(FEATURE_TEAM_SYNCING) on the server, and C(AUTHENTICATION_TYPE) LDAP.
  - Needs a token with the scopes C(org:admin) and C(super:user), of an administrator of the organization who is a
    superuser as well (a superuser administers every organization where C(FEATURE_SUPERUSERS_FULL_ACCESS) is on). Where
    C(FEATURE_NONSUPERUSER_TEAM_SYNCING_SETUP) is on, C(org:admin) of an administrator of the organization is enough.
seealso:
  - module: dockhand.quay.quay_team
  - module: dockhand.quay.quay_team_sync
"""

EXAMPLES = r"""
- name: Developers are who is in the LDAP group
  dockhand.quay.quay_team_ldap:
    organization: payments
    name: developers
    group_dn: cn=developers,ou=groups

- name: The team is managed by hand again, and begins without members
  dockhand.quay.quay_team_ldap:
    organization: payments
    name: developers
    sync: false
    keep_users: false
"""

RETURN = r"""
team_sync:
  description: The synchronization of the team after the task.
  returned: with O(sync=true)
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
      returned: always
      type: str
    last_updated:
      description: When Quay last brought in the members of the group. Null before the first time.
      returned: always
      type: str
      sample: Tue, 24 Nov 2026 07:22:04 -0000
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team_sync.module import synchronize

OPERATION = synchronize(
    ["group_dn"],
    {"required_if": [("sync", True, ["group_dn"])]},
    sync={"type": "bool", "default": True},
    keep_users={"type": "bool", "default": True},
)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
