#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_authorization
short_description: Revoke OAuth tokens of a Quay user
version_added: 1.0.0
description:
  - Revokes OAuth tokens that applications hold for the connected user, or declines tokens that were offered to them.
  - To create or offer a token, use M(dockhand.quay.quay_api_token).
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  uuid:
    description: ID of a single token, as M(dockhand.quay.quay_authorization_info) returns it.
    type: str
  organization:
    description: Revokes all tokens for applications of this organization.
    type: str
  application:
    description: Revokes only the tokens for applications of O(organization) with this name. Requires O(organization).
    type: str
  offered:
    description:
      - Whether to decline tokens that were offered and not accepted yet, instead of revoking tokens.
      - Requires Quay 3.12 or later with C(FEATURE_ASSIGN_OAUTH_TOKEN), which is on by default.
    type: bool
    default: false
  state:
    description: The tokens do not exist after the task.
    type: str
    choices: [absent]
    default: absent
notes:
  - Requires a token with the scope C(user:admin), or a password.
  - Quay does not return which token a request uses. If the token of the task is one of those that are revoked, the
    task can fail before it has revoked the others. Use a password or a session to revoke all of them.
  - Superusers cannot revoke the tokens of other users. To lock a user out, disable the user with
    M(dockhand.quay.quay_user). To revoke all tokens of an application, delete it with
    M(dockhand.quay.quay_application).
seealso:
  - module: dockhand.quay.quay_authorization_info
  - module: dockhand.quay.quay_api_token
"""

EXAMPLES = r"""
- name: Revoke the tokens of the old pipelines
  dockhand.quay.quay_authorization:
    organization: payments
    application: old-pipelines

- name: Refuse everything that payments offers
  dockhand.quay.quay_authorization:
    organization: payments
    offered: true
"""

RETURN = r""" # """

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.authorization.resource import (
    AUTHORIZATION,
    CONSTRAINTS,
    OPTIONS,
)

OPERATION = manage(AUTHORIZATION, OPTIONS, CONSTRAINTS)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
