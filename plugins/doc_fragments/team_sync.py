# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  organization:
    description: Organization that the team belongs to.
    type: str
    required: true
  name:
    description: Name of the team. It must exist before it is synchronized; M(dockhand.quay.quay_team) creates it.
    type: str
    required: true
notes:
  - Requires a token with the scopes C(org:admin) and C(super:user), of an administrator of the organization who is also
    a superuser. With C(FEATURE_SUPERUSERS_FULL_ACCESS), a superuser administers every organization. With
    C(FEATURE_NONSUPERUSER_TEAM_SYNCING_SETUP), C(org:admin) of an administrator of the organization is sufficient.
"""
    # What happens to the members of the group of LDAP or Keystone.
    KEEP_USERS = r"""
options:
  keep_users:
    description:
      - Whether the human members stay in the team when its synchronization ends. V(false) removes them.
        Robot accounts stay in both cases.
      - A team that is not synchronized keeps its members in both cases.
    type: bool
    default: true
"""
    # Only OIDC removes people with the start.
    FORCE = r"""
options:
  force:
    description:
      - Matters only if a team with the role C(admin) is synchronized with an OIDC group. Quay removes all human members
        when the synchronization starts, and members of the group join when they sign in.
      - V(true) starts the synchronization even if it removes the last people who administer the organization, or the
        account of the task, from the team. With V(false), the task fails in this case.
    type: bool
    default: false
"""
