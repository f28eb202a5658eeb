#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_organization_mirror
short_description: Manage mirrors of Quay organizations
version_added: 1.0.0
description:
  - Makes an organization a mirror of a namespace in another registry, updates the mirror or deletes it.
  - Quay creates a repository in the organization for each repository of the namespace. Nobody else can create
    repositories there. If the mirror is deleted, the repositories stay and can be pushed to.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.mirror
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
attributes:
  idempotent:
    support: partial
    details: With O(update_password=always) and O(external_registry_password), and with both O(force_sync) and
      O(cancel_sync), each run reports a change.
options:
  organization:
    description: Organization that mirrors. A new mirror requires that it has no repositories.
    type: str
    required: true
  external_registry_type:
    description:
      - Type of the other registry. Quay cannot change it later; a different value is ignored with a warning.
      - Required when the mirror is created.
    type: str
    choices: [quay, harbor]
  external_registry_url:
    description:
      - URL of the other registry, with V(https://) or V(http://).
      - Required when the mirror is created.
    type: str
  external_namespace:
    description:
      - Organization or project in the other registry; at most 255 characters.
      - Required when the mirror is created.
    type: str
  robot_username:
    description:
      - Robot account of the organization that creates the repositories and writes the images, as
        V(organization+shortname).
      - Required when the mirror is created.
    type: str
  repository_filters:
    description:
      - Names of the repositories that are mirrored, or patterns with V(*), V(?) and V([]). The list replaces the
        present one; an empty list mirrors all repositories.
      - If not specified, a new mirror mirrors all repositories.
    type: list
    elements: str
  visibility:
    description: Visibility of the repositories that Quay creates. If not specified, a new mirror has V(public).
    type: str
    choices: [public, private]
  is_enabled:
    description: Whether Quay synchronizes on schedule. If not specified, a new mirror has V(true).
    type: bool
  sync_interval:
    description:
      - Time between two synchronizations, as a whole number with V(s), V(m), V(h), V(d) or V(w), such as V(12h), or
        with a word, such as V(12 hours). A number without a unit is in seconds. The minimum is V(1m).
      - If not specified, a new mirror has V(1d).
    type: str
  skopeo_timeout:
    description:
      - How long the synchronization of a repository may take, from V(30s) to V(1h), in the same form as
        O(sync_interval).
      - If not specified, a new mirror has V(5m).
    type: str
    aliases: [skopeo_timeout_interval]
  verify:
    description:
      - Whether Quay connects to the other registry after the task has changed what differs. If it cannot, the task
        fails with Quay's reason.
      - Ignored in check mode and with O(state=absent).
    type: bool
    default: false
notes:
  - Requires Quay 3.17 or later with C(FEATURE_ORG_MIRROR), and a token with the scope C(org:admin), of an
    administrator of the organization or, with C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Quay rejects a mirror in an organization that has repositories, immutability policies or a proxy cache.
seealso:
  - module: dockhand.quay.quay_organization
  - module: dockhand.quay.quay_repository_mirror
"""

EXAMPLES = r"""
- name: Mirror all repositories of an organization at quay.io
  dockhand.quay.quay_organization_mirror:
    organization: upstream
    external_registry_type: quay
    external_registry_url: https://quay.io
    external_namespace: projectquay
    robot_username: upstream+mirror
    repository_filters: ["quay*", "clair*"]
    visibility: private
    sync_interval: 12h
    sync_start_date: "2030-01-31T02:00:00Z"

- name: Update the password that Quay uses at the other registry, and try it
  dockhand.quay.quay_organization_mirror:
    organization: upstream
    external_registry_username: reader
    external_registry_password: "{{ vault_reader_password }}"
    update_password: always
    verify: true
  no_log: true

- name: Synchronize now
  dockhand.quay.quay_organization_mirror:
    organization: upstream
    force_sync: true

- name: Delete the mirror, but not its repositories
  dockhand.quay.quay_organization_mirror:
    organization: upstream
    state: absent
"""

RETURN = r"""
organization_mirror:
  description: The mirror after the task.
  returned: with O(state=present)
  type: dict
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
      returned: if Quay has one, and the task did not start a synchronization
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
verified:
  description: What Quay reports of its connection to the other registry. Null in check mode.
  returned: with O(verify=true) and O(state=present)
  type: str
  sample: Connection successful
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.mirror.organization import (
    OPTIONS,
    ORGANIZATION_MIRROR,
    finish,
)

OPERATION = manage(ORGANIZATION_MIRROR, OPTIONS, after=finish)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
