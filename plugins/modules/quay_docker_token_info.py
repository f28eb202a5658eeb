#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_docker_token_info
short_description: List application-specific tokens of Quay users
version_added: 1.0.0
description:
  - Lists the application-specific tokens of the connected user, or of all users, without their codes.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  name:
    description: Python regular expression to search for anywhere in the titles. It is case-sensitive.
    type: str
  all_users:
    description: Whether to list the tokens of all users. Quay does not return which user a token belongs to.
    type: bool
    default: false
  expiring:
    description: Whether to list only tokens that expire soon. This means within a tenth of the lifetime of new tokens,
      which is C(APP_SPECIFIC_TOKEN_EXPIRATION) in the configuration of the server, or of 4 weeks if that is not set.
    type: bool
    default: false
notes:
  - Requires a token with the scope C(user:admin), or a password. C(FEATURE_APP_SPECIFIC_TOKENS) must be on, which is
    the default.
  - O(all_users=true) requires Quay 3.16 or later, and a token with the scope C(super:user) of a superuser with
    read-only access or, with C(FEATURE_SUPERUSERS_FULL_ACCESS), of any superuser.
  - Takes one request. To get the code of a token of your own, use M(dockhand.quay.quay_docker_token).
  - Nobody can revoke the tokens of another user. To lock that user out, disable the user with
    M(dockhand.quay.quay_user).
seealso:
  - module: dockhand.quay.quay_docker_token
"""

EXAMPLES = r"""
- name: List the tokens of the connected user
  dockhand.quay.quay_docker_token_info:
  register: own

- name: List all tokens in the registry that expire soon
  dockhand.quay.quay_docker_token_info:
    all_users: true
    expiring: true
  register: expiring
"""

RETURN = r"""
docker_tokens:
  description: The tokens, sorted by title. Expired ones are included until Quay deletes them.
  returned: always
  type: list
  elements: dict
  contains:
    uuid:
      description: ID of the token in Quay.
      returned: always
      type: str
    name:
      description: Title of the token.
      returned: always
      type: str
    created:
      description: Time of creation, in ISO 8601.
      returned: always
      type: str
      sample: "2026-09-01T10:00:00Z"
    expiration:
      description: Time at which the token expires, in ISO 8601; null if it does not expire.
      returned: always
      type: str
      sample: "2027-09-01T10:00:00Z"
    last_accessed:
      description: Time of its last use, in ISO 8601; null if it was not used.
      returned: always
      type: str
      sample: "2026-11-24T07:18:52Z"
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.docker_token.info import DOCKER_TOKEN_INFO

OPERATION = DOCKER_TOKEN_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
