#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_organization
short_description: Manage organizations of a Quay registry
version_added: 0.9.0
description:
  - Creates an organization, sets its e-mail address and time machine, renames it, or deletes it.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
options:
  name:
    description:
      - Name of the organization. A new one has 2 to 255 lower-case letters and digits, with single V(.), V(_) or
        V(-) between them.
    type: str
    required: true
  new_name:
    description:
      - Renames the organization, and its robot accounts with it.
      - Where there is only an organization of the new name, that one is meant, and nothing needs to be renamed.
      - Where there is none of either name, it is created under the new one.
      - Where both exist the task fails, also with O(state=absent).
    type: str
  email:
    description:
      - Address to reach the organization at. The empty text clears it.
      - On creation Quay refuses the address of a user, unless C(FEATURE_ORG_SHARED_EMAIL) is on.
    type: str
  take_ownership:
    description:
      - Makes the account, a superuser, an owner of the organization if it does not administer it. This is never done by
        itself.
      - Up to Quay 3.15, a superuser can read and change an organization of others only after that.
    type: bool
  time_machine_expiration:
    description:
      - How long deleted tags can be brought back, as a whole number with V(s), V(m), V(h), V(d) or V(w), or with a word
        such as V(1 day) or V(2 weeks). A number without a unit is in seconds.
      - It must be one of the values that the server allows (C(TAG_EXPIRATION_OPTIONS), by default V(0s), V(1d), V(1w),
        V(2w), V(4w)), and the server must let it be changed (C(FEATURE_CHANGE_TAG_EXPIRATION)).
      - A new organization has V(2w) where this is not given.
    type: str
  auto_prune_method:
    description:
      - How Quay itself removes old tags of all repositories of the organization.
      - With V(tags) the newest ones stay, with V(date) those that are older than an age go, with V(none) all policies
        are deleted.
      - A policy with this method and O(auto_prune_value) is enough. Where there is none, it takes the place of the
        policy that is for all tags, else of any one, pattern and all, or is made. Others stay.
      - Where this is not given, all policies stay as they are.
      - This is for playbooks that have one policy as an option. M(dockhand.quay.quay_organization_prune) knows
        patterns and several policies.
      - Needs a server with C(FEATURE_AUTO_PRUNE).
    type: str
    choices: [none, tags, date]
  auto_prune_value:
    description:
      - With O(auto_prune_method=tags), how many tags stay, as a whole number from 1.
      - With O(auto_prune_method=date), the age from which on a tag goes, such as V(7d).
      - Required with both.
    type: str
notes:
  - To create an organization, the token needs scope C(user:admin). To change or delete it, C(org:admin) of one of its
    administrators, or C(super:user) where C(FEATURE_SUPERUSERS_FULL_ACCESS) is on. To rename it, C(super:user).
  - Where C(FEATURE_SUPERUSERS_FULL_ACCESS) is off, a superuser can still rename and delete each organization.
  - The creator of an organization becomes a member of its team C(owners).
  - O(state=absent) deletes all that the organization holds, its repositories too, and Quay asks nothing. Its name stays
    reserved until Quay's garbage collection has removed everything.
seealso:
  - module: dockhand.quay.quay_quota
  - module: dockhand.quay.quay_team
  - module: dockhand.quay.quay_default_perm
  - module: dockhand.quay.quay_organization_prune
  - module: dockhand.quay.quay_proxy_cache
"""

EXAMPLES = r"""
- name: Payments has a home, and four weeks to bring deleted tags back
  dockhand.quay.quay_organization:
    name: payments
    email: payments@example.com
    time_machine_expiration: 4w

- name: The address of payments is no longer valid
  dockhand.quay.quay_organization:
    name: payments
    email: ""

- name: Payments is called billing from now on
  dockhand.quay.quay_organization:
    name: payments
    new_name: billing

- name: Billing is gone, with everything in it
  dockhand.quay.quay_organization:
    name: billing
    state: absent
"""

RETURN = r"""
organization:
  description: The organization after the task.
  returned: with O(state=present)
  type: dict
  contains:
    name:
      description: Name of the organization, after O(new_name) the new one.
      returned: always
      type: str
    email:
      description: E-mail address, empty where there is none.
      returned: to its administrators
      type: str
    time_machine_expiration:
      description: How long deleted tags can be brought back, such as V(2w).
      returned: to its administrators
      type: str
    auto_prune_method:
      description: V(tags), V(date) or V(none).
      returned: when O(auto_prune_method) is given
      type: str
    auto_prune_value:
      description: How many tags stay, or the age from which on they go.
      returned: when O(auto_prune_value) is given
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.organization.resource import ORGANIZATION
from ansible_collections.dockhand.quay.plugins.module_utils._objects.prune.option import CONSTRAINTS

OPERATION = manage(ORGANIZATION, constraints=CONSTRAINTS)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
