#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_message
short_description: Manage messages on the web pages of Quay
version_added: 1.0.0
description:
  - Creates, replaces or deletes messages that Quay shows to everybody on every web page.
  - Quay cannot change a message. A message that differs is replaced by a new one.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  content:
    description:
      - Text of the message. Required if the message is created.
      - Selects the messages with exactly this text, unless O(search_string) or O(regexp) is specified.
    type: str
  format:
    description: Format of the text. If not specified, a new message has V(plain), and a replacement keeps the format.
    type: str
    choices: [markdown, plain]
    aliases: [media_type]
  severity:
    description: Level of the message. If not specified, a new message has V(info), and a replacement keeps the level.
    type: str
    choices: [info, warning, error]
  search_string:
    description: Selects all messages that contain this text. It is case-sensitive.
    type: str
  regexp:
    description: Selects all messages that have a match of this Python regular expression anywhere in their texts.
    type: str
    aliases: [regex]
  search_severity:
    description: Selects only messages of this level. Without O(search_string), O(regexp) and O(content), all of them.
    type: str
    choices: [info, warning, error]
  state:
    description:
      - With V(present), nothing changes if any message has all the specified values. Otherwise a new message replaces
        all selected messages, with the values of the newest of them for options that are not specified.
      - V(absent) deletes all selected messages. If no option selects messages, none is deleted.
    type: str
    choices: [present, absent]
    default: present
notes:
  - Requires a token of a superuser with the scope C(super:user).
seealso:
  - module: dockhand.quay.quay_apply
"""

EXAMPLES = r"""
- name: Publish the announcement of a maintenance
  dockhand.quay.quay_message:
    content: On Sunday from 06:00 to 08:00 UTC, pushes are rejected.
    severity: warning

- name: Replace the announcement, whatever it says
  dockhand.quay.quay_message:
    search_string: On Sunday
    content: The maintenance of Sunday is **over**.
    format: markdown
    severity: info

- name: Delete all messages about the maintenance
  dockhand.quay.quay_message:
    regexp: "[Mm]aintenance"
    state: absent
"""

RETURN = r"""
message:
  description: The message after the task.
  returned: with O(state=present)
  type: dict
  contains:
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
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.message.resource import (
    CONSTRAINTS,
    MESSAGE,
    SEARCH,
)

OPERATION = manage(MESSAGE, SEARCH, CONSTRAINTS)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
