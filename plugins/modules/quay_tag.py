#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_tag
short_description: Manage tags of images in Quay
version_added: 1.0.0
description:
  - Adds a tag to an image, moves it to another image, restores it from the time machine, or deletes it.
  - Sets the expiration and the immutability of a tag.
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
  tag:
    description:
      - Tag to set or to delete. If it points to another image, it is moved to O(image).
      - If not specified, it is the tag in O(image). Required if O(image) has a digest.
    type: str
  expiration:
    description:
      - Time at which Quay deletes the tag, in the form of O(expiration_format). It must be in the future.
      - Quay keeps it between one hour and 104 weeks after the last change of the tag.
      - An empty string clears the expiration. If a tag moves to another image, it loses its expiration unless this
        option is specified.
    type: str
  expiration_format:
    description:
      - Form of O(expiration), as for C(strptime) of Python.
      - The time is local time where the task runs, unless the form has a time zone (C(%z)).
    type: str
    default: "%Y%m%d%H%M.%S"
  immutable:
    description:
      - If V(true), the tag cannot be moved or deleted. V(false) allows that again, which requires administration of
        the repository.
      - Moving or deleting an immutable tag fails unless V(false) is specified.
      - Requires Quay 3.17 or later with C(FEATURE_IMMUTABLE_TAGS).
    type: bool
  restore:
    description:
      - Whether to restore an image that no longer exists from the time machine. Used with O(state=present) only.
      - If O(image) has a digest, that version of the tag is restored; else the newest one.
    type: bool
    default: false
  permanent:
    description:
      - Whether to delete the tag from the time machine too, so that it cannot be restored. Used with O(state=absent)
        only; earlier versions of the tag are deleted, too.
      - Requires C(PERMANENTLY_DELETE_TAGS) in the configuration of the server.
    type: bool
    default: false
notes:
  - Requires a token with the scope C(repo:write), of an account that can write to the repository.
    O(immutable=false) requires the scope C(repo:admin), of an administrator of the repository.
  - A deleted tag can be restored for as long as the time machine of the namespace keeps it.
  - Takes one request if nothing changes, two if O(image) is another tag than O(tag).
seealso:
  - module: dockhand.quay.quay_repository
"""

EXAMPLES = r"""
- name: Add the tag stable to the image of a release
  dockhand.quay.quay_tag:
    image: payments/api:1.4
    tag: stable

- name: Make a release immutable
  dockhand.quay.quay_tag:
    image: payments/api:1.4
    immutable: true

- name: Let a test image expire at the end of 2027
  dockhand.quay.quay_tag:
    image: payments/api:test
    expiration: "2027-12-31T23:59:59+0000"
    expiration_format: "%Y-%m-%dT%H:%M:%S%z"

- name: Delete a tag
  dockhand.quay.quay_tag:
    image: payments/api:test
    state: absent

- name: Restore the tag
  dockhand.quay.quay_tag:
    image: payments/api:test
    restore: true

- name: Delete a tag with an image that must not be restored
  dockhand.quay.quay_tag:
    image: payments/api:leaked
    state: absent
    permanent: true
"""

RETURN = r"""
tag:
  description: The tag after the task.
  returned: with O(state=present)
  type: dict
  contains:
    image:
      description: Image that the tag points to, as specified, with its namespace.
      returned: always
      type: str
      sample: payments/api:1.4
    tag:
      description: Name of the tag.
      returned: always
      type: str
      sample: stable
    manifest_digest:
      description: Digest of the manifest that the tag points to. Empty in check mode if the image does not exist.
      returned: always
      type: str
      sample: sha256:0d7317f98dcc3ff3685548e28baaa155958128b791601fef6e470e3daac0c04a
    expiration:
      description: Time at which the tag expires, in ISO 8601.
      returned: if the tag expires
      type: str
      sample: "2027-12-31T23:59:59Z"
    immutable:
      description: Whether the tag is immutable.
      returned: always
      type: bool
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag.resource import OPTIONS, TAG

OPERATION = manage(TAG, OPTIONS)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
