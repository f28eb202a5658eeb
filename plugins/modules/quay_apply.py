#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_apply
short_description: Apply a document to a whole Quay registry
version_added: 1.0.0
description:
  - Brings a registry to the state that a document declares. The document contains users, messages, and organizations
    with everything in them. The module reads the registry and changes only what differs.
  - Objects that are not in the document are left unchanged. Objects removed from the document are deleted only if
    O(exclusive) is set.
  - An invalid document is rejected before any request is sent. The message lists all errors of the document.
  - Reads whole lists instead of single objects and works on several objects in parallel, so hundreds of objects take
    seconds.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.workers
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
attributes:
  idempotent:
    support: partial
    details: Users, proxy caches and mirrors with C(update_password=always) and a password are changed at each run.
  check_mode:
    details:
      - Use check mode to report drift. RV(plan) shows what differs, field by field; nothing is written.
      - Also works on an empty registry, and then predicts everything that a run creates.
      - There is one exception to the prediction. If O(exclusive) would delete a robot that a mirror uses, check mode
        predicts V(delete), but a run keeps the robot, because Quay rejects the deletion.
  diff_mode:
    details: Returns one diff for each object.
requirements:
  - PyYAML (where the task runs, for O(src) only)
options:
  document:
    description:
      - The registry document. The JSON schema C(docs/registry.schema.json) of this collection describes it completely.
      # sections: written by make generate
      - C(users), a list with the options of M(dockhand.quay.quay_user).
      - C(messages), a list with the options of M(dockhand.quay.quay_message).
      - C(organizations), a list with the options of M(dockhand.quay.quay_organization).
      - C(quota) in each entry of C(users), a dictionary with the options of M(dockhand.quay.quay_user_quota).
      - C(applications) in each entry of C(organizations), a list with the options of M(dockhand.quay.quay_application).
      - C(immutability) in each entry of C(organizations), a list with the options of
        M(dockhand.quay.quay_organization_immutability).
      - C(proxy_cache) in each entry of C(organizations), a dictionary with the options of
        M(dockhand.quay.quay_proxy_cache).
      - C(prune) in each entry of C(organizations), a list with the options of M(dockhand.quay.quay_organization_prune).
      - C(quota) in each entry of C(organizations), a dictionary with the options of M(dockhand.quay.quay_quota).
      - C(robots) in each entry of C(organizations), a list with the options of M(dockhand.quay.quay_robot).
      - C(mirror) in each entry of C(organizations), a dictionary with the options of
        M(dockhand.quay.quay_organization_mirror).
      - C(teams) in each entry of C(organizations), a list with the options of M(dockhand.quay.quay_team).
      - C(default_perms) in each entry of C(organizations), a list with the options of
        M(dockhand.quay.quay_default_perm).
      - C(sync) in each entry of C(teams), a dictionary with the options of M(dockhand.quay.quay_team_sync).
      - C(repositories) in each entry of C(organizations), a list with the options of M(dockhand.quay.quay_repository).
      - C(immutability) in each entry of C(repositories), a list with the options of
        M(dockhand.quay.quay_repository_immutability).
      - C(labels) in each entry of C(repositories), a list with the options of M(dockhand.quay.quay_manifest_label).
      - C(mirror) in each entry of C(repositories), a dictionary with the options of
        M(dockhand.quay.quay_repository_mirror).
      - C(notifications) in each entry of C(repositories), a list with the options of
        M(dockhand.quay.quay_notification).
      - C(prune) in each entry of C(repositories), a list with the options of M(dockhand.quay.quay_repository_prune).
      # end of sections
      - Names inside an organization omit the organization. In the organization C(payments), C(deployer) in C(robots) is
        the robot account C(payments+deployer), and C(api) in C(repositories) is C(payments/api). In lists of members
        and permissions, write robots with their full names.
      - In C(labels), C(image) is a tag or a digest. In C(api), V(1.4) is the image C(payments/api:1.4). The image must
        exist, because a document does not push images. If a key of an image has several entries with different values,
        each needs C(replace=false).
      - One-off actions, such as renaming an organization, are not part of a document.
      - If a team has C(sync), its C(members) can only be robot accounts, because its people come from the directory.
        There is one exception. If C(sync) has C(state=absent) and does not set C(keep_users=false), the synchronization
        is removed first, and C(members) can be people.
      - Every entry can have C(state) with V(present) or V(absent). Entries with a list of members, permissions or
        federations can have C(append).
      - The dictionary C(policy) can have C(exclusive), C(protect) and C(max_deletions), with the meaning of the options
        of the same name. The options of the task take precedence.
      - In O(document), texts that look like a number or a boolean need quotes, because Ansible reads V(1.10) as 1.1 and
        V(010) as 8. Without quotes they are rejected. Options for sizes, durations and numbers of tags also accept
        numbers.
      - Exactly one of O(document) and O(src) is required.
    type: dict
  src:
    description:
      - File with the registry document in YAML or JSON, or a folder.
      - All files in a folder and its subfolders that end in V(.yml), V(.yaml) or V(.json) are merged. Organizations
        with the same name become one, and so do entries with the same name inside them. If two files have different
        values for the same option of an object, the task fails.
      - The files are not templated. Texts marked as C(!unsafe) are used as they are, so the files of
        M(dockhand.quay.quay_export) can be read. If a file or a value is encrypted with Ansible Vault, load it with
        C(ansible.builtin.include_vars) and use O(document) instead.
      - Unlike in O(document), texts are read as written, so V(1.10), V(010) and V(yes) need no quotes.
      - In a folder, empty files are ignored. An object cannot be present in one file and absent in another.
      - Links to folders are followed; each folder is read once.
      - A relative path is relative to the playbook directory.
    type: path
  exclusive:
    description:
      - Lists that may contain only what the document declares. All other objects in them are deleted.
      - V(members), V(federations) and V(perms) have the effect of C(append=false) in each entry that contains the list.
      - V(messages) applies only if the document contains this list. Each of the other values applies only to
        organizations and repositories that contain its list in the document. If the list is empty, all objects of that
        kind are deleted there.
      - Quay can have several default permissions for the same receiver and creator, with different roles.
        V(default_perms) keeps only the one with the declared role. RV(plan) shows all roles that existed before.
      - In an organization that the account does not administer, Quay may not show everything, so nothing is deleted and
        the task fails.
      - If not specified, C(exclusive) in the C(policy) of the document applies. Without that, no list is exclusive.
      - O(exclusive) applies to lists only. It never deletes what is a dictionary in the document, such as a quota, a
        proxy cache, a mirror or the synchronization of a team. To delete such an object, set C(state=absent) in it; for
        the mirror of a repository, set C(repo_state=NORMAL) in the repository.
      - It never deletes users, organizations or the team V(owners).
      - It never removes people from a team that is synchronized with a directory.
      - It never deletes robots that a mirror uses, or the permission that Quay granted to such a robot.
      - It never removes the task's own account from a team with the role V(admin), and never removes a permission of
        this account if the account would then lose access.
      - It ignores permissions and default permissions of deleted users, which Quay's garbage collection removes.
    type: list
    elements: str
    # exclusive: written by make generate
    choices:
      - applications
      - default_perms
      - federations
      - immutability
      - members
      - messages
      - notifications
      - perms
      - prune
      - repositories
      - robots
      - teams
    # end of exclusive
  protect:
    description:
      - Shell patterns. Objects whose name matches one of them are not deleted by O(exclusive), and others of the same
        name are kept.
      - Robots are named as V(payments+deployer), teams as V(payments/devs), repositories as V(payments/api), default
        permissions as V(for team devs in payments). For an entry in a list of members or permissions, the pattern is
        compared with the name of the user, robot or team; for a federation, with its subject.
      - With a kind in front, such as V(team payments/*), a pattern matches objects of that kind only.
      - If not specified, C(protect) in the C(policy) of the document applies. Without that, nothing is protected.
    type: list
    elements: str
  max_deletions:
    description:
      - Maximum number of deletions in a plan, including objects with C(state=absent) and entries that are removed from
        a list.
      - Objects that are deleted along with a robot, a team or a repository count as well. If an organization is
        deleted, each of its repositories counts. If C(recreate) re-creates a robot, this counts as a deletion, because
        its token becomes invalid.
      - Quay can have several applications, default permissions or policies of the same name. One of them is kept as
        declared, with a warning, and each of the others counts as a deletion, also without O(exclusive).
      - If a plan has more deletions, nothing is changed and the task fails, also in check mode. RV(plan) is returned
        all the same.
      - If not specified, C(max_deletions) in the C(policy) of the document applies. Without that, V(10) applies.
    type: int
  allow_data_loss:
    description:
      - With V(false), O(exclusive) does not delete a repository that holds images, or whose images the time machine
        still holds. RV(plan) shows it as V(keep).
      - A repository with C(state=absent) is deleted in either case, with its images.
    type: bool
    default: false
  robot_tokens:
    description: Whether to return the tokens of all declared robots in RV(tokens).
    type: bool
    default: false
notes:
  - The list of robots with their permissions takes Quay much longer than any other list, so the timeout for it is six
    times O(timeout).
  - Requires a token of a superuser with all scopes, or a token of an administrator of the organizations with the scopes
    that the modules of the declared sections require. To create organizations, C(user:admin) is required as well. For
    organizations that a superuser does not administer, the server must have C(FEATURE_SUPERUSERS_FULL_ACCESS).
  - An object fails if its module or one of its options requires a feature or a release that the server does not have.
  - A plan that would leave an organization of the document without a human administrator is rejected, and nothing is
    changed. People count if they can sign in and are in a team with the role V(admin). People who are disabled or
    removed, do not exist, or are only invited by mail do not count. If the run fails to add a new administrator, it
    does not remove the old one.
  - Only organizations that the account administers can be read. If the document contains another one, or the token is
    expired, the task fails. An organization that cannot be read never counts as empty.
  - If nothing changes, an organization takes 4 requests, one more for each 100 repositories, and, if permissions of
    teams are declared, one for each team that has permissions.
  - Permissions of users take one more request. If permissions of users or robots are declared, both kinds together also
    take one request for each repository that has any of them, or two requests for each robot, whichever is less.
  - The group of a team, the federations of a robot, the metadata of a robot, a proxy cache, a list of prune policies
    and a list of applications take one request each. An image with labels takes two, or one with a digest.
  - Everything else takes at most one request for each user, for each list, such as the prune policies of a repository,
    and for each single object, such as a proxy cache. The federations and the metadata of a robot take one each.
  - If undeclared members are to be removed, each team with robots takes one request. In this case, if the server
    invites people by mail, every team takes one request, even without robots.
  - Quay lists the teams of a robot by name only, without their organizations, so the task can overlook that a robot is
    missing from a team. This happens only if two conditions are met. Another organization has a team of the same name
    that contains the robot. The team from which the robot is missing contains a robot of another organization in its
    place. It does not happen if undeclared members are to be removed.
  - An object that fails does not stop the others; only an unreachable server or expired credentials do. Objects inside
    a failed object are not attempted. At the end the task fails and returns what was done; RV(failures) lists every
    failed object. Running it again resumes where it stopped, even after an interruption.
  - If the playbook is killed, the task sends no further changes.
  - Duplicate default permissions, and changes that the server cannot make, such as a new description of an existing
    robot, are reported as warnings, as in the single modules.
  - With C(-v), the task shows its progress.
seealso:
  - module: dockhand.quay.quay_export
  - name: Configuration as code
    description: How to keep a registry in a Git repository.
    link: https://github.com/dockhand/dockhand.quay/blob/main/docs/docsite/rst/guide_configuration_as_code.rst
"""

EXAMPLES = r"""
- name: Create an organization with all that its people need
  dockhand.quay.quay_apply:
    document:
      users:
        - username: erika
          email: erika@example.com
          password: "{{ vault_erika_password }}"
      organizations:
        - name: payments
          email: payments@example.com
          quota: {quota: 100 GiB, warning_pct: 80}
          robots:
            - {name: deployer, description: Pulls for production}
          teams:
            - {name: developers, role: creator, members: [alice, bob]}
            - {name: operations, role: admin, members: [erika, payments+deployer]}
          default_perms:
            - {name: developers, type: team, role: write}
          repositories:
            - name: api
              visibility: private
              description: REST interface
              perms:
                - {name: developers, type: team, role: write}
                - {name: payments+deployer, role: read}
  no_log: true

- name: Apply all files of a folder
  dockhand.quay.quay_apply:
    src: registry/

- name: Report drift every night without writing anything
  dockhand.quay.quay_apply:
    src: registry/
  check_mode: true
  register: drift

- name: Show what differs
  ansible.builtin.debug:
    msg: "{{ drift.plan | map(attribute='object') }}"

- name: Delete undeclared robots and teams, except those of the security department
  dockhand.quay.quay_apply:
    src: registry/payments.yml
    exclusive: [robots, teams]
    protect: ["payments+security-*", team payments/auditors]
    max_deletions: 20

- name: Delete the organization of the sandbox
  dockhand.quay.quay_apply:
    document:
      organizations:
        - {name: sandbox, state: absent}

- name: Create robots and return their tokens for the pipelines
  dockhand.quay.quay_apply:
    document:
      organizations:
        - name: payments
          robots: [{name: deployer}, {name: scanner}]
    robot_tokens: true
  register: robots
  no_log: true
"""

RETURN = r"""
plan:
  description:
    - Differences, one entry for each object, in the order of the document's sections. Objects that are as declared are
      not included.
    - Check mode returns the same plan as the run that follows it, apart from the exception in the attributes above.
  returned: always, also if the plan is rejected
  type: list
  elements: dict
  contains:
    object:
      description: Kind and name of the object, such as V(team payments/developers).
      returned: always
      type: str
    kind:
      description: Kind of object, such as V(team).
      returned: always
      type: str
    organization:
      description: Organization that the object is or belongs to; empty for a user.
      returned: always
      type: str
    action:
      description:
        - V(create), V(change) or V(delete).
        - V(keep) means that the object is left unchanged, although O(exclusive) would delete it or the document
          declares it differently. RV(plan[].reason) shows why.
      returned: always
      type: str
    declared:
      description: Whether the document declares the object. Undeclared objects are included only with O(exclusive).
      returned: always
      type: bool
    protected:
      description:
        - Whether O(protect) keeps the object.
        - If V(false), the object is drift. This includes objects with RV(plan[].action=keep), because the registry is
          not as declared and no run changes that.
      returned: always
      type: bool
    fields:
      description: Options that differ, each with its value before and after. A value that does not exist is null.
      returned: always
      type: dict
      sample: {description: {from: null, to: REST interface}}
    reason:
      description: Why the object is kept.
      returned: with RV(plan[].action=keep)
      type: str
    failure:
      description: What went wrong.
      returned: when the object could not be brought to its declared state
      type: str
summary:
  description: Number of objects by action.
  returned: always, also if the plan is rejected
  type: dict
  contains:
    create:
      description: Number of objects that are created.
      returned: always
      type: int
    change:
      description: Number of objects that are updated.
      returned: always
      type: int
    delete:
      description: Number of objects that are deleted.
      returned: always
      type: int
    keep:
      description: Number of objects that are left unchanged, although O(exclusive) would delete them or the document
        differs.
      returned: always
      type: int
    unchanged:
      description: Number of objects that are as declared.
      returned: always
      type: int
    failed:
      description: Number of objects that are not as declared in the end. They are also counted under the action that
        was planned.
      returned: always
      type: int
failures:
  description: Objects that are not as declared in the end, including those that were not attempted.
  returned: if there are any
  type: list
  elements: dict
  contains:
    object:
      description: Kind and name of the object. If the object could not be read, its place in the document, such as
        C(organizations[payments].robots[ci]).
      returned: always
      type: str
    kind:
      description: Kind of object, such as V(team).
      returned: always
      type: str
    organization:
      description: Organization that the object is or belongs to; empty for a user.
      returned: always
      type: str
    failure:
      description: What went wrong.
      returned: always
      type: str
passwords:
  description:
    - Passwords that Quay generated for new users, by user name. Quay shows them only once; use C(no_log).
    - In check mode the password is null.
  returned: when the document has users, unless the plan is rejected
  type: dict
tokens:
  description:
    - Tokens of the declared robots, by full name; use C(no_log).
    - In check mode, the token of a new or re-created robot is null.
  returned: with O(robot_tokens=true), when the document has robots, unless the plan is rejected
  type: dict
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import APPLY

OPERATION = APPLY


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
