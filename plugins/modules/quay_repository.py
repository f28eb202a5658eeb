#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_repository
short_description: Manage repositories of Quay
version_added: 1.0.0
description:
  - Creates a repository, sets its visibility, description and state, grants permissions on it, stars it, or deletes it
    with all its images.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.auto_prune
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
options:
  name:
    description:
      - Repository as V(namespace/name), split at the first slash, so the name itself can contain slashes. The namespace
        is a user, or an organization that must exist for O(state=present).
      - A name without a namespace is a repository of the account of the task. Repositories cannot be
        created in the personal namespace of another account.
      - Apart from slashes, a new name consists of lower-case letters, digits, V(.), V(_) and V(-). It starts with a
        letter or digit.
      - Names such as V(payments/app/mirror) or V(payments/app/tag) are rejected, because the API of Quay would use the
        last part as a route of V(payments/app).
    type: str
    required: true
  visibility:
    description:
      - Whether anyone can pull.
      - If not specified, a new repository is V(private).
    type: str
    choices: [public, private]
  description:
    description: Description of the repository in Markdown. An empty string clears it.
    type: str
  repo_state:
    description:
      - V(NORMAL) accepts pushes, V(READ_ONLY) accepts none, V(MIRROR) accepts only those of its mirror.
      - If not specified, a new repository is V(NORMAL). Requires a server with C(FEATURE_REPO_MIRROR).
    type: str
    choices: [NORMAL, READ_ONLY, MIRROR]
  star:
    description: Whether the account of the task has starred it. Requires the scope C(user:admin).
    type: bool
  perms:
    description:
      - Permissions of users, robots and teams.
      - If not specified, all permissions are left unchanged, whatever O(append) is.
      - Quay grants permissions on a new repository on its own. The account that creates it is an administrator, and the
        default permissions of the organization apply. The module takes these into account and leaves them unchanged
        unless O(append=false).
      - The owner of a personal namespace is always an administrator of its repositories, whether declared or not.
    type: list
    elements: dict
    suboptions:
      name:
        description: User, robot account as V(namespace+name), or team of the organization. It must exist.
        type: str
        required: true
      type:
        description: Type of the name; V(user) is for users and robots.
        type: str
        choices: [user, team]
        default: user
      role:
        description: V(read) allows pulling, V(write) also pushing, V(admin) everything.
        type: str
        choices: [read, write, admin]
        default: read
  append:
    description:
      - V(true) adds O(perms) to the existing permissions.
      - V(false) removes all other permissions, so an empty list removes all. The permission that Quay granted to the
        robot of a mirror is kept.
      - V(false) also removes the permission of the task's own account, as the last step, if the account administers the
        organization. Otherwise it would be locked out, so its permission is kept, with a warning.
      - V(false) requires the scope C(user:read) if other users have permissions. For a new repository, it requires the
        rights of an administrator of the organization.
    type: bool
    default: true
notes:
  - Check mode does not verify that the accounts exist; a real run fails if one is unknown to Quay.
  - Requires a token with the scope C(repo:admin), of an administrator of the repository or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser. Creating a repository requires the scope C(repo:create) or
    C(org:admin), of an administrator or creator of the organization. To change the description only, the scope
    C(repo:write) is sufficient.
  - Deleting a repository deletes its images immediately, without confirmation.
  - A repository cannot be renamed or moved to another namespace, because Quay's API has no route for it. Create a new
    repository, copy the images, for example with C(skopeo sync), and delete the old one.
  - For accounts that do not administer the namespace, Quay does not distinguish a missing repository from a forbidden
    one. In this case O(state=absent) fails instead of reporting success. With O(state=present), if Quay refuses to
    create the repository because it exists, the task reports no change, and warns that the other options could not be
    compared. The same applies to a token that has only the scope C(repo:create).
seealso:
  - module: dockhand.quay.quay_default_perm
  - module: dockhand.quay.quay_repository_prune
  - module: dockhand.quay.quay_robot
  - module: dockhand.quay.quay_team
"""

EXAMPLES = r"""
- name: Create a public repository that developers push to
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

- name: Grant permissions to these only
  dockhand.quay.quay_repository:
    name: payments/vault
    visibility: private
    perms:
      - name: operations
        type: team
        role: admin
      - name: alice
    append: false

- name: Make the old repository read-only
  dockhand.quay.quay_repository:
    name: payments/legacy
    repo_state: READ_ONLY

- name: Create a sandbox of my own and star it
  dockhand.quay.quay_repository:
    name: sandbox
    star: true

- name: Delete a repository with its images
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
      description: Whether the account of the task has starred it.
      returned: always
      type: bool
    perms:
      description:
        - All permissions of the types (V(user), V(team)) that occur in O(perms). With O(append=false), all permissions
          of both types. They are sorted by type and name.
        - The owner of a personal namespace and deleted users are not included.
      returned: when O(perms) is specified
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
      returned: when O(auto_prune_method) is specified
      type: str
    auto_prune_value:
      description: Number of tags to keep, or the age at which tags are deleted.
      returned: when O(auto_prune_value) is specified
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
