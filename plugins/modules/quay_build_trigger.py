#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_build_trigger
short_description: Manage build triggers of a Quay repository
version_added: 0.9.0
description:
  - Activates, enables, disables or deletes a build trigger.
  - A trigger itself is made in Quay's own pages only (repository, Builds, Create Build Trigger), since that takes
    a sign-in at GitHub, GitLab or Bitbucket. Until it is activated, it does nothing.
  - M(dockhand.quay.quay_build) starts builds by a trigger.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.build
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  trigger:
    description:
      - The trigger, by its id or by its build source.
      - The build source is known from the activation on, and must be that of one trigger only.
    type: str
    required: true
  enabled:
    description: Whether the trigger starts builds. A trigger that is activated is enabled if this is not given.
    type: bool
  config:
    description:
      - Settings to activate the trigger with; needed for one that isn't active yet.
      - V(build_source), V(dockerfile_path) and V(context) for all types, and for some V(branchtag_regex),
        V(default_tag_from_ref), V(latest_for_default_branch) and V(tag_templates).
      - Quay cannot change it afterwards; a difference is told by a warning. Only the keys given here are compared.
    type: dict
  pull_robot:
    description:
      - Robot account of the namespace of the repository, as V(namespace+name), that pulls private base images.
      - Given to the trigger when it is activated; Quay cannot change it afterwards, which is told by a warning.
    type: str
  state:
    description:
      - V(present) activates the trigger where it is not active, and enables or disables it.
      - V(absent) deletes it, also one that isn't active. Its builds stay.
    type: str
    choices: [present, absent]
    default: present
notes:
  - Needs a token with scope C(repo:admin), of an administrator of the repository.
  - Only the account that made the trigger activates it, with scope C(user:admin), or a superuser where
    C(FEATURE_SUPERUSERS_FULL_ACCESS) is on. A O(pull_robot) takes administration of its namespace, scope C(org:admin).
  - Quay changes no trigger of a read-only or mirrored repository.
seealso:
  - module: dockhand.quay.quay_build_trigger_info
  - module: dockhand.quay.quay_build
"""

EXAMPLES = r"""
- name: Which triggers wait for their activation?
  dockhand.quay.quay_build_trigger_info:
    repository: payments/worker
  register: found

- name: They are activated
  dockhand.quay.quay_build_trigger:
    repository: payments/worker
    trigger: "{{ item.id }}"
    config:
      build_source: https://git.example.com/payments/worker.git
      dockerfile_path: /Dockerfile
      context: /
    pull_robot: payments+deployer
  loop: "{{ found.triggers }}"
  loop_control:
    label: "{{ item.id }}"
  no_log: true

- name: No builds during the migration
  dockhand.quay.quay_build_trigger:
    repository: payments/api
    trigger: https://git.example.com/payments/api.git
    enabled: false

- name: The project has moved
  dockhand.quay.quay_build_trigger:
    repository: payments/api
    trigger: https://git.example.com/payments/api.git
    state: absent
"""

RETURN = r"""
build_trigger:
  description: The trigger after the task.
  returned: with O(state=present)
  type: dict
  contains:
    repository:
      description: Repository of the trigger, with its namespace.
      returned: always
      type: str
    trigger:
      description: The trigger as O(trigger) names it.
      returned: always
      type: str
    enabled:
      description: Whether the trigger starts builds.
      returned: always
      type: bool
    config:
      description:
        - Settings of the trigger, without what opens something.
        - What O(config) gives, where the trigger has all of it.
      returned: always
      type: dict
    pull_robot:
      description: Robot account that pulls private base images; empty without one.
      returned: always
      type: str
id:
  description: Id of the trigger.
  returned: with O(state=present)
  type: str
service:
  description: Type of the trigger, V(github), V(gitlab), V(bitbucket) or V(custom-git) for plain Git.
  returned: with O(state=present)
  type: str
build_source:
  description: The Git repository.
  returned: with O(state=present)
  type: str
credentials:
  description:
    - What Quay has generated for the Git server, namely the public key that it clones with and the address that a push
      must call. The address holds a secret. Null before the activation, in check mode too.
  returned: with O(state=present)
  type: list
  elements: dict
  contains:
    name:
      description: C(SSH Public Key) or C(Webhook Endpoint URL).
      returned: always
      type: str
    value:
      description: The key or the address.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build.trigger import BUILD_TRIGGER

OPERATION = manage(BUILD_TRIGGER)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
