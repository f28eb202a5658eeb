#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_build_trigger_info
short_description: List build triggers of a Quay repository
version_added: 1.0.0
description:
  - Lists the build triggers of a repository, including those that are not active yet.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.repository
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
notes:
  - Requires a token with the scope C(repo:admin), of an administrator of the repository. A superuser with read-only
    access is also sufficient.
seealso:
  - module: dockhand.quay.quay_build_trigger
"""

EXAMPLES = r"""
- name: List the build triggers of a repository
  dockhand.quay.quay_build_trigger_info:
    repository: payments/api
  register: found

- name: Disable all active triggers
  dockhand.quay.quay_build_trigger:
    repository: payments/api
    trigger: "{{ item }}"
    enabled: false
  loop: "{{ found.triggers | selectattr('active') | map(attribute='id') }}"
  no_log: true
"""

RETURN = r"""
triggers:
  description: The triggers.
  returned: always
  type: list
  elements: dict
  contains:
    repository:
      description: Repository of the trigger, with its namespace.
      returned: always
      type: str
    id:
      description: ID of the trigger.
      returned: always
      type: str
    service:
      description: Type of the trigger, V(github), V(gitlab), V(bitbucket) or V(custom-git) for plain Git.
      returned: always
      type: str
    active:
      description: Whether the trigger is activated.
      returned: always
      type: bool
    enabled:
      description: Whether it starts builds once it is active.
      returned: always
      type: bool
    disabled_reason:
      description: Why it was disabled last, such as V(user_toggled) or V(successive_build_failures); or null.
      returned: always
      type: str
    build_source:
      description: The Git repository; null before the activation, and for accounts that do not administer the
        repository.
      returned: always
      type: str
    repository_url:
      description: URL of the page of the Git repository, if Quay knows it.
      returned: always
      type: str
    config:
      description: Settings of the trigger, without secrets; empty for accounts that do not administer the repository.
      returned: always
      type: dict
    pull_robot:
      description: Robot account that pulls private base images, or null.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build.info import TRIGGER_INFO

OPERATION = TRIGGER_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
