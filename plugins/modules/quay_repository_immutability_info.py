#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_repository_immutability_info
short_description: List immutability policies of Quay repositories
version_added: 1.0.0
description:
  - Lists the policies that make tags of a repository immutable.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.repository
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
notes:
  - Requires Quay 3.17 or later with C(FEATURE_IMMUTABLE_TAGS), and a token with the scope C(repo:admin), of an
    administrator of the repository or, with C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Takes one request.
seealso:
  - module: dockhand.quay.quay_repository_immutability
"""

EXAMPLES = r"""
- name: List the immutability policies of payments/api
  dockhand.quay.quay_repository_immutability_info:
    repository: payments/api
  register: immutability

- name: Fail if releases can be moved
  ansible.builtin.assert:
    that: "'v[0-9.]+' in immutability.policies | map(attribute='tag_pattern')"
"""

RETURN = r"""
policies:
  description: The policies, sorted by their expressions.
  returned: always
  type: list
  elements: dict
  contains:
    repository:
      description: Repository as V(namespace/repository).
      returned: always
      type: str
      sample: payments/api
    tag_pattern:
      description: Regular expression of the policy.
      returned: always
      type: str
      sample: v[0-9.]+
    behavior:
      description: V(matching_immutable) or V(not_matching_immutable).
      returned: always
      type: str
    uuid:
      description: Quay's ID of the policy.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import list_of
from ansible_collections.dockhand.quay.plugins.module_utils._objects.immutability.resource import (
    REPOSITORY_IMMUTABILITY,
)

OPERATION = list_of(REPOSITORY_IMMUTABILITY, "policies", search="")


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
