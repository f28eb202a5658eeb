#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_superuser
short_description: Manage accounts that are superusers of Quay
version_added: 1.0.0
description:
  - Ensures that an account exists and that the server counts it as a superuser.
  - Only the server configuration determines which accounts are superusers, and this module does not change it. If the
    account is missing in the configuration, the module creates the account and fails with the lines to add.
  - On a server whose accounts come from LDAP or Keystone, links the account of the directory instead of creating one.
  - On a server with OIDC, the first sign-in of a person creates the account. A missing account is an error there.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.account
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
attributes:
  idempotent:
    support: partial
    details: With O(update_password=always) and O(password), each run sets the password and reports a change.
options:
  require_superuser:
    description: V(false) only warns if the server does not count the account as a superuser. Use this to create an
      account, and save its generated password, before the configuration lists it.
    type: bool
    default: true
notes:
  - Quay does not allow anyone to update or delete the account of a superuser. The task fails if that would be
    necessary.
  - Check mode cannot determine whether a new account will be a superuser, and warns.
seealso:
  - module: dockhand.quay.quay_user
  - module: dockhand.quay.quay_first_user
"""

EXAMPLES = r"""
- name: Create an account before the configuration of the server lists it
  dockhand.quay.quay_superuser:
    username: dora
    email: dora@example.com
    # Without this, the task fails until dora is in SUPER_USERS, and the play ends before the password is saved.
    require_superuser: false
  register: dora
  no_log: true

- name: Save the generated password, which Quay shows only once
  ansible.builtin.copy:
    content: "{{ dora.password }}"
    dest: "{{ playbook_dir }}/dora.password"
    mode: "0600"
  when: dora.password is defined
  no_log: true

- name: Verify that the account is a superuser after the server was restarted with the new configuration
  dockhand.quay.quay_superuser:
    username: dora
"""

RETURN = r"""
user:
  description: The account after the task.
  returned: with O(state=present)
  type: dict
  contains:
    username:
      description: Name of the account.
      returned: always
      type: str
    email:
      description: E-mail address; empty if the account has none.
      returned: unless the account was just linked to a directory
      type: str
    enabled:
      description: Whether the account is enabled.
      returned: always
      type: bool
super_user:
  description: Whether the server counts the account as a superuser; null in check mode for a new account.
  returned: with O(state=present)
  type: bool
password:
  description:
    - Password that Quay generated for a new account; null in check mode. Quay shows it only once; set C(no_log).
    - Also returned when the task fails after it created the account, unless O(password) was set.
  returned: when the task created the account and O(password) is not specified
  type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.user.superuser import SUPERUSER, finish

OPERATION = manage(SUPERUSER, {"require_superuser": {"type": "bool", "default": True}}, after=finish)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
