#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_repository_mirror_info
short_description: Show the mirror of a Quay repository
version_added: 1.0.0
description:
  - Shows which repository of another registry a repository mirrors, and the state of its synchronization.
  - The password at the other registry is never shown.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  name:
    description:
      - Repository as V(namespace/repository).
      - Without a namespace, a repository of the task's own account. Looking up the account takes one more request.
    type: str
    required: true
notes:
  - Requires a server with C(FEATURE_REPO_MIRROR), and a token with the scope C(repo:admin), of an administrator
    of the repository or, with C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Takes one request.
seealso:
  - module: dockhand.quay.quay_repository_mirror
  - module: dockhand.quay.quay_mirror_health_info
"""

EXAMPLES = r"""
- name: Wait until the mirror is up to date
  dockhand.quay.quay_repository_mirror_info:
    name: payments/base
  register: mirror
  until: mirror.mirrors | map(attribute='sync_status') | first == 'SUCCESS'
  retries: 30
  delay: 20
"""

RETURN = r"""
mirrors:
  description: The mirror; empty if the repository has none.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: Repository as V(namespace/repository).
      returned: always
      type: str
    external_reference:
      description: Repository that is mirrored.
      returned: always
      type: str
    image_tags:
      description: Names or patterns of the tags that are mirrored, sorted.
      returned: always
      type: list
      elements: str
    skopeo_timeout:
      description: How long a synchronization may take, such as V(5m).
      returned: if the server has Quay 3.15 or later
      type: str
    unsigned_images:
      description: Whether images without a signature are mirrored.
      returned: always
      type: bool
    architecture_filter:
      description: Architectures that are mirrored, sorted.
      returned: if not all architectures are mirrored
      type: list
      elements: str
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
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.mirror.info import REPOSITORY_INFO

OPERATION = REPOSITORY_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
