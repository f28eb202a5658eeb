#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_organization_prune
short_description: Manage auto-prune policies of Quay organizations
version_added: 1.0.0
description:
  - Creates or deletes a policy by which Quay deletes old tags of all repositories of an organization or of a personal
    namespace.
  - A policy is identified by O(method), O(value), O(tag_pattern) and O(tag_pattern_matches) together. A policy that
    differs in any of them is another policy, so policies are never updated.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.namespace
  - dockhand.quay.prune
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
notes:
  - Requires Quay 3.10 or later with C(FEATURE_AUTO_PRUNE). More than one policy and O(tag_pattern) require Quay 3.13 or
    later.
  - Requires a token with the scope C(org:admin), of an administrator of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser. For the account's own namespace, the scope C(user:admin) is also
    sufficient.
seealso:
  - module: dockhand.quay.quay_repository_prune
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Keep the 50 newest tags of each repository of payments
  dockhand.quay.quay_organization_prune:
    namespace: payments
    method: tags
    value: 50

- name: Delete tags of pull requests after a week
  dockhand.quay.quay_organization_prune:
    namespace: payments
    method: date
    value: 7d
    tag_pattern: ^pr-

- name: Delete all tags but releases after 30 days, and have no other policy
  dockhand.quay.quay_organization_prune:
    namespace: payments
    method: date
    value: 30d
    tag_pattern: ^v[0-9]
    tag_pattern_matches: false
    append: false

- name: Stop deleting tags after 30 days
  dockhand.quay.quay_organization_prune:
    namespace: payments
    method: date
    value: 30d
    tag_pattern: ^v[0-9]
    tag_pattern_matches: false
    state: absent
"""

RETURN = r"""
organization_prune:
  description: The policy after the task.
  returned: with O(state=present)
  type: dict
  contains:
    namespace:
      description: Organization or account.
      returned: always
      type: str
    method:
      description: V(tags) or V(date).
      returned: always
      type: str
    value:
      description: Number of tags to keep, or the age at which they are deleted, without blanks.
      returned: always
      type: str
    tag_pattern:
      description: Pattern of the tags that the policy applies to; empty if it applies to all tags.
      returned: always
      type: str
    tag_pattern_matches:
      description: Whether the policy applies to the tags that match the pattern. V(true) if there is no pattern.
      returned: always
      type: bool
id:
  description: Quay's ID of the policy. Null in check mode if it would be created.
  returned: with O(state=present)
  type: str
  sample: 95eb166d-650a-49e8-8ec8-e4cdb59cf007
removed:
  description: Other policies that were deleted, each like RV(organization_prune).
  returned: with O(append=false) and O(state=present)
  type: list
  elements: dict
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.prune.organization import ORGANIZATION_PRUNE
from ansible_collections.dockhand.quay.plugins.module_utils._objects.prune.resource import OPTIONS, show_removed

OPERATION = manage(ORGANIZATION_PRUNE, OPTIONS, after=show_removed)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
