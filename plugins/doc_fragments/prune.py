# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  method:
    description: Criterion for the deletion of tags. V(tags) is their number, V(date) is their age.
    type: str
    choices: [tags, date]
    required: true
  value:
    description:
      - With O(method=tags), the number of newest tags to keep, as a whole number from 1.
      - With O(method=date), the age at which a tag is deleted, as a whole number from 1 with V(s), V(m), V(h), V(d) or
        V(w), such as V(7d), or with a word, such as V(7 days). Quay stores it as text, so V(7d) and V(1w) are different
        policies, whereas V(7 days) and V(7d) are the same.
    type: str
    required: true
  tag_pattern:
    description:
      - Regular expression that selects the tags that the policy applies to. Quay does not validate it.
      - If not specified or empty, the policy applies to all tags.
    type: str
  tag_pattern_matches:
    description:
      - V(true) applies the policy to tags that match O(tag_pattern), V(false) to tags that do not match it.
      - Ignored without a pattern.
    type: bool
    default: true
  append:
    description:
      - V(true) leaves other policies unchanged.
      - V(false) deletes them. Ignored with O(state=absent).
    type: bool
    default: true
notes:
  - The namespace or repository must exist for O(state=present).
  - Quay's worker deletes the tags some time later. The policies of a repository and those of its namespace both apply.
"""
