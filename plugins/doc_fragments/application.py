# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  client_id:
    description: Client ID of the application, as M(dockhand.quay.quay_application) returns it.
    type: str
    required: true
"""
    OWNER = r"""
options:
  organization:
    description: Organization that owns the application.
    type: str
    required: true
"""
