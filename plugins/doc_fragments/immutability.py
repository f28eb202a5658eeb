# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  tag_pattern:
    description:
      - Regular expression that must match the whole name of a tag; at most 256 characters.
      - It identifies the policy. Spaces around it are ignored.
    type: str
    required: true
  new_tag_pattern:
    description:
      - Replaces the regular expression of the policy.
      - If the policy O(tag_pattern) does not exist but O(new_tag_pattern) does, it counts as replaced already, and the
        other options apply to it.
      - If neither exists, the policy is created with the new expression. If both exist, the task fails.
    type: str
  behavior:
    description:
      - V(matching_immutable) makes the tags that match the expression immutable, V(not_matching_immutable) all others.
      - If not specified, a new policy has V(matching_immutable).
    type: str
    choices: [matching_immutable, not_matching_immutable]
notes:
  - The namespace or repository must exist for O(state=present).
  - Tags that exist become immutable immediately, and lose their expiration unless the server has
    C(FEATURE_IMMUTABLE_TAGS_CAN_EXPIRE). They stay immutable if the policy is changed or deleted.
"""
