#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_team_ldap
short_description: Synchronize a Quay team with an LDAP group
version_added: 1.0.0
description:
  - Synchronizes a team with a group of the LDAP directory that the Quay server takes its accounts from, or stops the
    synchronization.
  - M(dockhand.quay.quay_team_sync) does the same for all directories, and can wait for the first members.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.team_sync
  - dockhand.quay.team_sync.keep_users
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  sync:
    description:
      - V(true) synchronizes the team with the group O(group_dn). A synchronization with another group is removed first,
        and restored if Quay rejects the new group. The first synchronization adds the members of the group and removes
        all other people; robot accounts stay.
      - V(false) stops the synchronization. Does nothing if the team is not synchronized, or if the team or the
        organization does not exist.
    type: bool
    default: true
  group_dn:
    description:
      - Distinguished name of the group, relative to the base DN of the server (C(LDAP_BASE_DN)), such as
        V(cn=developers,ou=groups). The group must have at least one member that Quay can see. Required for
        O(sync=true).
      - Names are compared as in LDAP, so case, blanks around V(=) and V(,) and the way in which characters are escaped
        do not matter.
    type: str
notes:
  - Requires C(FEATURE_TEAM_SYNCING) on the server, and C(AUTHENTICATION_TYPE) LDAP.
seealso:
  - module: dockhand.quay.quay_team
  - module: dockhand.quay.quay_team_sync
"""

EXAMPLES = r"""
- name: Fill a team from an LDAP group
  dockhand.quay.quay_team_ldap:
    organization: payments
    name: developers
    group_dn: cn=developers,ou=groups

- name: Manage the team by hand again, starting without people
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
      description: The group as Quay stores it, which may be written differently than O(group_dn).
      returned: always
      type: str
    last_updated:
      description: When Quay last synchronized the members. Null before the first time.
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
