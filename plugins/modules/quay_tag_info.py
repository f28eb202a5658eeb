#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_tag_info
short_description: List tags of a Quay repository
version_added: 1.0.0
description:
  - Lists the tags of a repository, including those that the time machine still has.
  - The list is empty if the repository does not exist.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.repository
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  tag:
    description: Return only the tag of exactly this name.
    type: str
  digest:
    description: Return only tags that point to the manifest with this digest.
    type: str
  only_active_tags:
    description: Whether to leave out tags that have expired, were deleted, or were moved to another image. Otherwise a
      name can be listed several times.
    type: bool
    default: false
notes:
  - Requires a token with the scope C(repo:read), of an account that can read the repository.
  - Takes one request for each 100 tags.
seealso:
  - module: dockhand.quay.quay_tag
  - module: dockhand.quay.quay_manifest_info
"""

EXAMPLES = r"""
- name: List the tags of a repository
  dockhand.quay.quay_tag_info:
    repository: payments/api
    only_active_tags: true
  register: repository

- name: Show the images that the repository has
  ansible.builtin.debug:
    msg: "{{ repository.tags | map(attribute='manifest_digest') | unique }}"

- name: Show what a tag has pointed to, the newest first
  dockhand.quay.quay_tag_info:
    repository: payments/api
    tag: latest
"""

RETURN = r"""
tags:
  description: The tags, the newest first.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: Name of the tag.
      returned: always
      type: str
      sample: "1.4"
    manifest_digest:
      description: Digest of the manifest that the tag points to.
      returned: always
      type: str
      sample: sha256:0d7317f98dcc3ff3685548e28baaa155958128b791601fef6e470e3daac0c04a
    is_manifest_list:
      description: Whether the manifest is a manifest list, with images for several platforms.
      returned: always
      type: bool
    size:
      description: Size of the image in bytes, compressed; null or 0 for a manifest list.
      returned: always
      type: int
      sample: 94
    start_ts:
      description: Time of the last change of the tag, in seconds since 1970.
      returned: always
      type: int
      sample: 1795504871
    last_modified:
      description: The same time as the server writes it.
      returned: always
      type: str
      sample: Tue, 24 Nov 2026 07:21:11 -0000
    reversion:
      description: Whether the tag was restored from the time machine.
      returned: always
      type: bool
    end_ts:
      description: Time at which the tag expires, or at which it was moved or deleted, in seconds since 1970.
      returned: if the tag has an end
      type: int
      sample: 1795504879
    expiration:
      description: The same time as the server writes it.
      returned: if the tag has an end
      type: str
      sample: Tue, 24 Nov 2026 07:21:19 -0000
    immutable:
      description: Whether the tag is immutable.
      returned: if the server has immutable tags (Quay 3.17 or later)
      type: bool
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag.info import TAG_INFO

OPERATION = TAG_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
