# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  state:
    description:
      - V(present) creates the object or updates what differs. Options that are not specified are left unchanged.
      - V(absent) deletes the object. Does nothing if the object or its parent does not exist.
    type: str
    choices: [present, absent]
    default: present
"""
