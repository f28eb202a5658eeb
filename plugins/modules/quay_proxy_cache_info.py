#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_proxy_cache_info
short_description: Get the proxy cache of a Quay organization
version_added: 1.0.0
description:
  - Shows whether an organization is a pull-through cache for another registry, and for which.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  organization:
    description: Organization that is used as the cache.
    type: str
    required: true
notes:
  - Requires a token with the scope C(org:admin), of an administrator of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Requires C(FEATURE_PROXY_CACHE). Takes one request, or two if there is no proxy cache.
seealso:
  - module: dockhand.quay.quay_proxy_cache
"""

EXAMPLES = r"""
- name: Get the proxy cache of an organization
  dockhand.quay.quay_proxy_cache_info:
    organization: payments
  register: cache

- name: Show what it caches
  ansible.builtin.debug:
    msg: "{{ cache.proxy_caches | map(attribute='registry') | first | default('nothing') }}"
"""

RETURN = r"""
proxy_caches:
  description: The proxy cache, as a list of one; empty if there is none.
  returned: always
  type: list
  elements: dict
  contains:
    organization:
      description: Organization that is the cache.
      returned: always
      type: str
      sample: payments
    registry:
      description: Registry whose images are cached.
      returned: always
      type: str
      sample: docker.io/library
    expiration:
      description: How long a cached tag is kept, in the largest possible unit, such as V(1d) instead of V(24h).
      returned: always
      type: str
      sample: 1d
    insecure:
      description: Whether Quay connects to the registry with plain HTTP.
      returned: always
      type: bool
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.proxy_cache.info import PROXY_CACHE_INFO

OPERATION = PROXY_CACHE_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
