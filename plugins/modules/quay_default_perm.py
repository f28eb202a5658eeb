#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_default_perm
short_description: Manage default permissions of a Quay organization
version_added: 0.9.0
description:
  - Creates, changes or deletes a permission that each new repository of an organization gets when it is created.
  - In the API of Quay these are called prototypes. Existing repositories are not touched.
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
      - Who gets the permission; a user, a robot account as V(namespace+name), or a team of the organization.
      - It must exist for O(state=present).
    type: str
    required: true
  type:
    description: What O(name) is; V(user) also for a robot account.
    type: str
    choices: [user, team]
    default: user
  creator:
    description:
      - The permission counts only for repositories that this user creates. Robot accounts and teams cannot be named.
      - Where this is not given, the permission without a creator is meant, which counts for all creators; also with
        O(state=absent).
    type: str
  role:
    description:
      - What O(name) may do with the repository.
      - Required where the permission does not exist yet. Later, it stays as it is where this is not given.
    type: str
    choices: [read, write, admin]
notes:
  - Check mode does not look whether the accounts exist; a real run fails on one that Quay does not know.
  - Needs a token with scope C(org:admin), of an administrator of the organization (or of a superuser where
    C(FEATURE_SUPERUSERS_FULL_ACCESS) is on).
  - O(organization), O(name), O(type) and O(creator) identify a permission. Quay lets one be made twice.
    Then the task is content with one that has the role, else it changes one; O(state=absent) deletes them all.
seealso:
  - module: dockhand.quay.quay_repository
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Developers may push to every new repository
  dockhand.quay.quay_default_perm:
    organization: payments
    name: developers
    type: team
    role: write

- name: The scanner reads what alice creates
  dockhand.quay.quay_default_perm:
    organization: payments
    name: payments+scanner
    creator: alice
    role: read

- name: Bob gets nothing by default any more
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
      description: User for whose new repositories it counts, null where it counts for all.
      returned: always
      type: str
    role:
      description: What may be done with the repository.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.default_perm.resource import (
    DEFAULT_PERM,
    keep_first,
)

OPERATION = manage(DEFAULT_PERM, after=keep_first)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
