#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_organization
short_description: Manage organizations of a Quay registry
version_added: 1.0.0
description:
  - Creates, renames or deletes an organization, and sets its e-mail address and its time machine, the time for which
    deleted tags can be restored.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.auto_prune
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
      - Renames the organization, including its robot accounts.
      - If the organization O(name) does not exist but O(new_name) does, it counts as renamed already, and the other
        options apply to it.
      - If neither name exists, the organization is created under the new name.
      - If both exist, the task fails, also with O(state=absent).
    type: str
  email:
    description:
      - Contact e-mail address of the organization. An empty string clears it.
      - When an organization is created, Quay rejects an address that a user account has, unless
        C(FEATURE_ORG_SHARED_EMAIL) is on.
    type: str
  take_ownership:
    description:
      - V(true) adds the account of the task to the owners if it does not administer the organization. The account must
        be a superuser. Without this option, superusers are never added to the owners of an existing organization.
      - In Quay 3.15 and earlier, a superuser must be an owner to read or update an organization, even if
        C(FEATURE_SUPERUSERS_FULL_ACCESS) is on.
      - Does not apply to the namespace of a user. M(dockhand.quay.quay_user_conversion) converts the account to an
        organization. If its password is unknown, a superuser can set another one with M(dockhand.quay.quay_user).
    type: bool
  time_machine_expiration:
    description:
      - How long deleted tags can be restored, as a whole number with V(s), V(m), V(h), V(d) or V(w), such as V(2w),
        or with a word, such as V(2 weeks). A number without a unit is in seconds.
      - The server must allow the value (C(TAG_EXPIRATION_OPTIONS), by default V(0s), V(1d), V(1w), V(2w) and V(4w)),
        and must allow changes (C(FEATURE_CHANGE_TAG_EXPIRATION)).
      - If not specified, a new organization has V(2w).
    type: str
notes:
  - Creating an organization requires a token with the scope C(user:admin). Updating or deleting it requires a token of
    one of its administrators with the scope C(org:admin) or, if C(FEATURE_SUPERUSERS_FULL_ACCESS) is on, a token of a
    superuser with the scope C(super:user). Renaming it requires a token of a superuser with the scope C(super:user).
  - If C(FEATURE_SUPERUSERS_FULL_ACCESS) is off, a superuser can still rename and delete every organization.
  - The creator of an organization becomes a member of its team C(owners).
  - O(state=absent) deletes everything in the organization, including its repositories, without confirmation. Its name
    stays reserved until Quay's garbage collection has removed everything.
seealso:
  - module: dockhand.quay.quay_quota
  - module: dockhand.quay.quay_team
  - module: dockhand.quay.quay_default_perm
  - module: dockhand.quay.quay_organization_prune
  - module: dockhand.quay.quay_proxy_cache
  - module: dockhand.quay.quay_user_conversion
"""

EXAMPLES = r"""
- name: Create payments, with four weeks to restore deleted tags
  dockhand.quay.quay_organization:
    name: payments
    email: payments@example.com
    time_machine_expiration: 4w

- name: Clear the address of payments
  dockhand.quay.quay_organization:
    name: payments
    email: ""

- name: Rename payments to billing
  dockhand.quay.quay_organization:
    name: payments
    new_name: billing

- name: Delete billing with everything in it
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
      description: Name of the organization; the new name after O(new_name).
      returned: always
      type: str
    email:
      description: E-mail address; empty if there is none.
      returned: if the account administers the organization
      type: str
    time_machine_expiration:
      description: How long deleted tags can be restored, such as V(2w).
      returned: if the account administers the organization
      type: str
    auto_prune_method:
      description: V(tags), V(date) or V(none).
      returned: when O(auto_prune_method) is specified
      type: str
    auto_prune_value:
      description: Number of tags to keep, or the age at which they are deleted.
      returned: when O(auto_prune_value) is specified
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
