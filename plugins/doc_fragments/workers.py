# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  workers:
    description:
      - Number of requests to send in parallel, V(1) to V(32). Values above V(4) gain little.
      - If the server limits the rate of requests, all workers slow down.
    type: int
    default: 4
"""
