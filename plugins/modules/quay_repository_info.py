#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_repository_info
short_description: List repositories of Quay
version_added: 1.0.0
description:
  - Lists the repositories that the account may see, with size, state and the time of their last change.
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
      - Organization or user whose repositories are listed.
      - If not specified, all repositories are listed that the account may see, including public ones of others.
    type: str
  name:
    description:
      - Python regular expression to search for anywhere in the full names (V(namespace/repository)). It is
        case-sensitive.
      - Use V(^) and V($) to match whole names.
    type: str
  starred:
    description: Whether to list only repositories that the account has starred.
    type: bool
    default: false
notes:
  - Requires a token with the scope C(repo:read). Quay lists only what the account may read. Superusers see all
    repositories with C(FEATURE_SUPERUSERS_FULL_ACCESS).
  - The list is read in pages of 100.
seealso:
  - module: dockhand.quay.quay_repository
"""

EXAMPLES = r"""
- name: List the repositories of an organization
  dockhand.quay.quay_repository_info:
    namespace: payments
  register: repositories

- name: Show the largest ones
  ansible.builtin.debug:
    msg: "{{ (repositories.repositories | selectattr('size') | sort(attribute='size', reverse=true))[:10] }}"

- name: List the public repositories whose names begin with demo
  dockhand.quay.quay_repository_info:
    name: ^payments/demo
  register: demos
"""

RETURN = r"""
repositories:
  description: The repositories, sorted by name.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: Full name of the repository.
      returned: always
      type: str
      sample: payments/api
    visibility:
      description: V(public) or V(private).
      returned: always
      type: str
      sample: private
    description:
      description: Description; empty if the repository has none.
      returned: always
      type: str
    repo_state:
      description: V(NORMAL), V(READ_ONLY), V(MIRROR) or, with newer servers, V(ORG_MIRROR).
      returned: always
      type: str
      sample: NORMAL
    star:
      description: Whether the account has starred it.
      returned: always
      type: bool
    last_modified:
      description: Time when its newest tag was set, in ISO 8601; null if it has no tags.
      returned: always
      type: str
      sample: "2026-11-24T07:18:52Z"
    size:
      description:
        - Bytes that count towards quotas; null if the server does not measure them (C(FEATURE_QUOTA_MANAGEMENT)).
      returned: always
      type: int
      sample: 73400320
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.repository.info import REPOSITORY_INFO

OPERATION = REPOSITORY_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
