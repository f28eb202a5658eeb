#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_repository
short_description: Manage repositories of Quay
version_added: 0.9.0
description:
  - Creates a repository, sets its visibility, description and state, grants permissions on it, stars it, or deletes it
    with all its images.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
options:
  name:
    description:
      - Repository as V(namespace/name), split at the first slash, so that the name may hold more of them. The namespace
        is an organization, which must exist for O(state=present), or a user.
      - A name without a namespace is a repository of the account that the credentials act for.
        No new repository is made in the personal namespace of somebody else.
      - A new name has lower-case letters, digits, V(.), V(_) and V(-), and begins with a letter or digit.
      - A name such as V(app/mirror) or V(app/tag) is refused, since the API of Quay takes its end for a part of V(app).
    type: str
    required: true
  visibility:
    description:
      - Whether anyone may pull.
      - A new repository is V(private) where this is not given.
    type: str
    choices: [public, private]
  description:
    description: Text in Markdown. The empty text clears it.
    type: str
  repo_state:
    description:
      - V(NORMAL) takes pushes, V(READ_ONLY) takes none, V(MIRROR) takes those of its mirror only.
      - A new repository is V(NORMAL) where this is not given. Needs a server with C(FEATURE_REPO_MIRROR).
    type: str
    choices: [NORMAL, READ_ONLY, MIRROR]
  star:
    description: Whether the account that the credentials act for has starred it. Needs scope C(user:admin).
    type: bool
  perms:
    description:
      - Permissions of users, robots and teams.
      - Where this is not given, all stay as they are, whatever O(append) says.
      - Quay gives permissions on a new repository by itself, admin to the account that creates it, and what the default
        permissions of the organization say. These are known beforehand and not touched unless O(append=false).
      - The owner of a personal namespace always is admin of its repositories, declared or not.
    type: list
    elements: dict
    suboptions:
      name:
        description: User, robot account as V(namespace+name), or team of the organization. It must exist.
        type: str
        required: true
      type:
        description: What the name stands for; V(user) for users and robots.
        type: str
        choices: [user, team]
        default: user
      role:
        description: What it may do, V(read) to pull, V(write) to push too, V(admin) to do everything.
        type: str
        choices: [read, write, admin]
        default: read
  append:
    description:
      - V(true) adds O(perms) to those that the repository has.
      - V(false) removes all others, so an empty list removes all. What the robot of a mirror got from Quay stays.
      - V(false) takes the permission of the task's own account, too, as the last step, if the account administers the
        organization. Else it would lock itself out, so that its permission is kept, with a warning.
      - V(false) needs scope C(user:read) where other users have permissions, and on a new repository the rights of an
        administrator of the organization.
    type: bool
    default: true
  auto_prune_method:
    description:
      - How Quay itself removes old tags of the repository.
      - With V(tags) the newest ones stay, with V(date) those that are older than an age go, with V(none) all policies
        are deleted.
      - A policy with this method and O(auto_prune_value) is enough. Where there is none, it takes the place of the
        policy that is for all tags, else of any one, pattern and all, or is made. Others stay.
      - Where this is not given, all policies stay as they are.
      - This is for playbooks that have one policy as an option. M(dockhand.quay.quay_repository_prune) knows
        patterns and several policies.
      - Needs a server with C(FEATURE_AUTO_PRUNE).
    type: str
    choices: [none, tags, date]
  auto_prune_value:
    description:
      - With O(auto_prune_method=tags), how many tags stay, as a whole number from 1.
      - With O(auto_prune_method=date), the age from which on a tag goes, such as V(7d).
      - Required with both.
    type: str
notes:
  - Check mode does not look whether the accounts exist; a real run fails on one that Quay does not know.
  - Needs a token with scope C(repo:admin), of an administrator of the repository (or of a superuser where
    C(FEATURE_SUPERUSERS_FULL_ACCESS) is on). To create one, scope C(repo:create) or C(org:admin), of an administrator
    or creator of the organization. To change only the description, scope C(repo:write) does.
  - Deleting a repository deletes its images at once. Quay asks nothing.
  - To all but administrators of its namespace Quay does not tell a repository that does not exist from one that is
    forbidden. O(state=absent) fails then, and never passes one for the other.
seealso:
  - module: dockhand.quay.quay_default_perm
  - module: dockhand.quay.quay_repository_prune
  - module: dockhand.quay.quay_robot
  - module: dockhand.quay.quay_team
"""

EXAMPLES = r"""
- name: A repository that developers push to and anyone pulls from
  dockhand.quay.quay_repository:
    name: payments/api
    visibility: public
    description: The **API** of payments
    perms:
      - name: developers
        type: team
        role: write
      - name: payments+deployer
        role: write

- name: These and nobody else
  dockhand.quay.quay_repository:
    name: payments/vault
    visibility: private
    perms:
      - name: operations
        type: team
        role: admin
      - name: alice
    append: false

- name: No more pushes to the old one
  dockhand.quay.quay_repository:
    name: payments/legacy
    repo_state: READ_ONLY

- name: My own sandbox, easy to find
  dockhand.quay.quay_repository:
    name: sandbox
    star: true

- name: A repository that nobody needs is gone, with its images
  dockhand.quay.quay_repository:
    name: payments/prototype
    state: absent
"""

RETURN = r"""
repository:
  description: The repository after the task.
  returned: with O(state=present)
  type: dict
  contains:
    name:
      description: Full name, V(namespace/name).
      returned: always
      type: str
    visibility:
      description: V(public) or V(private).
      returned: always
      type: str
    description:
      description: Description in Markdown.
      returned: always
      type: str
    repo_state:
      description: State, such as V(NORMAL).
      returned: always
      type: str
    star:
      description: Whether the account that the credentials act for has starred it.
      returned: always
      type: bool
    perms:
      description:
        - Permissions of the types that O(perms) names, with O(append=false) of both, sorted by type and name.
        - The owner of a personal namespace and deleted users are not among them.
      returned: when O(perms) is given
      type: list
      elements: dict
      contains:
        name:
          description: User, robot account or team.
          returned: always
          type: str
        type:
          description: V(user) or V(team).
          returned: always
          type: str
        role:
          description: V(read), V(write) or V(admin).
          returned: always
          type: str
    auto_prune_method:
      description: V(tags), V(date) or V(none).
      returned: when O(auto_prune_method) is given
      type: str
    auto_prune_value:
      description: How many tags stay, or the age from which on they go.
      returned: when O(auto_prune_value) is given
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.prune.option import CONSTRAINTS
from ansible_collections.dockhand.quay.plugins.module_utils._objects.repository.resource import REPOSITORY

OPERATION = manage(REPOSITORY, constraints=CONSTRAINTS)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
