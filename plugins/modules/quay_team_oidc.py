#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_team_oidc
short_description: Synchronize a Quay team with an OIDC group
version_added: 1.0.0
description:
  - Synchronizes a team with a group of the OIDC identity provider that the Quay server takes its accounts from, or
    stops the synchronization.
  - M(dockhand.quay.quay_team_sync) does the same for all directories, and can remove the members when the
    synchronization ends.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.team_sync
  - dockhand.quay.team_sync.force
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  sync:
    description:
      - V(true) synchronizes the team with the group O(group_name). A synchronization with another group is removed
        first. Quay removes the human members of the team at that moment, which is reported as a warning; robot accounts
        stay. Members of the group join the team when they sign in.
      - V(false) stops the synchronization, and the team keeps its members. Does nothing if the team is not
        synchronized, or if the team or the organization does not exist.
    type: bool
    default: true
  group_name:
    description:
      - Name of the group as the identity provider sends it. Quay cannot verify that the group exists.
      - Required for O(sync=true).
    type: str
notes:
  - Requires Quay 3.11 or later with C(FEATURE_TEAM_SYNCING), and C(AUTHENTICATION_TYPE) OIDC.
seealso:
  - module: dockhand.quay.quay_team
  - module: dockhand.quay.quay_team_sync
"""

EXAMPLES = r"""
- name: Fill a team from a group of the identity provider
  dockhand.quay.quay_team_oidc:
    organization: payments
    name: operations
    group_name: payments-operations

- name: Manage the team by hand again
  dockhand.quay.quay_team_oidc:
    organization: payments
    name: operations
    sync: false
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
    group_name:
      description: The group.
      returned: always
      type: str
    last_updated:
      description: Always null, because members of an OIDC group join when they sign in.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team_sync.module import synchronize

OPERATION = synchronize(
    ["group_name"],
    {"required_if": [("sync", True, ["group_name"])]},
    sync={"type": "bool", "default": True},
)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
