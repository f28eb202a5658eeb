#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_team_oidc
short_description: Synchronize a Quay team with a group of OIDC
version_added: 0.9.0
description:
  - Ties a team to a group of the OIDC identity provider that the Quay server takes its accounts from, or unties it.
  - M(dockhand.quay.quay_team_sync) does the same for every kind of directory, and can remove the members with the tie.
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
      - V(true) ties the team to the group O(group_name). Where it is tied to another one, it is untied first. Quay
        removes the human members of the team at that moment, which is told as a warning; robot accounts stay.
        Members of the group come into the team when they sign in.
      - V(false) unties the team; its members stay. Where it is not tied, or where team or organization do not exist,
        nothing is done.
    type: bool
    default: true
  group_name:
    description:
      - Name of the group as the identity provider sends it. Quay cannot check that there is such a group.
      - Required for O(sync=true).
    type: str
notes:
  - Needs Quay 3.11 with C(FEATURE_TEAM_SYNCING), and C(AUTHENTICATION_TYPE) OIDC.
  - Needs a token with the scopes C(org:admin) and C(super:user), of an administrator of the organization who is a
    superuser as well (a superuser administers every organization where C(FEATURE_SUPERUSERS_FULL_ACCESS) is on). Where
    C(FEATURE_NONSUPERUSER_TEAM_SYNCING_SETUP) is on, C(org:admin) of an administrator of the organization is enough.
seealso:
  - module: dockhand.quay.quay_team
  - module: dockhand.quay.quay_team_sync
"""

EXAMPLES = r"""
- name: Operations are a group of the identity provider
  dockhand.quay.quay_team_oidc:
    organization: payments
    name: operations
    group_name: payments-operations

- name: The team is managed by hand again
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
      description: Always null, since members of an OIDC group come when they sign in.
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
