#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_capabilities_info
short_description: Read the capabilities of a Quay server
version_added: 1.0.0
description:
  - Reads what the server says that it supports.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
notes:
  - Requires Quay 3.17 or later, and no credentials; a token needs no particular scope.
seealso:
  - module: dockhand.quay.quay_config_info
"""

EXAMPLES = r"""
- name: Read the capabilities
  dockhand.quay.quay_capabilities_info:
  register: server

- name: Show the architectures that mirrors can be limited to
  ansible.builtin.debug:
    var: server.capabilities.mirror_architectures
"""

RETURN = r"""
capabilities:
  description: The answer of the server. Which keys it has depends on the release.
  returned: always
  type: dict
  sample:
    mirror_architectures: [amd64, arm64, ppc64le, s390x]
    sparse_manifests: {supported: false, required_architectures: [], optional_architectures_allowed: false}
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.server.info import CAPABILITIES_INFO

OPERATION = CAPABILITIES_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
