#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_api_token
short_description: Create OAuth access tokens for the API of Quay
version_added: 1.0.0
description:
  - Creates an OAuth access token of an application for the account that signs in, or offers one to another user.
  - Does what the web page of an application does. It works with every release, but only with a password or a session.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.application
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials.sign_in
  - dockhand.quay.server
attributes:
  idempotent:
    support: none
    details: Each run creates another token. Earlier tokens stay valid.
options:
  for_user:
    description:
      - User to offer a token to. The user accepts the offer on the web page of Quay, and gets the token there.
      - Requires Quay 3.12 or later with C(FEATURE_ASSIGN_OAUTH_TOKEN), which is on by default.
    type: str
  rights:
    description: Scopes of the token. V(all) means all of them.
    type: list
    elements: str
    choices:
      - org:admin
      - repo:admin
      - repo:create
      - repo:read
      - repo:write
      - super:user
      - user:admin
      - user:read
      - all
    default: [repo:read]
  quay_username:
    description:
      - Account to sign in with, which becomes the owner of the token.
      - If not specified, the environment variable E(QUAY_USERNAME) is used.
    type: str
  quay_session:
    description:
      - Session that M(dockhand.quay.quay_login) returned. It takes precedence over a password.
      - If the task specifies no credentials, the environment variable E(QUAY_SESSION) is used.
    type: str
notes:
  - Requires a password or a session. Does not accept tokens of any scope, because Quay lets no token create another one
    here. If C(module_defaults) of the group set one, set the defaults of the group again without it in a block around
    this task.
  - The account must be an administrator of the organization of the application; being a superuser is not sufficient.
  - The token is valid for 10 years and never has more rights than the account.
  - Quay 3.18 and earlier cannot list the tokens of an application. Users can list and revoke their own
    with M(dockhand.quay.quay_authorization_info) and M(dockhand.quay.quay_authorization).
seealso:
  - module: dockhand.quay.quay_application
"""

EXAMPLES = r"""
- name: Create the application of the pipelines
  dockhand.quay.quay_application:
    organization: payments
    name: pipelines
  register: pipelines
  no_log: true

- name: Create a token that can push
  dockhand.quay.quay_api_token:
    quay_username: dora
    quay_password: "{{ vault_dora_password }}"
    client_id: "{{ pipelines.client_id }}"
    rights: [repo:read, repo:write]
  register: token
  no_log: true

- name: Create a token of an application that exists
  dockhand.quay.quay_api_token:
    quay_username: dora
    quay_password: "{{ vault_dora_password }}"
    client_id: 3WM7TK0F9QPL2XH5ZB8D
    rights: [repo:read]
  register: reader
  no_log: true

- name: Offer a token to alice
  dockhand.quay.quay_api_token:
    quay_username: dora
    quay_password: "{{ vault_dora_password }}"
    client_id: "{{ pipelines.client_id }}"
    for_user: alice
"""

RETURN = r"""
access_token:
  description: The new token; set C(no_log). Null in check mode.
  returned: without O(for_user)
  type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.api_token.module import API_TOKEN

OPERATION = API_TOKEN


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
