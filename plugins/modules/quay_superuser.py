#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_superuser
short_description: Manage accounts that are superusers of Quay
version_added: 0.9.0
description:
  - Makes sure that an account exists and that the server counts it as a superuser.
  - Which accounts are superusers, only the configuration of the server decides. No task can change that, so this one
    creates the account, and fails with the lines to add to the configuration where they are missing.
  - On a server whose accounts come from a directory (LDAP, OIDC, Keystone), links the directory's account in place of
    creating one.
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
      - It is set after the account is created, which Quay refuses if its configuration names the account already. The
        task fails then, and returns the password that Quay chose. So leave this out where the configuration comes
        first.
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
  require_superuser:
    description: V(false) only warns where the server does not count the account as a superuser.
    type: bool
    default: true
notes:
  - Needs a token with scope C(super:user), of a superuser.
  - Quay lets nobody change or delete the account of a superuser. The task fails where that would be needed.
  - In check mode, whether a new account will be a superuser is not known, and the task warns.
seealso:
  - module: dockhand.quay.quay_user
  - module: dockhand.quay.quay_first_user
"""

EXAMPLES = r"""
- name: Dora runs the registry
  dockhand.quay.quay_superuser:
    username: dora
    email: dora@example.com
  register: dora
  no_log: true

- name: Her account is there before the configuration of the server names it
  dockhand.quay.quay_superuser:
    username: dora
    email: dora@example.com
    require_superuser: false
  register: dora
  no_log: true
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
    - Also returned when the task fails after it created the account, unless O(password) was set.
  returned: when the task created the account and O(password) is not given
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
