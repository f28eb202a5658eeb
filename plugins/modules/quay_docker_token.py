#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_docker_token
short_description: Manage application-specific tokens of a Quay user
version_added: 1.0.0
description:
  - Creates, reads or revokes a token with which the connected user signs in to the registry, for example with
    C(docker login), instead of with a password.
  - The token always belongs to the account that the task signs in as. Superusers cannot manage the tokens of others.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  name:
    description: Title of the token.
    type: str
    required: true
  state:
    description:
      - V(present) creates a token if there is no valid one with this title. Otherwise the first valid one is returned.
      - V(absent) revokes all tokens with this title.
    type: str
    choices: [present, absent]
    default: present
notes:
  - Requires a token with the scope C(user:admin), or a password. C(FEATURE_APP_SPECIFIC_TOKENS) must be on, which is
    the default.
  - How long tokens are valid is decided by C(APP_SPECIFIC_TOKEN_EXPIRATION) in the configuration of the server.
seealso:
  - module: dockhand.quay.quay_docker_token_info
  - module: dockhand.quay.quay_robot
"""

EXAMPLES = r"""
- name: Create a token for the workstation
  dockhand.quay.quay_docker_token:
    name: workstation
  register: workstation
  no_log: true

- name: Sign in with it
  ansible.builtin.copy:
    content: "{{ workstation.dockerconfigjson_b64 | b64decode }}"
    dest: ~/.docker/config.json
    mode: "0600"
  when: not ansible_check_mode
  no_log: true

- name: Revoke all tokens of the old workstation
  dockhand.quay.quay_docker_token:
    name: old workstation
    state: absent
"""

RETURN = r"""
docker_token:
  description: What identifies the token.
  returned: with O(state=present)
  type: dict
  contains:
    name:
      description: Title of the token.
      returned: always
      type: str
name:
  description: Title of the token.
  returned: with O(state=present)
  type: str
  sample: workstation
uuid:
  description: ID of the token in Quay. Null in check mode if the token would be created.
  returned: with O(state=present)
  type: str
  sample: 8f9fc7b2-9e52-4bb2-a5ad-58fcd6b5c2d3
username:
  description: User name that goes with RV(token_code).
  returned: with O(state=present)
  type: str
  sample: $app
token_code:
  description: Password to sign in with; set C(no_log). Null in check mode if the token would be created.
  returned: with O(state=present)
  type: str
auth_b64:
  description: RV(username) and RV(token_code) with a colon between them, in base64; set C(no_log).
  returned: with O(state=present)
  type: str
dockerconfigjson_b64:
  description: A C(config.json) for docker and Kubernetes with this sign-in for the host and port of O(quay_host), in
    base64; set C(no_log).
  returned: with O(state=present)
  type: str
created:
  description: Time of creation, as Quay writes it.
  returned: with O(state=present)
  type: str
  sample: Sat, 28 Nov 2026 09:30:00 -0000
expiration:
  description: Time at which the token expires, as Quay writes it. Null if it does not expire.
  returned: with O(state=present)
  type: str
  sample: Sun, 28 Nov 2027 09:30:00 -0000
last_accessed:
  description: Time of the last use, as Quay writes it. Null if the token was not used.
  returned: with O(state=present)
  type: str
  sample: Sat, 28 Nov 2026 10:00:00 -0000
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.docker_token.resource import DOCKER_TOKEN, finish

OPERATION = manage(DOCKER_TOKEN, after=finish)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
