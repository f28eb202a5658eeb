#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_tag_prune
short_description: Delete old tags of a Quay repository by rules
version_added: 1.0.0
description:
  - Deletes old tags of a repository by rules, and reports how many images and bytes that frees. A tag is deleted only
    if all specified rules allow it.
  - In check mode, nothing is deleted. The result and the diff show what would be deleted.
  - Quay keeps deleted tags for a while, in the time machine of the namespace. During this time,
    M(dockhand.quay.quay_tag) can restore them.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.workers
  - dockhand.quay.repository
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  tags:
    description:
      - Names of the tags that may be deleted, or shell patterns such as V(pr-*). If not specified, all tags may be
        deleted.
      - At least one of O(tags), O(keep_newest), O(older_than) and O(not_pulled_since) is required.
    type: list
    elements: str
  protect:
    description:
      - Names of tags that are never deleted, or shell patterns such as V(v*).
      - O(keep_newest) does not count these tags.
    type: list
    elements: str
    default: []
  keep_newest:
    description:
      - Number of tags to keep, the newest ones; 1 or more.
      - Tags that do not match O(tags), or that match O(protect), are kept in addition.
    type: int
  older_than:
    description:
      - Delete only tags that were last changed before this time.
      - An age such as V(30d) or V(12h), or a date or time in ISO 8601. Times without a time zone are UTC.
    type: str
  not_pulled_since:
    description:
      - Delete only tags whose image was not pulled since this time, neither by the tag nor by its digest.
      - If a tag was never pulled, the time of its last change is used instead.
      - An age or a time, as in O(older_than).
      - Requires Quay 3.16 or later with C(FEATURE_IMAGE_PULL_STATS), and takes one more request for each tag that the
        other rules do not keep.
    type: str
  keep_shared:
    description: Whether to keep a tag if its image has another tag that is kept, because deleting only one of them
      frees nothing.
    type: bool
    default: false
  max_deletions:
    description: If more tags than this would be deleted, the task fails and deletes none. If not specified, there is no
      limit.
    type: int
notes:
  - Requires a token with the scope C(repo:write), of an account that can write to the repository.
  - Takes two requests for a repository of up to 100 tags, one more for each further 100 tags, and one for each deleted
    tag.
  - Immutable tags are kept, and their names are returned.
  - Signatures, attestations and the like have tags of their own, named C(sha256-…) after the digest of their image.
    Such a tag is deleted only together with the last ordinary tag of its image. Of the rules, only O(protect) applies
    to it.
  - The rules are applied to the list of tags that is read first. If somebody pushes one of the chosen tags after that,
    it is deleted all the same.
seealso:
  - module: dockhand.quay.quay_tag
  - module: dockhand.quay.quay_tag_info
  - module: dockhand.quay.quay_repository_prune
  - name: Delete old tags
    description: A guide with a dry run, the rules, and how to restore a tag.
    link: https://github.com/dockhand/dockhand.quay/blob/main/docs/docsite/rst/old_tags.rst
"""

EXAMPLES = r"""
- name: Delete tags of pull requests that are older than a month
  dockhand.quay.quay_tag_prune:
    repository: payments/api
    tags: [pr-*]
    older_than: 30d

- name: Keep the 20 newest builds, all releases, and everything that was pulled in the last 90 days
  dockhand.quay.quay_tag_prune:
    repository: payments/api
    protect: [latest, stable, v*]
    keep_newest: 20
    not_pulled_since: 90d
    max_deletions: 5000
  register: pruned

- name: Show how much this frees
  ansible.builtin.debug:
    msg: >-
      {{ pruned.summary.deleted_tags }} tags with {{ pruned.summary.freed_bytes | ansible.builtin.human_readable }},
      which can be restored until {{ pruned.restorable_until }}
"""

RETURN = r"""
deleted:
  description: The tags that were deleted, the newest first; in check mode, those that would be deleted.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: Name of the tag.
      returned: always
      type: str
      sample: pr-17
    manifest_digest:
      description: Digest of its manifest. If the name is used for another image later, specify this digest in
        M(dockhand.quay.quay_tag) to restore the deleted image.
      returned: always
      type: str
      sample: sha256:0d7317f98dcc3ff3685548e28baaa155958128b791601fef6e470e3daac0c04a
    size:
      description: Size of its image in bytes, as Quay reports it. 0 for a manifest list.
      returned: always
      type: int
      sample: 94
    last_modified:
      description: Time of its last change, in ISO 8601.
      returned: always
      type: str
      sample: "2026-11-01T00:00:00Z"
immutable:
  description: Names of the tags that the rules would delete if they were not immutable.
  returned: always
  type: list
  elements: str
restorable_until:
  description:
    - Time until which all deleted tags can be restored, in ISO 8601.
    - Null in check mode, if nothing was deleted, or if the time machine does not keep deleted tags.
  returned: always
  type: str
  sample: "2026-12-08T07:21:11Z"
time_machine:
  description: How long the time machine of the namespace keeps deleted tags. V(0s) if it does not keep them.
  returned: always
  type: str
  sample: 2w
summary:
  description: Figures of the repository before the deletion, and of what is deleted.
  returned: always
  type: dict
  contains:
    tags:
      description: Number of tags in the repository.
      returned: always
      type: int
      sample: 26000
    manifests:
      description: Number of different manifests that these tags point to.
      returned: always
      type: int
      sample: 21000
    bytes:
      description: Total size of these manifests in bytes, as Quay reports it. If images share a layer, it is counted
        for each of them.
      returned: always
      type: int
    deleted_tags:
      description: Number of deleted tags.
      returned: always
      type: int
      sample: 19000
    freed_manifests:
      description: Number of manifests that no longer have a tag.
      returned: always
      type: int
      sample: 16000
    freed_bytes:
      description: Total size of these manifests in bytes. Quay frees the storage when the time machine no longer keeps
        the tags. Layers that other images use stay.
      returned: always
      type: int
    kept:
      description:
        - Number of kept tags by reason. If a tag has several reasons, the first in the following order counts.
        - V(attached) means that the tag is a signature or attestation of an image that is not deleted.
        - V(unmatched) means that the name does not match O(tags).
        - V(protected) means that the name matches O(protect).
        - V(newest) means that O(keep_newest) keeps the tag.
        - V(young) means that O(older_than) keeps the tag.
        - V(pulled) means that O(not_pulled_since) keeps the tag.
        - V(immutable) means that Quay does not delete the tag.
        - V(shared) means that O(keep_shared) keeps the tag.
      returned: always
      type: dict
      sample: {newest: 20, protected: 6980}
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.module import TAG_PRUNE

OPERATION = TAG_PRUNE


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
