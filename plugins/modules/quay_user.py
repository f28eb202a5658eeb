#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_user
short_description: Manage user accounts of Quay
version_added: 1.0.0
description:
  - Creates, enables, disables or deletes an account, and sets its e-mail address and password, as a superuser.
  - On a server whose accounts come from LDAP or Keystone, links the account of the directory instead of creating one.
    The account can then be a member of teams and have permissions before its owner has ever signed in.
  - On a server with OIDC, the first sign-in of a person creates the account. A missing account is an error there, and
    only existing accounts can be managed.
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
    details:
      - With O(update_password=always) and O(password), each run sets the password and reports a change. With
        O(superuser=true), each run reports a change until the server restarts.
options:
  superuser:
    description:
      - With V(true), if the server does not count the account as a superuser, Quay adds it to C(SUPER_USERS) in its
        configuration file. This takes effect when the server restarts. Until then each run repeats the request, reports
        a change, and warns. If the configuration is read-only, add the account to C(SUPER_USERS) yourself.
      - M(dockhand.quay.quay_superuser) verifies that the server counts the account as a superuser.
      - V(false) only warns if the account is a superuser.
    type: bool
    aliases: [is_superuser]
notes:
  - Quay does not allow anyone to update or delete the account of a superuser. If that would be necessary, the task
    warns and leaves the account unchanged.
  - The name of a deleted account cannot be used again until Quay's garbage collection has run.
  - Quay does not delete disabled accounts. The task enables such an account for a moment, and disables it again if it
    cannot be deleted.
seealso:
  - module: dockhand.quay.quay_superuser
  - module: dockhand.quay.quay_user_info
  - module: dockhand.quay.quay_first_user
"""

EXAMPLES = r"""
- name: Create an account and let Quay generate its password
  dockhand.quay.quay_user:
    username: alice
    email: alice@example.com
  register: alice
  no_log: true

- name: Create an account with a password from the vault
  dockhand.quay.quay_user:
    username: pipeline
    email: pipeline@example.com
    password: "{{ vault_pipeline_password }}"
  no_log: true

- name: Change the password of the pipeline
  dockhand.quay.quay_user:
    username: pipeline
    password: "{{ vault_new_pipeline_password }}"
    update_password: always
  no_log: true

- name: Disable the account of Bob, who is on leave
  dockhand.quay.quay_user:
    username: bob
    enabled: false

- name: Delete the account of Carol, who has left
  dockhand.quay.quay_user:
    username: carol
    state: absent
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
      returned: unless this task linked the account to the directory
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
    - Also returned when the task fails after the account was created and before O(password) was set.
  returned: when the task created the account and O(password) is not specified
  type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.user.resource import USER
from ansible_collections.dockhand.quay.plugins.module_utils._objects.user.superuser import finish

OPERATION = manage(USER, after=finish)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
