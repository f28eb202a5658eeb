#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_user
short_description: Manage user accounts of Quay
version_added: 0.9.0
description:
  - Creates an account, sets its e-mail address and password, switches it on or off, or deletes it, as a superuser.
  - On a server whose accounts come from a directory (LDAP, OIDC, Keystone), links the directory's account in place of
    creating one, so that it can be a member of teams and get permissions before its owner has ever signed in.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
options:
  username:
    description:
      - Name of the account. A new one has 2 to 255 lower-case letters and digits, with single V(.), V(_) or
        V(-) between them.
    type: str
    required: true
  email:
    description:
      - E-mail address. The empty text is the same as not given.
      - Required for a new account where the server sends mail (C(FEATURE_MAILING)).
      - Refused on a server whose accounts come from a directory.
    type: str
  password:
    description:
      - Password, with 8 characters or more and no blanks.
      - Where this is not given, Quay chooses the password of a new account; the task returns it as RV(password).
      - It is set after the account is created. Where Quay refuses that, the task fails and returns the password that
        Quay chose. It does so if the server's configuration names the account as superuser already.
      - Setting a password ends all sessions of the account.
      - Refused on a server whose accounts come from a directory.
    type: str
  update_password:
    description:
      - V(on_create) sets O(password) only for an account that the task creates.
      - V(always) sets it at each run, and is always changed, since Quay shows no password to compare with.
    type: str
    choices: [on_create, always]
    default: on_create
  enabled:
    description:
      - V(false) bars the account from signing in, pushing and pulling. Its data stays.
      - A new account is enabled where this is not given.
    type: bool
  superuser:
    description:
      - V(true) fails where the server does not count the account as a superuser, and tells what to write into its
        configuration, which no task can do. The account stays. See M(dockhand.quay.quay_superuser).
      - V(false) only warns where the account is a superuser.
    type: bool
    aliases: [is_superuser]
notes:
  - Needs a token with scope C(super:user), of a superuser.
  - Quay lets nobody change or delete the account of a superuser. Where that would be needed, the task warns and
    leaves the account as it is.
  - Quay keeps the name of a deleted account from being used again until its garbage collection has run.
  - Quay does not delete a disabled account. The task enables it for that moment, and disables it again if it cannot be
    deleted.
seealso:
  - module: dockhand.quay.quay_superuser
  - module: dockhand.quay.quay_user_info
  - module: dockhand.quay.quay_first_user
"""

EXAMPLES = r"""
- name: Alice has an account; Quay chooses its password
  dockhand.quay.quay_user:
    username: alice
    email: alice@example.com
  register: alice
  no_log: true

- name: The account of the pipeline has a password from the vault
  dockhand.quay.quay_user:
    username: pipeline
    email: pipeline@example.com
    password: "{{ vault_pipeline_password }}"
  no_log: true

- name: The password of the pipeline is changed
  dockhand.quay.quay_user:
    username: pipeline
    password: "{{ vault_new_pipeline_password }}"
    update_password: always
  no_log: true

- name: Bob is on leave
  dockhand.quay.quay_user:
    username: bob
    enabled: false

- name: Carol has left
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
      description: E-mail address; empty where the account has none.
      returned: unless the account was just linked with a directory
      type: str
    enabled:
      description: Whether the account may be used.
      returned: always
      type: bool
super_user:
  description: Whether the server counts the account as a superuser; null in check mode for one that is not there yet.
  returned: with O(state=present)
  type: bool
password:
  description:
    - Password that Quay chose for a new account; null in check mode. Quay shows it only once; use C(no_log).
    - Also returned when the task fails after the account was created and before O(password) was set.
  returned: when the task created the account and O(password) is not given
  type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.user.resource import USER
from ansible_collections.dockhand.quay.plugins.module_utils._objects.user.superuser import finish

OPERATION = manage(USER, {"superuser": {"type": "bool", "aliases": ["is_superuser"]}}, after=finish)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
