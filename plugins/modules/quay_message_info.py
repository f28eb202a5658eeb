#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_message_info
short_description: List messages on the web pages of Quay
version_added: 1.0.0
description:
  - Lists the messages that Quay shows to everybody on every web page.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  content:
    description: Python regular expression to search for anywhere in the texts. It is case-sensitive.
    type: str
notes:
  - Requires no credentials. If C(FEATURE_ANONYMOUS_ACCESS) is off, requires those of any account; a token needs no
    particular scope.
  - Takes one request.
seealso:
  - module: dockhand.quay.quay_message
"""

EXAMPLES = r"""
- name: List the messages about maintenances
  dockhand.quay.quay_message_info:
    content: "[Mm]aintenance"
  register: announced
"""

RETURN = r"""
messages:
  description: The messages, sorted by their texts.
  returned: always
  type: list
  elements: dict
  contains:
    uuid:
      description: ID of the message in Quay.
      returned: always
      type: str
    content:
      description: Text of the message.
      returned: always
      type: str
    format:
      description: V(markdown) or V(plain).
      returned: always
      type: str
    severity:
      description: V(info), V(warning) or V(error).
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import list_of
from ansible_collections.dockhand.quay.plugins.module_utils._objects.message.resource import LISTED

OPERATION = list_of(LISTED, search="content")


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
