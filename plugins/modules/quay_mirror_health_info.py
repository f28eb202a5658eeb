#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_mirror_health_info
short_description: Show the health of Quay's repository mirrors
version_added: 1.0.0
description:
  - Shows how the enabled mirrors of a namespace, or of the whole registry, are doing.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  namespace:
    description:
      - Organization, or the account that owns the personal namespace.
      - If not specified, the whole registry.
    type: str
notes:
  - Requires Quay 3.18 or later with C(FEATURE_REPO_MIRROR), and a token of a member of the organization with the scope
    C(org:admin) or C(repo:create), or a token of the account that owns the personal namespace. For the whole registry,
    a token of a superuser with the scope C(super:user) is required, and C(FEATURE_SUPERUSERS_FULL_ACCESS).
  - Takes three requests, and one more for each 1000 mirrors.
seealso:
  - module: dockhand.quay.quay_repository_mirror_info
"""

EXAMPLES = r"""
- name: Fail if the mirrors of payments are not healthy
  dockhand.quay.quay_mirror_health_info:
    namespace: payments
  register: report
  failed_when: report is failed or not report.health.healthy

- name: Show the mirrors that have never run
  ansible.builtin.debug:
    msg: "{{ report.mirrors | selectattr('sync_status', 'eq', 'NEVER_RUN') | map(attribute='repository') }}"
"""

RETURN = r"""
health:
  description: Quay's summary.
  returned: always
  type: dict
  contains:
    healthy:
      description: V(false) if more than a fifth of the mirrors that ever ran fail, or if workers are missing.
      returned: always
      type: bool
    workers:
      description: Number of C(active) and C(configured) workers, and their C(status).
      returned: always
      type: dict
    repositories:
      description: Number of mirrors, in C(total), C(syncing), C(completed), C(failed) and C(never_run).
      returned: always
      type: dict
    tags_pending:
      description: Number of tags that wait for a synchronization.
      returned: always
      type: int
    issues:
      description: What is wrong, each with C(severity) and C(message).
      returned: always
      type: list
      elements: dict
mirrors:
  description: All enabled mirrors, sorted by namespace and name.
  returned: always
  type: list
  elements: dict
  contains:
    namespace:
      description: Namespace of the repository.
      returned: always
      type: str
    repository:
      description: Name of the repository in its namespace.
      returned: always
      type: str
    sync_status:
      description: State of its synchronization.
      returned: always
      type: str
    is_enabled:
      description: Always V(true).
      returned: always
      type: bool
    last_sync:
      description: Time of the last synchronization, if Quay's metrics have it.
      returned: always
      type: str
    retries_remaining:
      description: How often Quay still tries the present synchronization.
      returned: always
      type: int
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.mirror.info import HEALTH_INFO

OPERATION = HEALTH_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
