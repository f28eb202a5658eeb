#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_robot_info
short_description: List robot accounts of Quay
version_added: 1.0.0
description:
  - Lists the robot accounts of an organization or of a personal namespace, without their tokens.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  organization:
    description: Organization whose robot accounts to list, or the name of an account.
    type: str
    required: true
  name:
    description:
      - Python regular expression to search for anywhere in the full names, such as V(payments+deployer). It is
        case-sensitive.
    type: str
notes:
  - Requires a token with the scope C(org:admin), of a member of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser. Robot accounts of a personal namespace are shown to its own
    account and to such a superuser.
  - Takes one request. To get the token of a robot, use M(dockhand.quay.quay_robot).
seealso:
  - module: dockhand.quay.quay_robot
"""

EXAMPLES = r"""
- name: List the robots of an organization
  dockhand.quay.quay_robot_info:
    organization: payments
  register: robots

- name: List the robots whose short names begin with deploy
  dockhand.quay.quay_robot_info:
    organization: payments
    name: "[+]deploy"
  register: deployers

- name: Show those that were never used
  ansible.builtin.debug:
    msg: "{{ robots.robots | rejectattr('last_accessed') | map(attribute='name') }}"
"""

RETURN = r"""
robots:
  description: The robots, sorted by name.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: Full name of the robot.
      returned: always
      type: str
      sample: payments+deployer
    description:
      description: Description; empty if the robot has none.
      returned: always
      type: str
    created:
      description: Time of its creation, in ISO 8601; null if the server does not return it.
      returned: always
      type: str
      sample: "2026-09-01T10:00:00Z"
    last_accessed:
      description: Time of its last use that the server has recorded, in ISO 8601; null if there is none.
      returned: always
      type: str
      sample: "2026-11-24T07:18:52Z"
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.robot.info import ROBOT_INFO

OPERATION = ROBOT_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
