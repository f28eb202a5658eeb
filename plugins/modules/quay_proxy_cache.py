#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_proxy_cache
short_description: Manage the proxy cache of a Quay organization
version_added: 1.0.0
description:
  - Configures an organization as a pull-through cache for another registry, or removes that configuration.
  - Quay cannot update a cache. If something differs, the cache is deleted and re-created; if Quay rejects the new one,
    the old one is restored. Images that are already cached are kept in both cases.
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
    details: With O(update_password=always) and O(password), each run re-creates the cache and reports a change.
options:
  organization:
    description: Organization to use as the cache. It must exist for O(state=present).
    type: str
    required: true
  registry:
    description:
      - Registry whose images are cached, as V(host) or V(host:port) without V(https://), or as V(host/namespace) to
        cache only that namespace.
      - A cache for another registry is a new one, so options that are not specified are not kept from the old one.
      - If not specified, V(quay.io) is used, also for an existing cache.
    type: str
    default: quay.io
  username:
    description:
      - Account at O(registry). Quay uses it only together with O(password).
      - If not specified or empty, Quay pulls anonymously.
      - Quay shows neither user name nor password. Specify them in each task for the cache, because a re-created cache
        has only what the task specifies. If a cache is re-created and O(username) is not specified, the task warns. An
        empty string stands for no account, and no warning.
    type: str
  password:
    description: Password of O(username), or a token.
    type: str
  update_password:
    description:
      - V(on_create) uses O(username) and O(password) only if the task creates the cache, or re-creates it because
        something else differs.
      - If O(password) is specified, V(always) re-creates the cache at each run and always reports a change, because
        Quay does not show passwords.
    type: str
    choices: [on_create, always]
    default: on_create
  expiration:
    description:
      - How long a cached tag is kept, as a whole number with V(s), V(m), V(h), V(d) or V(w), such as V(12h), or with a
        word, such as V(12 hours). A number without a unit is in seconds. V(0) keeps it indefinitely.
      - If not specified, a new cache has V(1d).
    type: str
  insecure:
    description:
      - Whether Quay connects to O(registry) with plain HTTP.
      - If not specified, a new cache has V(false).
    type: bool
  validate:
    description:
      - Whether Quay signs in to O(registry) before the cache is created. If the sign-in fails, the cache is rejected.
      - Ignored in check mode.
    type: bool
    default: false
notes:
  - Requires Quay 3.7 or later with C(FEATURE_PROXY_CACHE), and a token with the scope C(org:admin), of an administrator
    of the organization or, with C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Quay accepts only hosts that it can resolve and that are not in its own network, unless its configuration allows
    that (C(SSRF_ALLOWED_HOSTS)). It rejects a cache in an organization that is a mirror or has immutable tags.
  - A restored cache has O(username) and O(password) of the task if O(registry) is the same, and no credentials
    otherwise.
seealso:
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Cache images of Docker Hub for two days
  dockhand.quay.quay_proxy_cache:
    organization: payments
    registry: docker.io
    username: "{{ vault_docker_username }}"
    password: "{{ vault_docker_password }}"
    expiration: 2d
  no_log: true

- name: Change the password at Docker Hub
  dockhand.quay.quay_proxy_cache:
    organization: payments
    registry: docker.io
    username: "{{ vault_docker_username }}"
    password: "{{ vault_docker_password }}"
    update_password: always
    validate: true
  no_log: true

- name: Cache only the official images, anonymously
  dockhand.quay.quay_proxy_cache:
    organization: payments
    registry: docker.io/library
    username: ""

- name: Remove the proxy cache of payments
  dockhand.quay.quay_proxy_cache:
    organization: payments
    state: absent
"""

RETURN = r"""
proxy_cache:
  description: The proxy cache after the task.
  returned: with O(state=present)
  type: dict
  contains:
    organization:
      description: Organization that is the cache.
      returned: always
      type: str
    registry:
      description: Registry whose images are cached.
      returned: always
      type: str
    username:
      description: Account at the registry, as specified in the task. Quay does not return it.
      returned: when O(username) is specified
      type: str
    expiration:
      description: How long a cached tag is kept, in the largest possible unit, such as V(1d) instead of V(24h).
      returned: always
      type: str
    insecure:
      description: Whether Quay connects to the registry with plain HTTP.
      returned: always
      type: bool
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.proxy_cache.resource import OPTIONS, PROXY_CACHE

OPERATION = manage(PROXY_CACHE, OPTIONS)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
