#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_build_info
short_description: List builds of a Quay repository
version_added: 0.9.0
description:
  - Lists the newest builds of a repository with their phases, and their logs on request.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.build
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  id:
    description: Only the build with this id.
    type: str
  limit:
    description: Number of builds to list at most.
    type: int
    default: 20
  logs:
    description: V(true) adds the log of each build, which takes one more request for each.
    type: bool
    default: false
notes:
  - Needs a token with scope C(repo:read), of an account that may read the repository. Addresses of archives, and logs,
    take write access and scope C(repo:write).
  - Where Quay has put a log into its own archive, it gives it to a password or a session only, not to a token.
seealso:
  - module: dockhand.quay.quay_build
"""

EXAMPLES = r"""
- name: What was built lately?
  dockhand.quay.quay_build_info:
    repository: payments/api
  register: lately

- name: Which of it failed?
  ansible.builtin.debug:
    msg: "{{ lately.builds | selectattr('phase', 'in', ['error', 'expired']) | map(attribute='display_name') }}"

- name: The newest build with its log
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
      description: Id of the build.
      returned: always
      type: str
    phase:
      description:
        - Where the build is. It ends as V(complete), V(error), V(cancelled) or V(expired), which is an internal error
          after the last try.
        - V(cannot_load) means that the server cannot read what its builders report.
      returned: always
      type: str
    error:
      description: Reason that Quay gives beside the phase; mostly null, since reasons are in the log.
      returned: always
      type: str
    started:
      description: When it was asked for, as ISO 8601 time in UTC.
      returned: always
      type: str
    display_name:
      description: Short name of the build, made of a digest of the address, or of the commit.
      returned: always
      type: str
    manual_user:
      description: Account that asked for it, or null.
      returned: always
      type: str
    archive_url:
      description: Address of the archive. Null for a build by a trigger, and without write access to the repository.
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
      description: Tags that the image gets.
      returned: always
      type: list
      elements: str
    pull_robot:
      description: Robot account that pulls private base images, or null.
      returned: always
      type: str
    trigger:
      description: Id of the build trigger that started it, or null.
      returned: always
      type: str
    commit:
      description: Commit that is built, or null.
      returned: always
      type: str
    ref:
      description: Branch or tag that the commit was taken from, as V(refs/heads/main), or null.
      returned: always
      type: str
    logs:
      description: Entries of the log, oldest first. Null where Quay does not give it, and a warning tells why.
      returned: when O(logs) is true
      type: list
      elements: dict
      contains:
        message:
          description: Text of the entry.
          returned: always
          type: str
        type:
          description: V(phase), V(command) or V(error); not there for plain output.
          returned: when Quay gives it
          type: str
        data:
          description: What belongs to the type.
          returned: when Quay gives it
          type: dict
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build.info import BUILD_INFO

OPERATION = BUILD_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
