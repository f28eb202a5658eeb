#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_service_key_info
short_description: List service keys of Quay
version_added: 1.0.0
description:
  - Lists the keys with which services sign their requests to the registry, including those that are not approved.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.name_search
  - dockhand.quay.server
options:
  service:
    description: Service whose keys to list.
    type: str
notes:
  - Requires a token of a superuser with the scope C(super:user). A superuser with read-only access is sufficient.
  - Takes one request.
seealso:
  - module: dockhand.quay.quay_service_key
"""

EXAMPLES = r"""
- name: List the service keys
  dockhand.quay.quay_service_key_info:
  register: keys

- name: Show those that expire within a month
  ansible.builtin.debug:
    msg: "{{ keys.service_keys | selectattr('expiration', 'lt', soon) | map(attribute='name') }}"
  vars:
    soon: "{{ '%Y-%m-%d' | strftime((ansible_date_time.epoch | int) + 30 * 86400) }}"
"""

RETURN = r"""
service_keys:
  description: The keys, sorted by service and name.
  returned: always
  type: list
  elements: dict
  contains:
    kid:
      description: ID of the key.
      returned: always
      type: str
    name:
      description: Name of the key; empty if it has none.
      returned: always
      type: str
    service:
      description: Service that uses the key.
      returned: always
      type: str
    created:
      description: Time of creation, in ISO 8601.
      returned: always
      type: str
      sample: "2026-09-01T10:00:00Z"
    expiration:
      description: Time at which the key expires, in ISO 8601, or V(never).
      returned: always
      type: str
    expired:
      description: Whether the key has expired.
      returned: always
      type: bool
    metadata:
      description: Values that are stored with the key, with those that Quay adds.
      returned: always
      type: dict
    approved:
      description: Whether the key is approved.
      returned: always
      type: bool
    approver:
      description: User who approved it; null if Quay itself approved it, or if it is not approved.
      returned: always
      type: str
    approved_at:
      description: Time of the approval, in ISO 8601; null without one.
      returned: always
      type: str
    notes:
      description: Notes on the approval.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.service_key.info import SERVICE_KEY_INFO

OPERATION = SERVICE_KEY_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
