#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_registry_size
short_description: Calculate the size of a Quay registry
version_added: 1.0.0
description:
  - Has Quay calculate the size of all images in the registry, and waits for the result.
  - A calculation that is waiting or running counts as the requested one, so no new one is started.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
attributes:
  idempotent:
    support: partial
    details: Each run calculates the size again, unless a calculation is under way.
options:
  wait:
    description: Whether to wait for the result.
    type: bool
    default: true
  wait_timeout:
    description: Maximum number of seconds to wait, up to 86400. After that the task fails; the calculation continues.
    type: float
    default: 600.0
  wait_interval:
    description:
      - Seconds before the first check of the result.
      - Each interval is 1.5 times as long as the one before, up to 30 seconds.
    type: float
    default: 2.0
notes:
  - Requires a token of a superuser with the scope C(super:user), and Quay 3.9 or later with
    C(FEATURE_QUOTA_MANAGEMENT).
  - By default, Quay starts the calculation within a minute.
seealso:
  - module: dockhand.quay.quay_registry_size_info
"""

EXAMPLES = r"""
- name: Find out the size of the registry
  dockhand.quay.quay_registry_size:
    wait_timeout: 3600
  register: result
"""

RETURN = r"""
registry_size:
  description: The result. With O(wait=true), its values are null in check mode.
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
from ansible_collections.dockhand.quay.plugins.module_utils._objects.server.registry_size import REGISTRY_SIZE

OPERATION = REGISTRY_SIZE


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
