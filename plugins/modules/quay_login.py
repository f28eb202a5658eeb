#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_login
short_description: Sign in to Quay once for many tasks
version_added: 1.0.0
description:
  - Signs in with a user name and a password, and returns a session for the option O(ignore:quay_session) of the other
    modules.
  - A call with a session takes the server about a fifteenth of the time of a call with a token, and needs no further
    sign-in.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials.sign_in
  - dockhand.quay.server
attributes:
  idempotent:
    support: N/A
    details: Each run creates a new session and reports no change.
options:
  quay_username:
    description:
      - Account to sign in with.
      - If not specified, the environment variable E(QUAY_USERNAME) is used.
    type: str
notes:
  - The task must have C(no_log) set to V(true), because anyone who reads the session can act for the account.
  - Does not accept tokens and sessions. If C(module_defaults) of the group set one, set the defaults of the group again
    without it in a block around this task.
  - Also signs in in check mode, because later tasks need the session. This changes nothing.
  - The session ends after some weeks, when the account signs out anywhere, or when its password changes. No module of
    this collection signs out.
  - Superuser calls and the deletion of organizations require a sign-in within the last ten minutes. Set
    O(quay_username) and O(quay_password) in addition to the session in tasks that may run later; they renew the session
    if needed.
  - Requires the password of the account, and C(FEATURE_DIRECT_LOGIN) on the server, which is on by default. A session
    has all rights of the account, because scopes exist for tokens only.
seealso:
  - module: dockhand.quay.quay_first_user
"""

EXAMPLES = r"""
- name: Provision with one sign-in
  hosts: localhost
  gather_facts: false
  tasks:
    - name: Sign in
      dockhand.quay.quay_login:
        quay_host: https://quay.example.com
        quay_username: dora
        quay_password: "{{ vault_dora_password }}"
      register: login
      no_log: true

    - name: Use the session for all further tasks
      module_defaults:
        group/dockhand.quay.quay:
          quay_host: https://quay.example.com
          quay_session: "{{ login.session }}"
      block:
        - name: Create an organization
          dockhand.quay.quay_organization:
            name: payments
"""

RETURN = r"""
session:
  description: The session, for O(ignore:quay_session) of other modules or the environment variable E(QUAY_SESSION);
    use C(no_log).
  returned: always
  type: str
username:
  description: Account that signed in.
  returned: always
  type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.session import LOGIN

OPERATION = LOGIN


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
