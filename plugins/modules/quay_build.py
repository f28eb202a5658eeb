#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_build
short_description: Build images in Quay
version_added: 0.9.0
description:
  - Has Quay build an image from a Dockerfile and push it into a repository, waits for it, or cancels it.
  - The source is an archive that Quay downloads, or what a build trigger of the repository knows.
  - A build with the same source, Dockerfile, context, tags and pull robot that waits, runs or is complete is taken for
    the one that is asked for, and no other is started. One that failed or was cancelled is started anew.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.build
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
attributes:
  idempotent:
    support: partial
    details: With O(force=true), each run starts another build.
options:
  archive_url:
    description:
      - Address of a C(.tar.gz) or C(.zip) archive that holds the Dockerfile. Quay downloads it, so it must reach it.
      - Only V(http) and V(https) are allowed.
      - It tells whether a build is the same. An address that changes each time, as signed ones do, starts a build each
        time. What is behind the address isn't looked at; O(force) builds it again.
      - Everyone with write access to the repository can read it, with a password that is in it.
    type: str
  dockerfile_path:
    description: Path of the Dockerfile. It is V(Dockerfile) in O(subdirectory) or O(context) if not given.
    type: str
  subdirectory:
    description: Folder of the archive where the Dockerfile is, with the name C(Dockerfile).
    type: str
  context:
    description: Folder that is the context of the build. It is the folder of the Dockerfile if not given.
    type: str
  docker_tags:
    description:
      - Tags that the image gets, V(latest) if not given.
      - Quay replaces what a tag can't hold by C(_) and cuts it after 127 characters; so does the returned value.
    type: list
    elements: str
  pull_robot:
    description:
      - Robot account, as V(namespace+name), that pulls private base images.
      - The account that acts must administer the namespace of the robot, with scope C(org:admin).
    type: str
  trigger:
    description:
      - Build trigger of the repository, by its id or by its build source. It must be active and enabled, and gives the
        Dockerfile, the context, the tags and the pull robot.
    type: str
  branch_name:
    description:
      - Branch to build, for triggers of GitHub, GitLab and Bitbucket. It is the default branch if not given.
      - Quay is not asked whether the branch has moved on since it was built; O(force) builds it again.
    type: str
  commit_sha:
    description: Commit to build, in 7 or more hexadecimal digits. A trigger for a plain Git repository needs it.
    type: str
  state:
    description:
      - V(present) starts the build where none of the same waits, runs or is complete.
      - V(complete) does so too, and waits until the build is complete. The task fails where the build does.
      - V(cancelled) cancels all of the same that wait or run. Quay cancels none that is pushing its image, and without
        a build manager only those that wait.
    type: str
    choices: [present, complete, cancelled]
    default: present
  force:
    description: V(true) starts another build in any case, so that the task changes something each time.
    type: bool
    default: false
  wait:
    description: V(true) waits until the build is complete, as O(state=complete) always does.
    type: bool
    default: false
  wait_timeout:
    description: Seconds to wait at most. After them the task fails, and the build goes on.
    type: float
    default: 1800.0
  wait_interval:
    description:
      - Seconds before the first look at the build.
      - Each pause is half as long again as the one before, up to 60 seconds.
    type: float
    default: 2.0
  logs:
    description: V(true) returns the log of the build in full.
    type: bool
    default: false
notes:
  - Needs a token with scope C(repo:write), of an account with write access to the repository; C(repo:admin) and
    administration of the repository with O(trigger) and with O(state=cancelled).
  - Needs C(FEATURE_BUILD_SUPPORT) on the server. Without a build manager, builds wait for ever.
  - The 100 newest builds of the repository are compared.
  - Where Quay has put the log into its own archive, it gives it to a password or a session only, not to a token.
seealso:
  - module: dockhand.quay.quay_build_info
  - module: dockhand.quay.quay_build_trigger
"""

EXAMPLES = r"""
- name: The release is built
  dockhand.quay.quay_build:
    repository: payments/api
    archive_url: https://example.com/payments-api-1.4.0.tar.gz
    docker_tags: ["1.4.0", latest]
    state: complete
    wait_timeout: 3600

- name: Another Dockerfile of the same archive, with a private base image
  dockhand.quay.quay_build:
    repository: payments/worker
    archive_url: https://example.com/payments-api-1.4.0.tar.gz
    dockerfile_path: docker/Dockerfile.worker
    context: /
    docker_tags: ["1.4.0"]
    pull_robot: payments+deployer

- name: Every night anew
  dockhand.quay.quay_build:
    repository: payments/api
    archive_url: https://example.com/nightly.tar.gz
    docker_tags: [nightly]
    force: true

- name: A commit of the repository that a trigger knows
  dockhand.quay.quay_build:
    repository: payments/api
    trigger: https://git.example.com/payments/api.git
    commit_sha: 9fceb02d0ae598e95dc970b74767f19372d61af8

- name: Too early
  dockhand.quay.quay_build:
    repository: payments/api
    archive_url: https://example.com/nightly.tar.gz
    docker_tags: [nightly]
    state: cancelled
"""

RETURN = r"""
build:
  description: The build. With O(state=cancelled) it is the newest of the same.
  returned: always, with O(state=cancelled) when there is one
  type: dict
  contains:
    repository:
      description: Repository of the build, with its namespace.
      returned: always
      type: str
    id:
      description: Id of the build. What only Quay knows of a new build is null in check mode.
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
  returned: when O(logs) is true and O(state) is not V(cancelled)
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
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build.module import BUILD

OPERATION = BUILD


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
