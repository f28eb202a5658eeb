#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_manifest_label
short_description: Manage labels of images in Quay
version_added: 1.0.0
description:
  - Adds a label to an image, or deletes labels of an image.
  - Labels belong to the manifest of an image. All tags of the same image share them.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
  - dockhand.quay.image
options:
  key:
    description:
      - Key of the label. An image can have several labels of one key.
      - A new key has lower-case letters and digits, with single C(.) or C(-) between them. Quay reserves keys that
        start with C(quay), C(io.quay), C(org.opencontainers.) and some others.
    type: str
    required: true
  value:
    description:
      - Value of the label. Required with O(state=present).
      - With O(state=absent), only labels of this value are deleted; if not specified, all labels of the key.
    type: str
  replace:
    description: Whether to delete the other labels of this key. Used with O(state=present) only.
    type: bool
    default: true
notes:
  - Requires a token with the scope C(repo:write), of an account that can write to the repository.
  - Labels that came with the image are read-only. They count as existing, and are never deleted.
  - Quay accepts changes only if the state of the repository is V(NORMAL).
  - Takes one request for an image with a digest if nothing changes, else two. A change reads the repository as well.
seealso:
  - module: dockhand.quay.quay_manifest_label_info
"""

EXAMPLES = r"""
- name: Add a label to an image
  dockhand.quay.quay_manifest_label:
    image: payments/api:1.4
    key: approved-by
    value: security

- name: Add a second approval
  dockhand.quay.quay_manifest_label:
    image: payments/api:1.4
    key: approved-by
    value: operations
    replace: false

- name: Withdraw one of them
  dockhand.quay.quay_manifest_label:
    image: payments/api:1.4
    key: approved-by
    value: security
    state: absent

- name: Withdraw all approvals
  dockhand.quay.quay_manifest_label:
    image: payments/api:1.4
    key: approved-by
    state: absent
"""

RETURN = r"""
label:
  description: The labels of the key after the task.
  returned: with O(state=present)
  type: dict
  contains:
    image:
      description: Image as specified, with its namespace.
      returned: always
      type: str
      sample: payments/api:1.4
    key:
      description: Key of the labels.
      returned: always
      type: str
      sample: approved-by
    values:
      description: All values of the key, sorted.
      returned: always
      type: list
      elements: str
      sample: [operations, security]
id:
  description: ID of the label. Null in check mode if the label would be added.
  returned: with O(state=present)
  type: str
  sample: 45fd151d-b7e0-41ce-a357-b3a7c3bbce45
key:
  description: Key of the label.
  returned: with O(state=present)
  type: str
  sample: approved-by
value:
  description: Value of the label.
  returned: with O(state=present)
  type: str
  sample: operations
media_type:
  description: V(text/plain), or V(application/json) for some labels that were not added by this module.
  returned: with O(state=present)
  type: str
  sample: text/plain
source_type:
  description: V(manifest) for a label that came with the image and is read-only, V(api) for one that was set later.
  returned: with O(state=present)
  type: str
  sample: api
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.manifest.label import CONSTRAINTS, LABEL, OPTIONS

OPERATION = manage(LABEL, OPTIONS, CONSTRAINTS)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
