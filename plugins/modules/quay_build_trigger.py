#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_build_trigger
short_description: Manage build triggers of a Quay repository
version_added: 1.0.0
description:
  - Activates, enables, disables or deletes a build trigger.
  - Triggers can only be created on Quay's own pages (repository, Builds, Create Build Trigger), because that requires a
    sign-in at GitHub, GitLab or Bitbucket. A trigger does nothing until it is activated.
  - Use M(dockhand.quay.quay_build) to start builds with a trigger.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.repository
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  trigger:
    description:
      - Trigger, by its ID or by its build source.
      - The build source is known after the activation, and must be unique among the triggers of the repository.
    type: str
    required: true
  enabled:
    description: Whether the trigger starts builds. If not specified, a trigger is enabled when it is activated.
    type: bool
  config:
    description:
      - Settings for the activation; required for a trigger that is not active yet.
      - All types use V(build_source), V(dockerfile_path) and V(context), some also V(branchtag_regex),
        V(default_tag_from_ref), V(latest_for_default_branch) and V(tag_templates).
      - Quay cannot change it afterwards; a difference is reported as a warning. Only the keys specified here are
        compared.
    type: dict
  pull_robot:
    description:
      - Robot account as V(namespace+name) that pulls private base images. It must belong to the namespace of the
        repository.
      - Set when the trigger is activated. Quay cannot change it afterwards; a difference is reported as a warning.
    type: str
  state:
    description:
      - V(present) activates the trigger if it is not active, and enables or disables it.
      - V(absent) deletes the trigger, active or not. Its builds are kept.
    type: str
    choices: [present, absent]
    default: present
notes:
  - Requires a token with the scope C(repo:admin), of an administrator of the repository.
  - A trigger can be activated only by the account that created it, with the scope C(user:admin), or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), by a superuser. O(pull_robot) requires an administrator of its namespace, with
    the scope C(org:admin).
  - Quay rejects changes to triggers of a read-only or mirrored repository.
seealso:
  - module: dockhand.quay.quay_build_trigger_info
  - module: dockhand.quay.quay_build
"""

EXAMPLES = r"""
- name: List the triggers of a repository
  dockhand.quay.quay_build_trigger_info:
    repository: payments/worker
  register: found

- name: Activate them
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

- name: Disable a trigger during the migration
  dockhand.quay.quay_build_trigger:
    repository: payments/api
    trigger: https://git.example.com/payments/api.git
    enabled: false

- name: Delete the trigger of a project that has moved
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
      description: The trigger as specified in O(trigger).
      returned: always
      type: str
    enabled:
      description: Whether the trigger starts builds.
      returned: always
      type: bool
    config:
      description:
        - Settings of the trigger, without secrets.
        - The value of O(config) if the trigger has all of it.
      returned: always
      type: dict
    pull_robot:
      description: Robot account that pulls private base images; empty if there is none.
      returned: always
      type: str
id:
  description: ID of the trigger.
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
    - Values that Quay has generated for the Git server, namely the public key for cloning and the URL that a push must
      call. The URL contains a secret; use C(no_log). Null before the activation, also in check mode.
  returned: with O(state=present)
  type: list
  elements: dict
  contains:
    name:
      description: C(SSH Public Key) or C(Webhook Endpoint URL).
      returned: always
      type: str
    value:
      description: The key or the URL.
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
