#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_manifest_info
short_description: Get the manifest of an image in Quay
version_added: 1.0.0
description:
  - Returns the manifest of a tag or a digest.
  - If that is a manifest list (images for several platforms), the images are listed.
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
  - Takes one request for an image with a digest, else two.
seealso:
  - module: dockhand.quay.quay_layer_info
  - module: dockhand.quay.quay_tag_info
"""

EXAMPLES = r"""
- name: Get the manifest of an image
  dockhand.quay.quay_manifest_info:
    image: payments/api:1.4
  register: image

- name: Show the platforms of the image
  ansible.builtin.debug:
    msg: "{{ image.manifest.children | map(attribute='architecture') }}"
"""

RETURN = r"""
manifest:
  description: The manifest. Null in check mode if the image does not exist; otherwise the task fails then.
  returned: always
  type: dict
  contains:
    repository:
      description: Repository of the image.
      returned: always
      type: str
      sample: payments/api
    digest:
      description: Digest of the manifest.
      returned: always
      type: str
      sample: sha256:770c6e5538e722a1dbedaafda75d4079bb6a781144ef66ff1de4494dac29b8a8
    media_type:
      description: Media type of the manifest; null if the manifest does not have it.
      returned: always
      type: str
      sample: application/vnd.oci.image.manifest.v1+json
    config_media_type:
      description: Media type of the configuration; null for a manifest list.
      returned: always
      type: str
      sample: application/vnd.oci.image.config.v1+json
    is_manifest_list:
      description: Whether it is a manifest list, with images for several platforms.
      returned: always
      type: bool
    size:
      description: Size of all layers in bytes, compressed. 0 for a manifest list.
      returned: always
      type: int
      sample: 96
    children:
      description: The images of a manifest list; empty for a single image.
      returned: always
      type: list
      elements: dict
      contains:
        digest:
          description: Digest of the image.
          returned: always
          type: str
        media_type:
          description: Media type of the image.
          returned: always
          type: str
        size:
          description: Size of its manifest in bytes.
          returned: always
          type: int
        os:
          description: Operating system; null if not specified.
          returned: always
          type: str
          sample: linux
        architecture:
          description: Architecture; null if not specified.
          returned: always
          type: str
          sample: amd64
        variant:
          description: Variant of the architecture; null if not specified.
          returned: always
          type: str
          sample: v8
        annotations:
          description: Annotations of the entry.
          returned: always
          type: dict
    annotations:
      description: Annotations of the manifest.
      returned: always
      type: dict
    content:
      description: The manifest itself, as text in JSON. Its SHA-256 checksum is the digest.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.manifest.info import MANIFEST_INFO

OPERATION = MANIFEST_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
