#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_first_user
short_description: Create the first account of a new Quay registry
version_added: 1.0.0
description:
  - Creates the first account of a server without any credentials. It can also create a token, so that a playbook can
    set up a registry from scratch.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.server
attributes:
  idempotent:
    support: none
    details: Fails if the server already has users.
  check_mode:
    support: partial
    details:
      - Without credentials, it cannot be determined whether the server already has users. Check mode therefore reports
        a change unless the published configuration of the server rules it out.
options:
  username:
    description:
      - Name of the account, 2 to 255 lower-case letters and digits, with single V(.), V(_) or V(-) between them.
      - The account is a superuser if C(SUPER_USERS) in the configuration of the server lists it.
    type: str
    required: true
  password:
    description: Password with at least 8 characters and without blanks.
    type: str
    required: true
  email:
    description: E-mail address. Required if the server sends mail (C(FEATURE_MAILING)).
    type: str
  create_token:
    description: Whether to create an OAuth access token with all scopes that expires after two and a half hours.
    type: bool
    default: false
notes:
  - Requires Quay 3.6 or later with C(FEATURE_USER_INITIALIZE) and C(AUTHENTICATION_TYPE) V(Database), and without any
    users.
  - Does not accept credentials. If C(module_defaults) of the group set them, set the defaults of the group again
    without them in a block around this task.
seealso:
  - module: dockhand.quay.quay_login
  - module: dockhand.quay.quay_superuser
"""

EXAMPLES = r"""
- name: Create the first account and a token
  dockhand.quay.quay_first_user:
    quay_host: https://quay.example.com
    username: quayadmin
    password: "{{ vault_quayadmin_password }}"
    email: quayadmin@example.com
    create_token: true
  register: quayadmin
  no_log: true

- name: Create an organization with its token
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
  description: E-mail address; empty if none is specified.
  returned: success
  type: str
encrypted_password:
  description: Encrypted form of the password, as C(docker login) accepts it; null in check mode; set C(no_log).
  returned: success
  type: str
access_token:
  description: Token that expires after two and a half hours; null in check mode; set C(no_log).
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
