#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_build
short_description: Build images in Quay
version_added: 1.0.0
description:
  - Starts a build in Quay, which creates an image from a Dockerfile and pushes the image to a repository. Can wait for
    the build or cancel it.
  - The source is an archive that Quay downloads, or the Git repository of a build trigger.
  - A build that is waiting, running or complete counts as the requested build if it has the same source, Dockerfile,
    context, tags and pull robot, so no new one is started. A failed or cancelled build is started again.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.repository
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
attributes:
  idempotent:
    support: partial
    details: With O(force=true), each run starts another build.
options:
  id:
    description:
      - ID of a build, such as RV(dockhand.quay.quay_build_info#module:builds[].id). Requires O(state=cancelled).
      - Exactly one of O(archive_url), O(trigger) and O(id) is required.
    type: str
  archive_url:
    description:
      - URL of a C(.tar.gz) or C(.zip) archive with the Dockerfile. Quay downloads it, so it must be reachable from the
        server.
      - Only V(http) and V(https) are allowed.
      - The URL is part of the identity of a build. A URL that changes each time, such as a signed one, starts a build
        each time. A change of the content behind the URL is not detected; O(force) builds it again.
      - Everyone with write access to the repository can read the URL, including a password in it.
    type: str
  dockerfile_path:
    description:
      - Path of the Dockerfile. If not specified, the file V(Dockerfile) in O(subdirectory). Without O(subdirectory),
        the file is in O(context). Without either of them, it is in the top folder of the archive.
    type: str
  subdirectory:
    description: Folder of the archive that contains the Dockerfile. The name of the file must be C(Dockerfile).
    type: str
  context:
    description: Folder that is the context of the build. If not specified, the folder of the Dockerfile.
    type: str
  docker_tags:
    description:
      - Tags of the image. If not specified, V(latest).
      - Quay replaces characters that are invalid in a tag with C(_), and truncates the tag to 127 characters. The
        returned value shows the result.
    type: list
    elements: str
  pull_robot:
    description:
      - Robot account as V(namespace+name) that pulls private base images.
      - The account of the task must administer the namespace of the robot, with the scope C(org:admin).
    type: str
  trigger:
    description:
      - Build trigger of the repository, by its ID or by its build source. It must be active and enabled. It determines
        the Dockerfile, the context, the tags and the pull robot.
    type: str
  branch_name:
    description:
      - Branch to build, for triggers of GitHub, GitLab and Bitbucket. If not specified, the default branch.
      - New commits on the branch since its last build are not detected; O(force) builds it again.
    type: str
  commit_sha:
    description: Commit to build, as 7 or more hexadecimal digits. Required for a trigger of a plain Git repository.
    type: str
  state:
    description:
      - V(present) starts the build unless the same build is waiting, running or complete.
      - V(complete) does the same, and waits until the build is complete. The task fails if the build fails.
      - V(cancelled) cancels all builds that match the requested one and are waiting or running, or the build with the
        O(id). Does nothing if they have ended. Quay does not cancel a build that is pushing its image, and without a
        build manager it cancels only waiting builds.
    type: str
    choices: [present, complete, cancelled]
    default: present
  force:
    description: V(true) starts another build in any case, so the task always reports a change.
    type: bool
    default: false
  wait:
    description: Whether to wait until the build is complete, as O(state=complete) always does.
    type: bool
    default: false
  wait_timeout:
    description: Maximum number of seconds to wait, up to 86400. After that the task fails, and the build continues.
    type: float
    default: 1800.0
  wait_interval:
    description:
      - Seconds before the first check of the build.
      - Each interval is 1.5 times as long as the one before, up to 60 seconds.
    type: float
    default: 2.0
  logs:
    description: Whether to return the full log of the build.
    type: bool
    default: false
notes:
  - Requires a token with the scope C(repo:write), of an account with write access to the repository. With O(trigger) or
    O(state=cancelled), requires the scope C(repo:admin) and an administrator of the repository.
  - With O(id), a superuser can cancel builds in repositories of others if the server has
    C(FEATURE_SUPERUSERS_FULL_ACCESS). A token then requires the scope C(super:user).
  - Requires C(FEATURE_BUILD_SUPPORT) on the server. Without a build manager, builds wait forever.
  - Only the 100 newest builds of the repository are compared.
  - After Quay has archived a log, only a password or a session can read it, not a token.
seealso:
  - module: dockhand.quay.quay_build_info
  - module: dockhand.quay.quay_build_trigger
"""

EXAMPLES = r"""
- name: Build a release and wait for it
  dockhand.quay.quay_build:
    repository: payments/api
    archive_url: https://example.com/payments-api-1.4.0.tar.gz
    docker_tags: ["1.4.0", latest]
    state: complete
    wait_timeout: 3600

- name: Build another Dockerfile of the same archive, with a private base image
  dockhand.quay.quay_build:
    repository: payments/worker
    archive_url: https://example.com/payments-api-1.4.0.tar.gz
    dockerfile_path: docker/Dockerfile.worker
    context: /
    docker_tags: ["1.4.0"]
    pull_robot: payments+deployer

- name: Build again every night
  dockhand.quay.quay_build:
    repository: payments/api
    archive_url: https://example.com/nightly.tar.gz
    docker_tags: [nightly]
    force: true

- name: Build a commit with a trigger
  dockhand.quay.quay_build:
    repository: payments/api
    trigger: https://git.example.com/payments/api.git
    commit_sha: 9fceb02d0ae598e95dc970b74767f19372d61af8

- name: Cancel the nightly build
  dockhand.quay.quay_build:
    repository: payments/api
    archive_url: https://example.com/nightly.tar.gz
    docker_tags: [nightly]
    state: cancelled

- name: List the newest builds of the repository
  dockhand.quay.quay_build_info:
    repository: payments/api
  register: newest

- name: Cancel those that have not ended, whatever they build
  dockhand.quay.quay_build:
    repository: payments/api
    id: "{{ item.id }}"
    state: cancelled
  loop: "{{ newest.builds }}"
"""

RETURN = r"""
build:
  description: The build. With O(state=cancelled), the newest of the cancelled builds.
  returned: always; with O(state=cancelled) when there is one
  type: dict
  contains:
    repository:
      description: Repository of the build, with its namespace.
      returned: always
      type: str
    id:
      description: ID of the build. In check mode, values that only Quay knows are null for a new build.
      returned: always
      type: str
    phase:
      description:
        - Phase of the build. The final phases are V(complete), V(error), V(cancelled) and V(expired). V(expired) means
          an internal error after which there is no further try.
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
  returned: when O(logs) is true and O(state) is not V(cancelled)
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
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build.module import BUILD

OPERATION = BUILD


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
