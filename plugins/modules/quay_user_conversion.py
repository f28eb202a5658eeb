#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_user_conversion
short_description: Convert a Quay user account to an organization
version_added: 1.0.0
description:
  - Converts the account that the task signs in with to an organization of the same name. Its repositories and robot
    accounts are kept.
  - A conversion cannot be undone. Nobody can sign in as the account afterwards, and its tokens no longer work.
  - Does nothing if an organization of this name exists already. If the account itself can no longer sign in, the task
    signs in as O(admin_username) to find out.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  username:
    description: Name of the account to convert. The credentials must be those of this account.
    type: str
    required: true
  confirm:
    description: The value of O(username) once more, to confirm the conversion.
    type: str
    required: true
  admin_username:
    description: Another account, which becomes the owner of the organization.
    type: str
    required: true
  admin_password:
    description:
      - Password of O(admin_username). It is checked in check mode as well, unless C(FEATURE_DIRECT_LOGIN) is disabled
        on the server.
    type: str
    required: true
notes:
  - Requires the password of the account, or a token of the account with the scopes C(user:admin) and C(user:read).
  - Only works with accounts in Quay's own database, not with those of a directory.
  - Rejected for accounts that are members of an organization.
seealso:
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Convert the account of the pipeline to an organization
  dockhand.quay.quay_user_conversion:
    username: pipeline
    confirm: pipeline
    quay_username: pipeline
    quay_password: "{{ vault_pipeline_password }}"
    admin_username: dora
    admin_password: "{{ vault_dora_password }}"
"""

RETURN = r""" # """

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.user.conversion import CONVERT

OPERATION = CONVERT


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
