# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the target.
    support: full
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in check_mode), when in diff mode.
    support: full
  idempotent:
    description:
      - When run twice in a row outside check mode with the same options, the second run reports no change, as long as
        nothing else changed the registry in between.
    support: full
"""
    INFO = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the target.
    support: full
    details: The module only reads.
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in check_mode), when in diff mode.
    support: N/A
    details: The module only reads.
  idempotent:
    description:
      - When run twice in a row outside check mode with the same options, the second run reports no change, as long as
        nothing else changed the registry in between.
    support: N/A
    details: The module only reads.
"""
    ACTION_GROUP = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/dockhand.quay.quay) in C(module_defaults) to set defaults for this module.
    support: full
    membership:
      - dockhand.quay.quay
"""
