#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_user_info
short_description: List user accounts of Quay
version_added: 1.0.0
description:
  - Lists the accounts of the server, or a selection of them. Robot accounts and organizations are not included.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.name_search
  - dockhand.quay.server
options:
  superusers_only:
    description: Whether to list only accounts that the server counts as superusers.
    type: bool
    default: false
  include_disabled:
    description: Whether to include disabled accounts.
    type: bool
    default: true
notes:
  - Requires a token of a superuser with the scope C(super:user). A superuser with read-only access is sufficient.
  - The list is read in pages of 100. Older servers return it in a single response.
seealso:
  - module: dockhand.quay.quay_user
"""

EXAMPLES = r"""
- name: List the superusers
  dockhand.quay.quay_user_info:
    superusers_only: true
  register: superusers

- name: Fail if there are unknown superusers
  ansible.builtin.assert:
    that: superusers.users | map(attribute='username') | difference(['dora', 'quayadmin']) | length == 0

- name: List the enabled accounts of contractors
  dockhand.quay.quay_user_info:
    name: ^ext-
    include_disabled: false
  register: contractors
"""

RETURN = r"""
users:
  description: The accounts, sorted by name.
  returned: always
  type: list
  elements: dict
  contains:
    username:
      description: Name of the account.
      returned: always
      type: str
    email:
      description: E-mail address; empty if the account has none.
      returned: always
      type: str
    verified:
      description: Whether the e-mail address is confirmed.
      returned: always
      type: bool
    enabled:
      description: Whether the account is enabled.
      returned: always
      type: bool
    super_user:
      description: Whether the server counts the account as a superuser.
      returned: always
      type: bool
    global_readonly_super_user:
      description: Whether the server counts the account as a superuser with read-only access.
      returned: always
      type: bool
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.user.accounts import USER_INFO

OPERATION = USER_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
