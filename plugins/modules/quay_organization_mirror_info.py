#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_organization_mirror_info
short_description: Show the mirror of a Quay organization
version_added: 1.0.0
description:
  - Shows which namespace of another registry an organization mirrors, and the state of its synchronization.
  - The password at the other registry is never shown.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  organization:
    description: Organization that mirrors.
    type: str
    required: true
  repositories:
    description:
      - Whether to list the repositories that Quay has found in the other registry, too.
      - This takes a request for each 500 repositories.
    type: bool
    default: false
notes:
  - Requires Quay 3.17 or later with C(FEATURE_ORG_MIRROR), and a token with the scope C(org:admin), of an administrator
    of the organization or, with C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Takes one request, if O(repositories=false).
seealso:
  - module: dockhand.quay.quay_organization_mirror
"""

EXAMPLES = r"""
- name: List what the mirror has found
  dockhand.quay.quay_organization_mirror_info:
    organization: upstream
    repositories: true
  register: mirror

- name: Show the repositories that could not be synchronized
  ansible.builtin.debug:
    msg: "{{ mirror.mirrors[0].repositories | selectattr('sync_status', 'eq', 'FAIL') }}"
  when: mirror.mirrors
"""

RETURN = r"""
mirrors:
  description: The mirror; empty if the organization has none.
  returned: always
  type: list
  elements: dict
  contains:
    organization:
      description: Organization that mirrors.
      returned: always
      type: str
    external_registry_type:
      description: Type of the other registry.
      returned: always
      type: str
    external_registry_url:
      description: URL of the other registry.
      returned: always
      type: str
    external_namespace:
      description: Organization or project in the other registry.
      returned: always
      type: str
    repository_filters:
      description: Names or patterns of the repositories that are mirrored, sorted; empty if all are.
      returned: always
      type: list
      elements: str
    visibility:
      description: Visibility of the repositories that Quay creates.
      returned: always
      type: str
    skopeo_timeout:
      description: How long the synchronization of a repository may take, such as V(5m).
      returned: always
      type: str
    external_registry_username:
      description: Account at the other registry.
      returned: if there is one
      type: str
    robot_username:
      description: Robot account that writes the images.
      returned: always
      type: str
    is_enabled:
      description: Whether Quay synchronizes on schedule.
      returned: always
      type: bool
    sync_interval:
      description: Time between two synchronizations, in the largest possible unit, such as V(1d) instead of V(24h).
      returned: always
      type: str
    sync_start_date:
      description: Time of the next synchronization.
      returned: if Quay has one
      type: str
      sample: "2030-01-31T06:00:00Z"
    verify_tls:
      description: Whether Quay checks the TLS certificate of the other registry.
      returned: always
      type: bool
    http_proxy:
      description: URL of the proxy for HTTP, without its credentials.
      returned: if there is one
      type: str
    https_proxy:
      description: URL of the proxy for HTTPS, without its credentials.
      returned: if there is one
      type: str
    no_proxy:
      description: Hosts that are reached without a proxy.
      returned: if there are any
      type: str
    sync_status:
      description: V(NEVER_RUN), V(SYNC_NOW), V(SYNCING), V(SUCCESS), V(FAIL) or V(CANCEL).
      returned: always
      type: str
    sync_retries_remaining:
      description: How often Quay still tries the present synchronization.
      returned: always
      type: int
    sync_expiration_date:
      description: Time at which Quay gives up a synchronization that is running. Null if none is.
      returned: always
      type: str
    has_external_registry_password:
      description: Whether Quay has a password for the other registry.
      returned: always
      type: bool
    repo_sync_status_counts:
      description: How many of the repositories are in which state.
      returned: always
      type: dict
      sample: {SUCCESS: 12, FAIL: 1, NEVER_RUN: 0}
    creation_date:
      description: Time at which the mirror was created.
      returned: always
      type: str
    repositories:
      description: The repositories that Quay has found in the other registry, sorted by name.
      returned: with O(repositories=true)
      type: list
      elements: dict
      contains:
        name:
          description: Name of the repository.
          returned: always
          type: str
        sync_status:
          description: State of its synchronization, or V(SKIP) if it is not mirrored.
          returned: always
          type: str
        status_message:
          description: Quay's remark on the state.
          returned: always
          type: str
        discovery_date:
          description: Time at which Quay found it.
          returned: always
          type: str
        last_sync_date:
          description: Time of its last synchronization.
          returned: always
          type: str
        quay_repository:
          description: Repository in this registry. Null before Quay has created it.
          returned: always
          type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.mirror.info import ORGANIZATION_INFO

OPERATION = ORGANIZATION_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
