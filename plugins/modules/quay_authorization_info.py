#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_authorization_info
short_description: List OAuth tokens of a Quay user
version_added: 1.0.0
description:
  - Lists the OAuth tokens that applications hold for the connected user, or the tokens that were offered to the user.
  - The tokens themselves are not returned.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  application:
    description: Python regular expression to search for anywhere in the names of applications. It is case-sensitive.
    type: str
  offered:
    description:
      - Whether to list tokens that were offered and not accepted yet.
      - Requires Quay 3.12 or later with C(FEATURE_ASSIGN_OAUTH_TOKEN), which is on by default.
    type: bool
    default: false
notes:
  - Requires a token with the scope C(user:admin), or a password.
  - Takes one request.
seealso:
  - module: dockhand.quay.quay_authorization
"""

EXAMPLES = r"""
- name: List the OAuth tokens of the connected user
  dockhand.quay.quay_authorization_info:
  register: tokens

- name: Show those that can do what a superuser can
  ansible.builtin.debug:
    msg: "{{ tokens.authorizations | selectattr('rights', 'contains', 'super:user') }}"
"""

RETURN = r"""
authorizations:
  description: The tokens, sorted by organization and application.
  returned: always
  type: list
  elements: dict
  contains:
    uuid:
      description: ID of the token, or of the offer.
      returned: always
      type: str
    organization:
      description: Organization that owns the application.
      returned: always
      type: str
    application:
      description: Name of the application.
      returned: always
      type: str
    rights:
      description: Scopes of the token, sorted.
      returned: always
      type: list
      elements: str
      sample: [org:admin, repo:read]
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.authorization.info import AUTHORIZATION_INFO

OPERATION = AUTHORIZATION_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
