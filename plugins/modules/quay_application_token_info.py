#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_application_token_info
short_description: List OAuth tokens of a Quay application
version_added: 1.0.0
description:
  - Lists the OAuth access tokens of an application that have not expired, of all users, without the tokens themselves.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.application
  - dockhand.quay.application.owner
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.name_search
  - dockhand.quay.server
notes:
  - Requires a release after Quay 3.18, and a token with the scope C(org:admin), of an administrator of the organization
    or, with C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - The list is read in pages of 50.
seealso:
  - module: dockhand.quay.quay_application_token
"""

EXAMPLES = r"""
- name: Create the application of the pipelines
  dockhand.quay.quay_application:
    organization: payments
    name: pipelines
  register: pipelines
  no_log: true

- name: List its tokens
  dockhand.quay.quay_application_token_info:
    organization: payments
    client_id: "{{ pipelines.client_id }}"
  register: tokens

- name: Show who has never used one
  ansible.builtin.debug:
    msg: "{{ tokens.application_tokens | rejectattr('last_accessed') | map(attribute='created_by') | unique }}"
"""

RETURN = r"""
application_tokens:
  description: The tokens, sorted by name.
  returned: always
  type: list
  elements: dict
  contains:
    uuid:
      description: ID of the token.
      returned: always
      type: str
    name:
      description: Name of the token; empty if it was created on the web page.
      returned: always
      type: str
    rights:
      description: Scopes of the token, sorted.
      returned: always
      type: list
      elements: str
    created_by:
      description: User that the token acts for.
      returned: always
      type: str
    created:
      description: Time of creation, as Quay writes it.
      returned: always
      type: str
    expires_at:
      description: Time at which the token expires, as Quay writes it.
      returned: always
      type: str
    last_accessed:
      description: Time of the last use, as Quay writes it. Null if the token was not used.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.application_token.info import (
    APPLICATION_TOKEN_INFO,
)

OPERATION = APPLICATION_TOKEN_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
