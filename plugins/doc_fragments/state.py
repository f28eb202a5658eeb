# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  state:
    description:
      - V(present) creates the object or changes what differs. What is not given stays as it is.
      - V(absent) deletes the object. Where it, or what it lives in, does not exist, nothing is done.
    type: str
    choices: [present, absent]
    default: present
"""
