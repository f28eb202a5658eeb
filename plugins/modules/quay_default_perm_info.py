#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_default_perm_info
short_description: List default permissions of a Quay organization
version_added: 1.0.0
description:
  - Lists the permissions that an organization grants on each of its new repositories.
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
    description: Organization that the default permissions belong to.
    type: str
    required: true
notes:
  - Requires a token with the scope C(org:admin), of an administrator of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Takes one request.
seealso:
  - module: dockhand.quay.quay_default_perm
"""

EXAMPLES = r"""
- name: List the default permissions of an organization
  dockhand.quay.quay_default_perm_info:
    organization: payments
  register: defaults

- name: Show who administers new repositories
  ansible.builtin.debug:
    msg: "{{ defaults.default_perms | selectattr('role', '==', 'admin') | map(attribute='name') }}"

- name: List the default permissions of robot accounts
  dockhand.quay.quay_default_perm_info:
    organization: payments
    name: ^payments[+]
  register: defaults_of_robots
"""

RETURN = r"""
default_perms:
  description: The default permissions, sorted by name, type and creator.
  returned: always
  type: list
  elements: dict
  contains:
    organization:
      description: Organization that the default permission belongs to.
      returned: always
      type: str
      sample: payments
    name:
      description: User, robot account or team that receives the permission.
      returned: always
      type: str
      sample: payments+deployer
    type:
      description: V(user) for users and robot accounts, V(team) for teams.
      returned: always
      type: str
      sample: user
    creator:
      description: User whose new repositories it is granted on; null for all users.
      returned: always
      type: str
    role:
      description: Permission on new repositories, V(read), V(write) or V(admin).
      returned: always
      type: str
      sample: write
    id:
      description: ID of the default permission in Quay.
      returned: always
      type: str
      sample: 2b3c4d5e-6f70-4a81-92b3-c4d5e6f70819
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import list_of
from ansible_collections.dockhand.quay.plugins.module_utils._objects.default_perm.resource import DEFAULT_PERM

OPERATION = list_of(DEFAULT_PERM)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
