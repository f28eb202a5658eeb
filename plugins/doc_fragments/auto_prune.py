# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  auto_prune_method:
    description:
      - How Quay deletes old tags on its own.
      - V(tags) keeps the newest tags, V(date) deletes tags that are older than an age, V(none) deletes all policies.
      - If a policy with the specified method and value exists, nothing changes. Otherwise the task updates the policy
        that has no tag pattern. If there is none, it updates another policy, or creates one if there are no policies.
        All further policies are left unchanged.
      - If not specified, all policies are left unchanged.
      - This option sets the method and the value of a single policy. M(dockhand.quay.quay_organization_prune) and
        M(dockhand.quay.quay_repository_prune) manage patterns and several policies.
      - Requires a server with C(FEATURE_AUTO_PRUNE).
    type: str
    choices: [none, tags, date]
  auto_prune_value:
    description:
      - With O(auto_prune_method=tags), the number of tags to keep, as a whole number from 1.
      - With O(auto_prune_method=date), the age at which a tag is deleted, such as V(7d).
      - Required with both methods.
    type: str
"""
