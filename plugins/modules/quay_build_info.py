#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_build_info
short_description: List builds of a Quay repository
version_added: 1.0.0
description:
  - Lists the newest builds of a repository, or reads one of them, with phases and, on request, logs.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  repository:
    description:
      - Repository as V(namespace/repository).
      - Without a namespace, a repository of the task's own account. Looking up the account takes one more request.
      - If not specified, O(id) can be a build of any repository, which requires a token of a superuser with the scope
        C(super:user). Quay then leaves some values empty. Before Quay 3.17, only a build that a trigger started can be
        read this way.
    type: str
  id:
    description: Return only the build with this ID.
    type: str
  limit:
    description: Maximum number of builds to list.
    type: int
    default: 20
  logs:
    description: Whether to add the log of each build, which takes one more request per build.
    type: bool
    default: false
notes:
  - Requires a token with the scope C(repo:read), of an account that can read the repository. URLs of archives, and
    logs, require write access and the scope C(repo:write).
  - After Quay has archived a log, only a password or a session can read it, not a token.
seealso:
  - module: dockhand.quay.quay_build
"""

EXAMPLES = r"""
- name: List the newest builds
  dockhand.quay.quay_build_info:
    repository: payments/api
  register: lately

- name: Show the failed builds
  ansible.builtin.debug:
    msg: "{{ lately.builds | selectattr('phase', 'in', ['error', 'expired']) | map(attribute='display_name') }}"

- name: Get the newest build with its log
  dockhand.quay.quay_build_info:
    repository: payments/api
    limit: 1
    logs: true
"""

RETURN = r"""
builds:
  description: The builds, newest first.
  returned: always
  type: list
  elements: dict
  contains:
    repository:
      description: Repository of the build, with its namespace.
      returned: always
      type: str
    id:
      description: ID of the build.
      returned: always
      type: str
    phase:
      description:
        - Phase of the build. The final phases are V(complete), V(error), V(cancelled) and V(expired), which is an
          internal error after the last try.
        - V(cannot_load) means that the server cannot read what its builders report.
      returned: always
      type: str
    error:
      description: Error message of Quay; usually null, because reasons are in the log.
      returned: always
      type: str
    started:
      description: When the build was requested, as ISO 8601 time in UTC.
      returned: always
      type: str
    display_name:
      description: Short name of the build, derived from a digest of the URL, or from the commit.
      returned: always
      type: str
    manual_user:
      description: Account that requested the build, or null.
      returned: always
      type: str
    archive_url:
      description: URL of the archive. Null for a build by a trigger, and without write access to the repository.
      returned: always
      type: str
    dockerfile_path:
      description: Path of the Dockerfile.
      returned: always
      type: str
    context:
      description: Folder that is the context of the build.
      returned: always
      type: str
    docker_tags:
      description: Tags of the image.
      returned: always
      type: list
      elements: str
    pull_robot:
      description: Robot account that pulls private base images, or null.
      returned: always
      type: str
    trigger:
      description: ID of the build trigger that started it, or null.
      returned: always
      type: str
    commit:
      description: Commit that is built, or null.
      returned: always
      type: str
    ref:
      description: Branch or tag of the commit, such as V(refs/heads/main), or null.
      returned: always
      type: str
    logs:
      description: Entries of the log, oldest first. Null with a warning if Quay does not return it.
      returned: when O(logs) is true
      type: list
      elements: dict
      contains:
        message:
          description: Text of the entry.
          returned: always
          type: str
        type:
          description: V(phase), V(command) or V(error); missing for plain output.
          returned: if Quay returns it
          type: str
        data:
          description: Data of this type of entry.
          returned: if Quay returns it
          type: dict
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build.info import BUILD_INFO

OPERATION = BUILD_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
