#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_pull_stat_info
short_description: Get pull statistics of an image in Quay
version_added: 1.0.0
description:
  - Returns how often a tag or a manifest was pulled, and when it was last pulled.
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
    description: Tag to get the statistics of, with those of the manifest that it points to. If neither this option nor
      O(digest) is specified, it is V(latest).
    type: str
  digest:
    description: Digest of the manifest to get the statistics of.
    type: str
notes:
  - Requires a token with the scope C(repo:read), of an account that can read the repository.
  - Requires Quay 3.16 or later with C(FEATURE_IMAGE_PULL_STATS).
  - Quay counts pulls at intervals, and the statistics of a tag start again after the tag was deleted.
seealso:
  - module: dockhand.quay.quay_tag_info
"""

EXAMPLES = r"""
- name: Get the pulls of a tag
  dockhand.quay.quay_pull_stat_info:
    repository: payments/api
    tag: "1.4"
  register: pulls

- name: Show how often it was pulled
  ansible.builtin.debug:
    msg: "{{ pulls.tag_pull_count }} pulls, the last {{ pulls.last_tag_pull_date or 'never' }}"
"""

RETURN = r"""
manifest_digest:
  description: Digest of the manifest, as specified or as the tag points to it.
  returned: if the tag or manifest exists
  type: str
  sample: sha256:770c6e5538e722a1dbedaafda75d4079bb6a781144ef66ff1de4494dac29b8a8
manifest_pull_count:
  description: Number of pulls of the manifest, by any tag and by digest.
  returned: if the tag or manifest exists
  type: int
  sample: 12
last_manifest_pull_date:
  description: Time of its last pull, as the server writes it; null if it was never pulled.
  returned: if the tag or manifest exists
  type: str
  sample: Sun, 01 Nov 2026 00:00:00 -0000
tag_name:
  description: Name of the tag.
  returned: if the tag exists and O(digest) is not specified
  type: str
  sample: "1.4"
tag_pull_count:
  description: Number of pulls by this tag.
  returned: if the tag exists and O(digest) is not specified
  type: int
  sample: 3
last_tag_pull_date:
  description: Time of the last pull by this tag, as the server writes it; null if there was none.
  returned: if the tag exists and O(digest) is not specified
  type: str
  sample: Sun, 01 Nov 2026 00:00:00 -0000
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag.info import PULL_STAT_INFO

OPERATION = PULL_STAT_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
