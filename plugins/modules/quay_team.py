#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_team
short_description: Manage teams of a Quay organization
version_added: 0.9.0
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
      - What members may do in the organization. V(member) gives no rights of its own, V(creator) allows to create
        repositories, V(admin) to do everything.
      - A new team is a V(member) team where this is not given.
    type: str
    choices: [member, creator, admin]
  description:
    description: Text in Markdown. The empty text clears it.
    type: str
  members:
    description:
      - Users and robot accounts as V(namespace+name). A user of a directory must have signed in to Quay once.
      - E-mail addresses to invite, on a server with C(FEATURE_MAILING). Who has accepted an invitation is a user, so
        list the name from then on; the address would get another invitation.
      - On a server that asks new members for their consent (C(FEATURE_MAILING) and C(FEATURE_REQUIRE_TEAM_INVITE)) a
        user from outside the organization is invited. An open invitation counts as membership, and is withdrawn where
        a member would be removed.
      - Where this is not given, the members stay as they are, whatever O(append) says.
      - The human members of a team that is synchronized with a directory belong to the directory;
        only robots are managed there.
    type: list
    elements: str
  append:
    description:
      - V(true) adds O(members) to those that the team has.
      - V(false) removes all others, so an empty list empties the team.
      - The account of the task itself stays in a team with the role V(admin), with a warning where O(members) lacks it.
        Where people would leave such a team, a token needs the scope C(user:read) to tell whether the account is one.
    type: bool
    default: true
notes:
  - Check mode does not look whether the accounts exist; a real run fails on one that Quay does not know.
  - Needs a token with scope C(org:admin), of an administrator of the organization (or of a superuser where
    C(FEATURE_SUPERUSERS_FULL_ACCESS) is on).
seealso:
  - module: dockhand.quay.quay_team_sync
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Developers may create repositories
  dockhand.quay.quay_team:
    organization: payments
    name: developers
    role: creator
    description: Everyone who *builds* payments
    members:
      - alice
      - payments+deployer

- name: These two and nobody else administer the organization
  dockhand.quay.quay_team:
    organization: payments
    name: operations
    role: admin
    members: [bob, carol]
    append: false

- name: The team of a project that has ended is gone
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
      description: All members, sorted; open invitations among them.
      returned: when O(members) is given
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
