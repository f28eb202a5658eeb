#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_service_key
short_description: Manage service keys of Quay
version_added: 1.0.0
description:
  - Creates, approves, updates or deletes keys with which services, such as a security scanner, sign their requests to
    the registry.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  kid:
    description:
      - ID of an existing key. Use it to approve a key that a service has submitted.
      - If not specified, O(service) and O(name) identify the key. If several keys have the same service and name, a
        key that has not expired takes precedence.
    type: str
  service:
    description: Service that uses the key, in lower-case letters, digits and underscores. It cannot be changed.
    type: str
  name:
    description: Name of the key. If O(kid) identifies the key, this renames it.
    type: str
  expiration:
    description:
      - Date or time at which the key expires, in ISO 8601, or V(never). Times without a time zone are UTC. The time
        must be in the future.
      - If not specified, a new key does not expire.
      - To invalidate a key immediately, delete it.
    type: str
  metadata:
    description: Values to store with the key. Values that are not specified are left unchanged.
    type: dict
  approved:
    description: V(true) approves the key. V(false) is rejected, because Quay cannot withdraw an approval. A key that
      this module creates is approved immediately.
    type: bool
  notes:
    description: Notes to store with the approval. Ignored if the key is already approved.
    type: str
    default: ''
  state:
    description:
      - V(present) creates a key or updates what differs. Options that are not specified are left unchanged.
      - V(absent) deletes the key O(kid) or, if O(kid) is not specified, all keys with this O(service) and O(name).
    type: str
    choices: [present, absent]
    default: present
notes:
  - Requires a token of a superuser with the scope C(super:user).
  - Quay has service keys of its own, such as those of the service C(quay). Do not delete them. Without them, Quay
    cannot sign its requests to other services.
seealso:
  - module: dockhand.quay.quay_service_key_info
"""

EXAMPLES = r"""
- name: Create a key for the scanner
  dockhand.quay.quay_service_key:
    service: scanner
    name: Scanner of the data center
    expiration: "2099-12-31"
  register: scanner
  no_log: true

- name: List the keys that wait for an approval
  dockhand.quay.quay_service_key_info:
    service: scanner
  register: keys

- name: Approve these keys
  dockhand.quay.quay_service_key:
    kid: "{{ item.kid }}"
    approved: true
    notes: Installed by the operations department
  loop: "{{ keys.service_keys | rejectattr('approved') }}"
  loop_control:
    label: "{{ item.kid }}"

- name: Delete the key of the old scanner
  dockhand.quay.quay_service_key:
    service: scanner
    name: Scanner of the old data center
    state: absent
"""

RETURN = r"""
service_key:
  description: The key after the task.
  returned: with O(state=present)
  type: dict
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
    expiration:
      description: Time at which the key expires, in ISO 8601, or V(never) if it does not expire.
      returned: always
      type: str
    metadata:
      description: Values that are stored with the key, except for those that Quay adds when a superuser creates a key
        (C(created_by), C(creator) and C(ip)).
      returned: always
      type: dict
    approved:
      description: Whether the key is approved.
      returned: always
      type: bool
kid:
  description: ID of the key. Null in check mode if the key would be created.
  returned: with O(state=present)
  type: str
  sample: Hs2Fu7Q0cs1xGjVkXl5OJQqYBIA1Yd1fOMqUZfyRcZ8
public_key:
  description: Public part of the key in PEM. Null in check mode.
  returned: if the key is created
  type: str
private_key:
  description: Private part of the key in PEM. Quay shows it only once, so keep it, and set C(no_log) on the task. Null
    in check mode.
  returned: if the key is created
  type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.service_key.resource import (
    CONSTRAINTS,
    OPTIONS,
    SERVICE_KEY,
    finish,
)

OPERATION = manage(SERVICE_KEY, OPTIONS, CONSTRAINTS, after=finish)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
