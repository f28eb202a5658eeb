#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_registry_size_info
short_description: Read the size of a Quay registry
version_added: 1.0.0
description:
  - Reads the size of all images in the registry, as Quay has calculated it last.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
notes:
  - Requires a token of a superuser with the scope C(super:user). A superuser with read-only access is sufficient.
  - Takes one request. To calculate the size, use M(dockhand.quay.quay_registry_size).
seealso:
  - module: dockhand.quay.quay_registry_size
"""

EXAMPLES = r"""
- name: Read the size of the registry
  dockhand.quay.quay_registry_size_info:
  register: result

- name: Fail if the registry is larger than its disk
  ansible.builtin.assert:
    that: (result.registry_size.size_bytes or 0) < 2 * 1024 ** 4
"""

RETURN = r"""
registry_size:
  description: The last result.
  returned: always
  type: dict
  contains:
    size_bytes:
      description: Size of all images in bytes, each layer counted once. Null before the first calculation.
      returned: always
      type: int
      sample: 5368709120
    size:
      description: The same with a unit.
      returned: always
      type: str
      sample: 5 GiB
    calculated:
      description: Time of the last calculation, in ISO 8601. Null before the first one.
      returned: always
      type: str
      sample: "2026-11-24T07:18:52Z"
    calculating:
      description: Whether a calculation is waiting or running.
      returned: always
      type: bool
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.server.registry_size import REGISTRY_SIZE_INFO

OPERATION = REGISTRY_SIZE_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
