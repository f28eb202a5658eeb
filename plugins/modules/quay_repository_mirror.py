#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_repository_mirror
short_description: Manage mirrors of Quay repositories
version_added: 1.0.0
description:
  - Makes a repository a mirror of a repository in another registry, or updates the mirror.
  - A new mirror puts the repository in the state V(MIRROR), in which only the robot account O(robot_username) can write
    to it, and grants this robot account write access.
  - Quay cannot delete the configuration of a mirror. To stop mirroring, specify O(is_enabled=false); to push to the
    repository again, set the option O(dockhand.quay.quay_repository#module:repo_state) to V(NORMAL).
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.mirror
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
attributes:
  idempotent:
    support: partial
    details: Each run reports a change if O(update_password=always) is used with O(external_registry_password), or if
      O(force_sync) is used with O(cancel_sync).
options:
  name:
    description:
      - Repository as V(namespace/repository). It must exist.
      - Without a namespace, a repository of the task's own account. Looking up the account takes one more request.
    type: str
    required: true
  external_reference:
    description:
      - Repository that is mirrored, as V(host/path) without V(https://).
      - Required when the mirror is created.
    type: str
  image_tags:
    description:
      - Names of the tags that are mirrored, or patterns with V(*), V(?) and V([]). The list replaces the existing one.
      - Required when the mirror is created.
    type: list
    elements: str
  robot_username:
    description:
      - Robot account of the same namespace that writes the images, as V(namespace+shortname).
      - Required when the mirror is created.
    type: str
  is_enabled:
    description: Whether Quay synchronizes on schedule. If not specified, a new mirror has V(false).
    type: bool
  sync_interval:
    description:
      - Time between two synchronizations, as a whole number with V(s), V(m), V(h), V(d) or V(w), such as V(12h), or
        with a word, such as V(12 hours). A number without a unit is in seconds.
      - If not specified, a new mirror has V(1d).
    type: str
  skopeo_timeout:
    description:
      - How long a synchronization may take, from V(5m) to V(12h), in the same form as O(sync_interval).
      - If not specified, a new mirror has V(5m). Requires Quay 3.15 or later.
    type: str
    aliases: [skopeo_timeout_interval]
  unsigned_images:
    description: Whether images without a signature are mirrored. If not specified, a new mirror has V(false).
    type: bool
  architecture_filter:
    description:
      - Architectures to mirror if an image exists for several. An empty list mirrors all of them.
      - Requires Quay 3.17 or later with C(FEATURE_SPARSE_INDEX).
    type: list
    elements: str
    choices: [amd64, arm64, ppc64le, s390x]
notes:
  - Requires a server with C(FEATURE_REPO_MIRROR), and a token with the scope C(repo:admin), of an administrator of the
    repository or, with C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - While a synchronization is running, the task changes no options and returns a warning, because a change would keep
    Quay from recording the end of the synchronization. Run the task again later, or specify O(cancel_sync=true).
  - An attempt to create a mirror with a robot account that does not exist damages the repository, so that Quay ignores
    all later changes of O(image_tags). This module prevents such attempts. If somebody made one without this module,
    the task fails. To fix this, delete and re-create the repository.
seealso:
  - module: dockhand.quay.quay_repository
  - module: dockhand.quay.quay_organization_mirror
"""

EXAMPLES = r"""
- name: Mirror the releases of a public image every night
  dockhand.quay.quay_repository_mirror:
    name: payments/base
    external_reference: quay.io/projectquay/quay
    image_tags: ["v3.*", latest]
    robot_username: payments+mirror
    sync_interval: 1d
    sync_start_date: "2030-01-31T02:00:00Z"
    is_enabled: true

- name: Update the password that Quay uses at the other registry
  dockhand.quay.quay_repository_mirror:
    name: payments/base
    external_registry_username: reader
    external_registry_password: "{{ vault_reader_password }}"
    update_password: always
  no_log: true

- name: Synchronize now
  dockhand.quay.quay_repository_mirror:
    name: payments/base
    force_sync: true

- name: Stop mirroring
  dockhand.quay.quay_repository_mirror:
    name: payments/base
    is_enabled: false
    cancel_sync: true
"""

RETURN = r"""
repository_mirror:
  description: The mirror after the task.
  returned: success
  type: dict
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
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.mirror.repository import REPOSITORY_MIRROR

OPERATION = manage(REPOSITORY_MIRROR, state="present")


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
