#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_first_user
short_description: Create the first account of a fresh Quay
version_added: 0.9.0
description:
  - Creates the very first account of a server, without any credentials, and can give it a token, so that a playbook can
    start from nothing.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.server
attributes:
  check_mode:
    support: partial
    details:
      - Quay tells nobody without credentials whether it has users already, so check mode reports changed unless the
        server's published configuration rules that out.
options:
  username:
    description:
      - Name of the account, 2 to 255 lower-case letters and digits, with single V(.), V(_) or V(-) between them.
      - It becomes a superuser if C(SUPER_USERS) in the configuration of the server names it.
    type: str
    required: true
  password:
    description: Password, with 8 characters or more and no blanks.
    type: str
    required: true
  email:
    description: E-mail address. Required where the server sends mail (C(FEATURE_MAILING)).
    type: str
  create_token:
    description: V(true) also makes an OAuth access token with all scopes that is good for two and a half hours.
    type: bool
    default: false
notes:
  - Needs Quay 3.6 with C(FEATURE_USER_INITIALIZE), C(AUTHENTICATION_TYPE) V(Database), and no users.
  - Fails once there is any user, so it is not idempotent.
  - Takes no credentials. Where C(module_defaults) of the group give some, set the group's defaults anew, without them,
    for a block around this task.
seealso:
  - module: dockhand.quay.quay_login
  - module: dockhand.quay.quay_superuser
"""

EXAMPLES = r"""
- name: The registry has its first account
  dockhand.quay.quay_first_user:
    quay_host: https://quay.example.com
    username: quayadmin
    password: "{{ vault_quayadmin_password }}"
    email: quayadmin@example.com
    create_token: true
  register: quayadmin
  no_log: true

- name: Go on with its token
  dockhand.quay.quay_organization:
    quay_host: https://quay.example.com
    quay_token: "{{ quayadmin.access_token }}"
    name: payments
"""

RETURN = r"""
username:
  description: Name of the account.
  returned: success
  type: str
email:
  description: E-mail address; empty where none is given.
  returned: success
  type: str
encrypted_password:
  description: Password in the encrypted form that C(docker login) takes; null in check mode; use C(no_log).
  returned: success
  type: str
access_token:
  description: Token for further calls, good for two and a half hours; null in check mode; use C(no_log).
  returned: with O(create_token=true)
  type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.first_user import FIRST_USER

OPERATION = FIRST_USER


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
