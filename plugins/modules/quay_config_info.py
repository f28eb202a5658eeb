#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_config_info
short_description: Read the configuration of a Quay server
version_added: 1.0.0
description:
  - Reads the configuration that the running server has in effect.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
notes:
  - Requires Quay 3.15 or later with C(FEATURE_SUPERUSER_CONFIGDUMP), which is off by default.
  - Requires a token of a superuser with the scope C(super:user). A superuser with read-only access is sufficient.
  - Quay masks the values of some keys that hold secrets, but not of all, such as C(MAIL_PASSWORD). Use C(no_log).
seealso:
  - module: dockhand.quay.quay_capabilities_info
"""

EXAMPLES = r"""
- name: Read the configuration
  dockhand.quay.quay_config_info:
  register: server
  no_log: true

- name: Check that people cannot create accounts by themselves
  ansible.builtin.assert:
    that: not server.config.FEATURE_USER_CREATION
"""

RETURN = r"""
config:
  description: The keys of C(config.yaml), and those that are left to their defaults, with the values in effect.
  returned: always
  type: dict
  sample: {AUTHENTICATION_TYPE: Database, FEATURE_AUTO_PRUNE: true}
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.server.info import CONFIG_INFO

OPERATION = CONFIG_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
