#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_robot
short_description: Manage robot accounts of Quay
version_added: 1.0.0
description:
  - Creates, updates or deletes a robot account, returns or regenerates its token, and manages the identities that may
    sign in as it without a password.
  - Grant rights to a robot with M(dockhand.quay.quay_repository), M(dockhand.quay.quay_team) and
    M(dockhand.quay.quay_default_perm).
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
attributes:
  idempotent:
    support: partial
    details: With O(regenerate=true), each run creates a new token and reports a change.
options:
  name:
    description:
      - Robot as V(namespace+name). The namespace is an organization, or the account of the task.
      - A name without a namespace is a robot of that account. Robots of other user accounts cannot be managed.
      - In a new name, the part after the V(+) has 2 to 255 lower-case letters and digits, with single V(.), V(_) or
        V(-) between them.
    type: str
    required: true
  description:
    description:
      - Text of at most 255 characters.
      - Quay sets it on creation only. If an existing robot has another description, the task warns and leaves it
        unchanged, unless O(recreate=true).
    type: str
  unstructured_metadata:
    description:
      - Any data to store with the robot.
      - Quay sets it on creation only. If an existing robot has other data, the task warns and leaves it unchanged,
        unless O(recreate=true).
    type: dict
  federations:
    description:
      - Identities of other services that can sign in as the robot without its token, such as jobs of a CI service or
        Kubernetes service accounts.
      - If not specified, they are left unchanged, whatever O(append) is. Requires Quay 3.13 or later.
    type: list
    elements: dict
    suboptions:
      issuer:
        description: URL of the service that issues the tokens (OpenID Connect).
        type: str
        required: true
      subject:
        description: Subject that the tokens of the issuer must have.
        type: str
        required: true
  append:
    description:
      - V(true) adds O(federations) to the existing ones.
      - V(false) removes all others, so an empty list removes all.
    type: bool
    default: true
  regenerate:
    description:
      - V(true) creates a new token at each run. The old token becomes invalid immediately.
      - A robot that the task creates has a new token in any case.
    type: bool
  recreate:
    description:
      - V(true) deletes and re-creates the robot if O(description) or O(unstructured_metadata) differs.
      - This also deletes its token, its memberships in teams, its permissions on repositories, its default permissions,
        and, if O(federations) is not specified, its federations.
    type: bool
    default: false
notes:
  - Requires a token with the scope C(org:admin), of an administrator of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser. For a robot of the account itself, the scope C(user:admin) is
    required.
  - A robot that a repository mirror uses cannot be deleted; the task fails.
  - To rotate a token only at certain times, make O(regenerate) depend on a condition.
seealso:
  - module: dockhand.quay.quay_repository
  - module: dockhand.quay.quay_team
"""

EXAMPLES = r"""
- name: Create a robot that deploys payments
  dockhand.quay.quay_robot:
    name: payments+deployer
    description: Pushes the images of payments
    unstructured_metadata:
      owner: platform
  register: deployer
  no_log: true

- name: Write the registry credentials of the cluster
  ansible.builtin.copy:
    content: "{{ deployer.name }}:{{ deployer.token }}"
    dest: /etc/deploy/registry-credentials
    mode: "0600"
  no_log: true

- name: Let only these two jobs push without a password
  dockhand.quay.quay_robot:
    name: payments+deployer
    federations:
      - issuer: https://gitlab.example.com
        subject: project_path:payments/api:ref_type:branch:ref:main
      - issuer: https://gitlab.example.com
        subject: project_path:payments/web:ref_type:branch:ref:main
    append: false
  no_log: true

- name: Regenerate the token after an incident
  dockhand.quay.quay_robot:
    name: payments+deployer
    regenerate: true
  register: deployer
  no_log: true

- name: Change the description by re-creating the robot
  dockhand.quay.quay_robot:
    name: payments+deployer
    description: Pushes and promotes the images of payments
    recreate: true
  register: deployer
  no_log: true

- name: Create a robot of my own for my laptop
  dockhand.quay.quay_robot:
    name: laptop
  register: laptop
  no_log: true

- name: Delete a robot that is no longer needed
  dockhand.quay.quay_robot:
    name: payments+migration
    state: absent
"""

RETURN = r"""
robot:
  description: The robot after the task.
  returned: with O(state=present)
  type: dict
  contains:
    name:
      description: Full name, V(namespace+name).
      returned: always
      type: str
    description:
      description: Description.
      returned: always
      type: str
    unstructured_metadata:
      description: Data that is stored with the robot.
      returned: always
      type: dict
    federations:
      description: All identities that can sign in as the robot, sorted.
      returned: when O(federations) is specified
      type: list
      elements: dict
      contains:
        issuer:
          description: URL of the service that issues the tokens.
          returned: always
          type: str
        subject:
          description: Subject that the tokens of the issuer must have.
          returned: always
          type: str
name:
  description: Full name, V(namespace+name), which is the user name for container tools.
  returned: with O(state=present)
  type: str
token:
  description: Token of the robot, which is the password for container tools; use C(no_log).
  returned: with O(state=present), if it can be read; in check mode, null for a token that a real run would create
  type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.robot.resource import ROBOT, finish

OPERATION = manage(ROBOT, options={"recreate": {"type": "bool", "default": False}}, after=finish)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
