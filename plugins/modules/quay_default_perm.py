#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_default_perm
short_description: Manage default permissions of a Quay organization
version_added: 1.0.0
description:
  - Creates, updates or deletes a permission that each new repository of an organization gets when it is created.
  - The API of Quay calls them prototypes. Existing repositories are not changed.
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
    description: Organization that the permission belongs to. It must exist for O(state=present).
    type: str
    required: true
  name:
    description:
      - User, robot account as V(namespace+name), or team of the organization that gets the permission.
      - It must exist for O(state=present).
    type: str
    required: true
  type:
    description: Type of O(name); V(user) is also for robot accounts.
    type: str
    choices: [user, team]
    default: user
  creator:
    description:
      - User whose new repositories the permission applies to. Robot accounts and teams are not possible.
      - If not specified, the permission without a creator is managed, which applies to the repositories of all
        creators. This is also the case with O(state=absent).
    type: str
  role:
    description:
      - Role of O(name) in the repository.
      - If not specified, a new permission has the role V(read), and the role of an existing one is left unchanged.
    type: str
    choices: [read, write, admin]
notes:
  - Check mode does not verify that the accounts exist; a real run fails if one is unknown to Quay.
  - Requires a token with the scope C(org:admin), of an administrator of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - O(organization), O(name), O(type) and O(creator) identify a permission, but Quay allows duplicates. With O(role),
    one of the duplicates is kept with that role and the others are deleted. Without it, the task warns about them.
    O(state=absent) deletes all of them.
seealso:
  - module: dockhand.quay.quay_repository
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Let developers push to every new repository
  dockhand.quay.quay_default_perm:
    organization: payments
    name: developers
    type: team
    role: write

- name: Let the scanner read what Alice creates
  dockhand.quay.quay_default_perm:
    organization: payments
    name: payments+scanner
    creator: alice
    role: read

- name: Delete the default permission of Bob
  dockhand.quay.quay_default_perm:
    organization: payments
    name: bob
    state: absent
"""

RETURN = r"""
default_perm:
  description: The default permission after the task.
  returned: with O(state=present)
  type: dict
  contains:
    organization:
      description: Organization that the permission belongs to.
      returned: always
      type: str
    name:
      description: User, robot account or team that gets the permission.
      returned: always
      type: str
    type:
      description: V(user) or V(team).
      returned: always
      type: str
    creator:
      description: User whose new repositories it applies to; null if it applies to all.
      returned: always
      type: str
    role:
      description: Role in the repository.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.default_perm.resource import DEFAULT_PERM

OPERATION = manage(DEFAULT_PERM)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
