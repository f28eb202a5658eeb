#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_application_token
short_description: Manage named OAuth tokens of a Quay application
version_added: 1.0.0
description:
  - Creates, reads or revokes a named OAuth access token of an application.
  - The token acts for the account that created it.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.application
  - dockhand.quay.application.owner
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  name:
    description: Name of the token, 1 to 255 characters.
    type: str
    required: true
  rights:
    description:
      - Scopes of the token. V(all) means all of them. New tokens have V(repo:read) by default.
      - Quay cannot change the scopes of a token. If they differ, the task warns, unless O(recreate) is set.
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
  expires_in:
    description:
      - Lifetime of a new token, as a whole number with V(s), V(m), V(h), V(d) or V(w), such as V(30d), or with a word,
        such as V(4 weeks). A number without a unit is in seconds.
      - The maximum is 10 years, which is also the default. Ignored if the token exists.
    type: str
  recreate:
    description: Whether to replace a token whose scopes differ. The old token is revoked before the new one is created.
    type: bool
    default: false
  state:
    description:
      - V(present) creates a token unless a token with this name exists that has not expired.
      - V(absent) revokes all tokens of this name.
    type: str
    choices: [present, absent]
    default: present
notes:
  - Requires a release after Quay 3.18, and a token with the scope C(org:admin), of an administrator of the organization
    or, with C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - A task that works with a token can only create tokens with scopes that its own token has.
  - For older releases, use M(dockhand.quay.quay_api_token).
seealso:
  - module: dockhand.quay.quay_application_token_info
  - module: dockhand.quay.quay_application
"""

EXAMPLES = r"""
- name: Create the application of the pipelines
  dockhand.quay.quay_application:
    organization: payments
    name: pipelines
  register: pipelines
  no_log: true

- name: Create a token that can push for a month
  dockhand.quay.quay_application_token:
    organization: payments
    client_id: "{{ pipelines.client_id }}"
    name: nightly
    rights: [repo:read, repo:write]
    expires_in: 30d
  register: nightly
  no_log: true

- name: Create a token of an application that exists
  dockhand.quay.quay_application_token:
    organization: payments
    client_id: 3WM7TK0F9QPL2XH5ZB8D
    name: reader
    rights: [repo:read]
  register: reader
  no_log: true

- name: Revoke the token of the old pipeline
  dockhand.quay.quay_application_token:
    organization: payments
    client_id: "{{ pipelines.client_id }}"
    name: weekly
    state: absent
"""

RETURN = r"""
application_token:
  description: The token after the task.
  returned: with O(state=present)
  type: dict
  contains:
    organization:
      description: Organization that owns the application.
      returned: always
      type: str
    client_id:
      description: Client ID of the application.
      returned: always
      type: str
    name:
      description: Name of the token.
      returned: always
      type: str
    rights:
      description: Scopes of the token, sorted.
      returned: always
      type: list
      elements: str
uuid:
  description: ID of the token. Null in check mode if the token would be created.
  returned: with O(state=present)
  type: str
access_token:
  description: The token, which Quay shows only once; set C(no_log). Null in check mode.
  returned: if the token is created
  type: str
created:
  description: Time of creation, as Quay writes it.
  returned: with O(state=present)
  type: str
  sample: "2026-11-28T09:30:00Z"
expires_at:
  description: Time at which the token expires, as Quay writes it.
  returned: with O(state=present)
  type: str
  sample: "2036-11-28T09:30:00Z"
last_accessed:
  description: Time of the last use, as Quay writes it. Null if the token was not used.
  returned: with O(state=present)
  type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.application_token.resource import (
    APPLICATION_TOKEN,
    OPTIONS,
    finish,
)

OPERATION = manage(APPLICATION_TOKEN, OPTIONS, after=finish)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
