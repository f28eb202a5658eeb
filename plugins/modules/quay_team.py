#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_team
short_description: Manage teams of a Quay organization
version_added: 1.0.0
description:
  - Creates a team, sets its role, description and members, or deletes it.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
options:
  organization:
    description: Organization that the team belongs to. It must exist for O(state=present).
    type: str
    required: true
  name:
    description:
      - Name of the team. A new one has 2 to 255 lower-case letters and digits, with single V(.), V(_) or V(-) between
        them.
    type: str
    required: true
  role:
    description:
      - Rights of the members in the organization. V(member) grants no rights of its own, V(creator) allows creating
        repositories, V(admin) allows everything.
      - If not specified, a new team has the role V(member).
    type: str
    choices: [member, creator, admin]
  description:
    description: Description of the team in Markdown. An empty string clears it.
    type: str
  members:
    description:
      - Users, and robot accounts as V(namespace+name). A user from a directory must have signed in to Quay once,
        or must have been linked with M(dockhand.quay.quay_user), which is not possible with OIDC.
      - E-mail addresses to invite, on a server with C(FEATURE_MAILING). People who have accepted an invitation are
        users, so list their names from then on; their address would be invited again.
      - On a server that requires the consent of new members (C(FEATURE_MAILING) and C(FEATURE_REQUIRE_TEAM_INVITE)), a
        user from outside the organization is invited. An open invitation counts as membership, and is withdrawn if the
        member is removed.
      - If not specified, the members are left unchanged, whatever O(append) is.
      - The human members of a team that is synchronized with a directory come from the directory; only robot accounts
        can be managed there.
    type: list
    elements: str
  append:
    description:
      - V(true) adds O(members) to the existing members.
      - V(false) removes all other members, so an empty list removes all members.
      - The task's own account stays in a team with the role V(admin), with a warning if it is missing in O(members). To
        determine whether a member who would be removed is that account, a token needs the scope C(user:read).
    type: bool
    default: true
notes:
  - Check mode does not verify that the accounts exist; a real run fails if one is unknown to Quay.
  - Requires a token with the scope C(org:admin), of an administrator of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
seealso:
  - module: dockhand.quay.quay_team_sync
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Create a team whose members can create repositories
  dockhand.quay.quay_team:
    organization: payments
    name: developers
    role: creator
    description: Everyone who *builds* payments
    members:
      - alice
      - payments+deployer

- name: Let only these two administer the organization
  dockhand.quay.quay_team:
    organization: payments
    name: operations
    role: admin
    members: [bob, carol]
    append: false

- name: Delete the team of a finished project
  dockhand.quay.quay_team:
    organization: payments
    name: migration
    state: absent
"""

RETURN = r"""
team:
  description: The team after the task.
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
    role:
      description: Role of the team in the organization.
      returned: always
      type: str
    description:
      description: Description in Markdown.
      returned: always
      type: str
    members:
      description: All members, sorted, including open invitations.
      returned: when O(members) is specified
      type: list
      elements: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team.resource import TEAM

OPERATION = manage(TEAM)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
