#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_manifest_label_info
short_description: List the labels of an image in Quay
version_added: 1.0.0
description:
  - Lists the labels of an image, those that came with it and those that were set in Quay.
  - The list is empty if the image or its repository does not exist.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.image
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  key:
    description: Return only the labels with this key. If not specified, all labels are returned.
    type: str
notes:
  - Requires a token with the scope C(repo:read), of an account that can read the repository.
  - Takes one request for an image with a digest, else two.
seealso:
  - module: dockhand.quay.quay_manifest_label
"""

EXAMPLES = r"""
- name: List the labels of an image
  dockhand.quay.quay_manifest_label_info:
    image: payments/api:1.4
  register: image

- name: Show those that were set in Quay
  ansible.builtin.debug:
    msg: "{{ image.labels | selectattr('source_type', 'eq', 'api') | items2dict(key_name='key') }}"
"""

RETURN = r"""
labels:
  description: The labels, in the order of the server.
  returned: always
  type: list
  elements: dict
  contains:
    id:
      description: ID of the label.
      returned: always
      type: str
      sample: 45fd151d-b7e0-41ce-a357-b3a7c3bbce45
    key:
      description: Key of the label.
      returned: always
      type: str
      sample: approved-by
    value:
      description: Value of the label.
      returned: always
      type: str
      sample: security
    media_type:
      description: V(text/plain) or V(application/json).
      returned: always
      type: str
      sample: text/plain
    source_type:
      description: V(manifest) for a label that came with the image and is read-only, V(api) for one that was set later.
      returned: always
      type: str
      sample: api
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.manifest.info import LABEL_INFO

OPERATION = LABEL_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
