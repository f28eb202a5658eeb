#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_organization_prune
short_description: Manage auto-prune policies of Quay organizations
version_added: 0.9.0
description:
  - Creates or deletes a policy by which Quay itself removes old tags of all repositories of an organization or of a
    personal namespace.
  - A policy is known by O(method), O(value), O(tag_pattern) and O(tag_pattern_matches) together, so none is ever
    changed; one that differs is another policy.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
options:
  namespace:
    description:
      - Organization, or account whose personal namespace is meant.
      - It must exist for O(state=present).
    type: str
    required: true
  method:
    description: What decides which tags go; with V(tags) their number, with V(date) their age.
    type: str
    choices: [tags, date]
    required: true
  value:
    description:
      - With O(method=tags), how many tags stay, the newest, as a whole number from 1.
      - With O(method=date), the age at which a tag is deleted, as a whole number from 1 followed by V(s), V(m), V(h),
        V(d) or V(w), or by a word such as V(days). Quay stores it as text, so V(7d) and V(1w) are different policies,
        whereas V(7 days) and V(7d) are the same.
    type: str
    required: true
  tag_pattern:
    description:
      - Regular expression that tells which tags the policy is for. Quay does not check it.
      - Where this is not given or empty, the policy is for all tags.
    type: str
  tag_pattern_matches:
    description:
      - V(true) makes it a policy for the tags that match O(tag_pattern), V(false) for those that don't.
      - Without a pattern it makes no difference.
    type: bool
    default: true
  append:
    description:
      - V(true) leaves the other policies of the namespace as they are.
      - V(false) deletes them. Of no effect with O(state=absent).
    type: bool
    default: true
notes:
  - Needs Quay 3.10 with C(FEATURE_AUTO_PRUNE); more than one policy and O(tag_pattern) need Quay 3.13.
  - Needs a token with scope C(org:admin), of an administrator of the organization (or of a superuser where
    C(FEATURE_SUPERUSERS_FULL_ACCESS) is on). For the account's own namespace, scope C(user:admin) does as well.
  - Quay's worker removes the tags some time later. Policies of a repository come on top, see
    M(dockhand.quay.quay_repository_prune).
seealso:
  - module: dockhand.quay.quay_repository_prune
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Of each repository of payments, Quay keeps the 50 newest tags
  dockhand.quay.quay_organization_prune:
    namespace: payments
    method: tags
    value: 50

- name: Tags of pull requests go after a week
  dockhand.quay.quay_organization_prune:
    namespace: payments
    method: date
    value: 7d
    tag_pattern: ^pr-

- name: All but releases goes after 30 days, and this is the only policy
  dockhand.quay.quay_organization_prune:
    namespace: payments
    method: date
    value: 30d
    tag_pattern: ^v[0-9]
    tag_pattern_matches: false
    append: false

- name: Nothing is removed by its age of 30 days any more
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
      description: How many tags stay, or the age from which on they go. Without blanks.
      returned: always
      type: str
    tag_pattern:
      description: Which tags the policy is for, empty where it is for all.
      returned: always
      type: str
    tag_pattern_matches:
      description: Whether it is for the tags that match the pattern. V(true) where there is no pattern.
      returned: always
      type: bool
id:
  description: What Quay calls the policy. Null in check mode where it would be created.
  returned: with O(state=present)
  type: str
  sample: 95eb166d-650a-49e8-8ec8-e4cdb59cf007
removed:
  description: Other policies that were there and are deleted, each like RV(organization_prune).
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
