#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_login
short_description: Sign in to Quay once for many tasks
version_added: 0.9.0
description:
  - Signs in with a user name and a password, and returns a session that other modules take as O(ignore:quay_session).
  - A call with a session costs the server about a fifteenth of one with a token, and no second sign-in.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.server
options:
  quay_username:
    description:
      - Account to sign in with.
      - The environment variable E(QUAY_USERNAME) is used where the option is not given.
    type: str
  quay_password:
    description:
      - Password of O(quay_username).
      - The environment variable E(QUAY_PASSWORD) is used where the option is not given.
    type: str
notes:
  - The task must have C(no_log) set to V(true), since anyone who reads the session can act for the account.
  - Tokens and sessions are not taken. Where C(module_defaults) of the group give one, set the group's defaults anew,
    without it, for a block around this task.
  - In check mode it signs in, too, since the tasks that follow need the session. That changes nothing.
  - The session ends after some weeks, when the account signs out anywhere, or when its password is changed.
    No module of this collection signs out.
  - Superuser calls and deletions of organizations want a sign-in of the last ten minutes. Give O(quay_username) and
    O(quay_password) beside the session to tasks that may come later; they renew it where they must.
  - Signs in only where C(FEATURE_DIRECT_LOGIN) is on, as it is by default.
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

    - name: All that follows uses the session
      module_defaults:
        group/dockhand.quay.quay:
          quay_host: https://quay.example.com
          quay_session: "{{ login.session }}"
      block:
        - name: The organization is there
          dockhand.quay.quay_organization:
            name: payments
"""

RETURN = r"""
session:
  description: The session, for O(ignore:quay_session) of other modules or their environment variable E(QUAY_SESSION).
  returned: always
  type: str
username:
  description: Account that is signed in.
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
