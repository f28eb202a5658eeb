# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  username:
    description:
      - Name of the account. A new one has 2 to 255 lower-case letters and digits, with single V(.), V(_) or V(-)
        between them.
    type: str
    required: true
  email:
    description:
      - E-mail address. An empty string has the same effect as omitting the option.
      - Required for a new account if the server sends mail (C(FEATURE_MAILING)).
      - Rejected on a server whose accounts come from a directory.
    type: str
  password:
    description:
      - Password with at least 8 characters and without blanks.
      - If not specified, Quay generates the password of a new account, and the task returns it as RV(password).
      - The password is set after the account is created. Quay rejects that if its configuration already lists the
        account as a superuser. The task then fails and returns the password that Quay generated.
      - Setting a password ends all sessions of the account.
      - Rejected on a server whose accounts come from a directory.
    type: str
  update_password:
    description:
      - V(on_create) sets O(password) only for an account that the task creates.
      - V(always) sets it at each run and always reports a change, because Quay does not show passwords.
    type: str
    choices: [on_create, always]
    default: on_create
  enabled:
    description:
      - V(false) prevents the account from signing in, pushing and pulling. Its data is kept.
      - If not specified, a new account is enabled.
    type: bool
notes:
  - Requires a token of a superuser with the scope C(super:user).
"""
