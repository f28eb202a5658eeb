#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_repository_prune
short_description: Manage auto-prune policies of Quay repositories
version_added: 0.9.0
description:
  - Creates or deletes a policy by which Quay itself removes old tags of a repository.
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
  repository:
    description:
      - Repository as V(namespace/repository). It must exist for O(state=present).
      - Without a namespace it is one of the account that acts, which costs one more request.
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
      - V(true) leaves the other policies of the repository as they are.
      - V(false) deletes them. Of no effect with O(state=absent).
    type: bool
    default: true
notes:
  - Needs Quay 3.11 with C(FEATURE_AUTO_PRUNE); more than one policy and O(tag_pattern) need Quay 3.13.
  - Needs a token with scope C(repo:admin), of an administrator of the repository (or of a superuser where
    C(FEATURE_SUPERUSERS_FULL_ACCESS) is on).
  - Quay's worker removes the tags some time later. Policies of the namespace come on top, see
    M(dockhand.quay.quay_organization_prune).
seealso:
  - module: dockhand.quay.quay_organization_prune
  - module: dockhand.quay.quay_repository
"""

EXAMPLES = r"""
- name: Of the application's tags, Quay keeps the 10 newest
  dockhand.quay.quay_repository_prune:
    repository: payments/api
    method: tags
    value: 10

- name: Nightly builds go after two weeks
  dockhand.quay.quay_repository_prune:
    repository: payments/api
    method: date
    value: 2w
    tag_pattern: ^nightly-

- name: All but releases goes after 90 days, and this is the only policy
  dockhand.quay.quay_repository_prune:
    repository: payments/api
    method: date
    value: 90d
    tag_pattern: ^v[0-9]
    tag_pattern_matches: false
    append: false

- name: Nothing is removed by its age of 90 days any more
  dockhand.quay.quay_repository_prune:
    repository: payments/api
    method: date
    value: 90d
    tag_pattern: ^v[0-9]
    tag_pattern_matches: false
    state: absent
"""

RETURN = r"""
repository_prune:
  description: The policy after the task.
  returned: with O(state=present)
  type: dict
  contains:
    repository:
      description: Repository as V(namespace/repository).
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
  description: Other policies that were there and are deleted, each like RV(repository_prune).
  returned: with O(append=false) and O(state=present)
  type: list
  elements: dict
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.prune.repository import REPOSITORY_PRUNE
from ansible_collections.dockhand.quay.plugins.module_utils._objects.prune.resource import OPTIONS, show_removed

OPERATION = manage(REPOSITORY_PRUNE, OPTIONS, after=show_removed)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
