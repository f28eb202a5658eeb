#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_proxy_cache
short_description: Manage the proxy cache of a Quay organization
version_added: 0.9.0
description:
  - Makes an organization a pull-through cache of another registry, or ends that.
  - Quay cannot change a cache. Where something differs, the cache is deleted and another one is made; where Quay
    refuses that one, the old one is restored. Images that are cached already stay in both cases.
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
    description: Organization that becomes the cache. It must exist for O(state=present).
    type: str
    required: true
  registry:
    description:
      - Registry whose images are cached, as V(host) or V(host:port), without V(https://) in front; or
        V(host/namespace) for the images of that namespace only.
      - A cache of another registry is a new one. What is not given is not taken over from the old one.
      - Where this is not given, V(quay.io) is meant, also for a cache that exists.
    type: str
    default: quay.io
  username:
    description:
      - Account at O(registry). Quay uses it only together with O(password).
      - Where this is not given or empty, Quay pulls as anybody.
      - Quay shows neither account nor password. Give them in each task for the cache, since another cache that takes
        its place has what the task gives.
    type: str
  password:
    description: Password of O(username), or a token in its place.
    type: str
  update_password:
    description:
      - V(on_create) uses O(username) and O(password) only for a cache that the task makes, or makes anew because
        something else differs.
      - V(always) makes the cache anew at each run where O(password) is given, and is always changed then, since Quay
        shows no password to compare with.
    type: str
    choices: [on_create, always]
    default: on_create
  expiration:
    description:
      - How long a cached tag stays, as a number of seconds, or as a number followed by V(s), V(m), V(h), V(d) or
        V(w), or by a word such as V(hours). V(0) keeps it for good.
      - A new cache has V(1d) where this is not given.
    type: str
  insecure:
    description:
      - Whether Quay reaches O(registry) by plain HTTP.
      - A new cache has V(false) where this is not given.
    type: bool
  validate:
    description:
      - Whether Quay signs in to O(registry) before the cache is made, and refuses it where that fails.
      - Check mode does not do this.
    type: bool
    default: false
notes:
  - Needs Quay 3.7 with C(FEATURE_PROXY_CACHE), and a token with scope C(org:admin), of an administrator of the
    organization (or of a superuser where C(FEATURE_SUPERUSERS_FULL_ACCESS) is on).
  - Quay makes a cache only of a host that it can resolve and that is not in its own network, unless its configuration
    allows that (C(SSRF_ALLOWED_HOSTS)); and not in an organization that is a mirror or has immutable tags.
  - A cache that is restored has O(username) and O(password) of the task where O(registry) is the same, else none.
seealso:
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Images of Docker Hub are cached for two days
  dockhand.quay.quay_proxy_cache:
    organization: payments
    registry: docker.io
    username: "{{ vault_docker_username }}"
    password: "{{ vault_docker_password }}"
    expiration: 2d
  no_log: true

- name: The password at Docker Hub is another one
  dockhand.quay.quay_proxy_cache:
    organization: payments
    registry: docker.io
    username: "{{ vault_docker_username }}"
    password: "{{ vault_docker_password }}"
    update_password: always
    validate: true
  no_log: true

- name: Only the official images, for anybody
  dockhand.quay.quay_proxy_cache:
    organization: payments
    registry: docker.io/library

- name: Payments is no cache any more
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
      description: Account at the registry, as the task gives it. Quay does not tell it.
      returned: when O(username) is given
      type: str
    expiration:
      description: How long a cached tag stays, in the unit that makes it shortest, such as V(1d).
      returned: always
      type: str
    insecure:
      description: Whether Quay reaches the registry by plain HTTP.
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
