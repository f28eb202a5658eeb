#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_layer_info
short_description: List the layers of an image in Quay
version_added: 1.0.0
description:
  - Lists the layers of an image with the commands that built them.
  - The list is empty if the image or its repository does not exist, and for a manifest list (images for several
    platforms).
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.image
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
notes:
  - Requires a token with the scope C(repo:read), of an account that can read the repository.
  - Takes one request for an image with a digest, else two. A tag that has expired or was deleted still counts, as long
    as another tag keeps its image.
seealso:
  - module: dockhand.quay.quay_manifest_info
"""

EXAMPLES = r"""
- name: List the layers of an image
  dockhand.quay.quay_layer_info:
    image: payments/api:1.4
  register: image

- name: Show the size of the image
  ansible.builtin.debug:
    msg: "{{ image.layers | sum(attribute='compressed_size') | ansible.builtin.human_readable }}"
"""

RETURN = r"""
layers:
  description: The layers, the last build step first.
  returned: always
  type: list
  elements: dict
  contains:
    index:
      description: Position in the image, 0 at its base.
      returned: always
      type: int
      sample: 0
    command:
      description: Build command of the layer; null if the image does not have it.
      returned: always
      type: list
      elements: str
      sample: ["/bin/sh -c make install"]
    created_datetime:
      description: Time of its creation, as the server writes it; null if the image does not have it.
      returned: always
      type: str
      sample: Thu, 01 Jan 2026 00:00:00 -0000
    compressed_size:
      description: Size in bytes, compressed.
      returned: always
      type: int
      sample: 96
    blob_digest:
      description: Digest of the content.
      returned: always
      type: str
      sample: sha256:7982c7051da670b8f75553d5fb65ff091c6234e9d8d2c2cd988559093a165a20
    is_remote:
      description: Whether the content is not in the registry, but at RV(layers[].urls).
      returned: always
      type: bool
    urls:
      description: URLs of content that is not in the registry; null for all other layers.
      returned: always
      type: list
      elements: str
    comment:
      description: Comment of the image's author; null without one.
      returned: always
      type: str
    author:
      description: Author as the image names them; null if it does not.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.manifest.info import LAYER_INFO

OPERATION = LAYER_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
