# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  quota:
    description:
      - Storage as a number of bytes, or as a decimal number followed by V(KB), V(MB), V(GB), V(TB) (powers of 1000) or
        V(KiB), V(MiB), V(GiB), V(TiB) (powers of 1024). Case does not matter, and neither does a blank before the unit.
      - A quota alone only measures. Quay acts on O(warning_pct) and O(reject_pct).
      - If there is no quota yet and only limits are specified, the quota is set to 8000000 TB.
      - If none of the three options is specified, nothing is changed.
    type: str
  warning_pct:
    description:
      - Percentage of the quota at which Quay warns the owners of the storage. V(0) removes the warning.
      - If the server has several warnings, this one replaces them all.
    type: int
  reject_pct:
    description:
      - Percentage of the quota at which Quay rejects pushes. V(0) removes the limit.
      - If the server has several such limits, this one replaces them all.
    type: int
"""
