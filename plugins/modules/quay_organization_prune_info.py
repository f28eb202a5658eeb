#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_organization_prune_info
short_description: List auto-prune policies of Quay organizations
version_added: 1.0.0
description:
  - Lists the policies by which Quay deletes old tags of all repositories of an organization or a personal namespace.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.namespace
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
notes:
  - Requires Quay 3.10 or later with C(FEATURE_AUTO_PRUNE), and a token with the scope C(org:admin), of an administrator
    of the organization or, with C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Takes one request.
seealso:
  - module: dockhand.quay.quay_organization_prune
"""

EXAMPLES = r"""
- name: List the auto-prune policies of payments
  dockhand.quay.quay_organization_prune_info:
    namespace: payments
  register: prune

- name: Show what is deleted by age
  ansible.builtin.debug:
    msg: "{{ prune.policies | selectattr('method', 'eq', 'date') | map(attribute='value') }}"
"""

RETURN = r"""
policies:
  description: The policies, sorted.
  returned: always
  type: list
  elements: dict
  contains:
    namespace:
      description: Organization or account.
      returned: always
      type: str
      sample: payments
    method:
      description: V(tags) for a number of tags, V(date) for an age.
      returned: always
      type: str
    value:
      description: Number of tags that are kept, or the age at which they are deleted.
      returned: always
      type: str
      sample: 30d
    tag_pattern:
      description: Regular expression of the tags that the policy applies to; empty if it applies to all tags.
      returned: always
      type: str
    tag_pattern_matches:
      description: Whether the policy applies to the tags that match the expression.
      returned: always
      type: bool
    uuid:
      description: Quay's ID of the policy.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import list_of
from ansible_collections.dockhand.quay.plugins.module_utils._objects.prune.organization import ORGANIZATION_PRUNE

OPERATION = list_of(ORGANIZATION_PRUNE, "policies", search="")


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
