#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_organization_immutability
short_description: Manage immutability policies of Quay organizations
version_added: 1.0.0
description:
  - Creates, updates or deletes a policy that makes tags immutable, in all repositories of an organization or of a
    personal namespace.
  - An immutable tag can be neither moved nor deleted.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.namespace
  - dockhand.quay.immutability
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
notes:
  - Requires Quay 3.17 or later with C(FEATURE_IMMUTABLE_TAGS), and a token with the scope C(org:admin), of an
    administrator of the organization or, with C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Quay rejects policies in an organization that is a mirror.
seealso:
  - module: dockhand.quay.quay_repository_immutability
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Make releases immutable
  dockhand.quay.quay_organization_immutability:
    namespace: payments
    tag_pattern: "v[0-9.]+"

- name: Make pre-releases immutable, too
  dockhand.quay.quay_organization_immutability:
    namespace: payments
    tag_pattern: "v[0-9.]+"
    new_tag_pattern: "v[0-9.]+(-rc[0-9]+)?"

- name: Make all tags immutable but those of branches
  dockhand.quay.quay_organization_immutability:
    namespace: payments
    tag_pattern: "branch-.*|latest"
    behavior: not_matching_immutable

- name: Delete a policy
  dockhand.quay.quay_organization_immutability:
    namespace: payments
    tag_pattern: "branch-.*|latest"
    state: absent
"""

RETURN = r"""
organization_immutability:
  description: The policy after the task.
  returned: with O(state=present)
  type: dict
  contains:
    namespace:
      description: Organization or account.
      returned: always
      type: str
    tag_pattern:
      description: Regular expression of the policy.
      returned: always
      type: str
    behavior:
      description: Which tags are immutable.
      returned: always
      type: str
id:
  description: Quay's ID of the policy. Null in check mode if it would be created.
  returned: with O(state=present)
  type: str
  sample: 95eb166d-650a-49e8-8ec8-e4cdb59cf007
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.immutability.resource import (
    ORGANIZATION_IMMUTABILITY,
)

OPERATION = manage(ORGANIZATION_IMMUTABILITY)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
