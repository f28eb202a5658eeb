#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_apply
short_description: Make a whole Quay registry agree with a document
version_added: 0.9.0
description:
  - Takes a registry document, which declares users and organizations with all that is in them, compares it with the
    registry and changes what differs, in the order that Quay needs.
  - What the document does not name stays as it is. What is no longer in it goes only with O(exclusive).
  - A wrong document is refused before any request, with every fault in it.
  - Reads whole lists instead of single objects and works on several objects at once, so that hundreds of objects are a
    matter of seconds.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
attributes:
  check_mode:
    details:
      - This is the drift report. RV(plan) tells what differs, field by field; nothing is written.
      - Works on an empty registry, too, and predicts then all that a run makes.
      - Only Quay's refusal shows that a mirror uses a robot. Where O(exclusive) would remove it, it is predicted as
        V(delete), and the run keeps it.
  diff_mode:
    details: One difference for each object.
requirements:
  - PyYAML (where the task runs, for O(src) alone)
options:
  document:
    description:
      - The registry document, with the keys C(users) and C(organizations), both lists. JSON schema
        C(docs/registry.schema.json) of this collection describes all of it.
      - Entries of C(users) have the options of M(dockhand.quay.quay_user).
      - Entries of C(organizations) have those of M(dockhand.quay.quay_organization) that are no deeds (so C(new_name)
        is none) and the mappings C(quota) and C(proxy_cache), as for M(dockhand.quay.quay_quota) and
        M(dockhand.quay.quay_proxy_cache). The lists C(robots), C(teams), C(default_perms), C(repositories) and
        C(prune) have the options of M(dockhand.quay.quay_robot), M(dockhand.quay.quay_team),
        M(dockhand.quay.quay_default_perm), M(dockhand.quay.quay_repository) and
        M(dockhand.quay.quay_organization_prune).
      - Within an organization its name is left out. C(deployer) among its robots is the robot account
        C(payments+deployer), C(api) among its repositories is C(payments/api). Members and grantees have their full
        names.
      - Entries of C(teams) can have C(sync), a mapping as for M(dockhand.quay.quay_team_sync), and entries of
        C(repositories) a list C(prune), as for M(dockhand.quay.quay_repository_prune).
      - The C(members) of a team beside its C(sync) are robots, for people are for the directory to say. They can be
        people where C(sync) has C(state=absent) and keeps users; the team is untied first then.
      - The mapping C(policy) can have C(exclusive), C(protect) and C(max_deletions), as the options of this module,
        which take precedence.
      - A number or boolean in place of a text is refused, since YAML reads V(1.10) as 1.1 and V(010) as 8. Put it in
        quotes. Sizes, durations and numbers of tags can be numbers.
      - Every entry can have C(state) with V(present) or V(absent), and those with a list of members, permissions or
        federations C(append).
      - Exactly one of O(document) and O(src) is needed.
    type: dict
  src:
    description:
      - File that holds the registry document in YAML or JSON, or a folder.
      - All files of a folder and those below it that end in V(.yml), V(.yaml) or V(.json) are merged. Organizations of
        the same name become one, and so do their entries of the same name. Two values for one option are an error.
      - Nothing in them is templated. Texts marked as C(!unsafe) are taken as they are, so the files of
        M(dockhand.quay.quay_export) can be read. If a file or a value is encrypted with Ansible Vault, load it with
        M(ansible.builtin.include_vars) and use O(document) instead.
      - Texts are read as written, so V(1.10), V(010) and V(yes) need no quotes.
      - In a folder an empty file counts as nothing. An object cannot be present in one file and absent in another.
      - Links to folders are followed; each folder is read once.
      - Relative paths begin at the playbook.
    type: path
  exclusive:
    description:
      - In which lists nothing may be but what the document declares. All else in them is removed.
      - V(robots), V(teams), V(default_perms), V(repositories) and V(prune) are those of the organizations and
        repositories that the document names, if it has the list; an empty list means none.
      - V(members), V(federations) and V(perms) act as C(append=false) in each entry that has the list.
      - Never removed in this way are users and organizations, the team V(owners), people in a team that a directory
        fills, robots that a mirror uses, what the robot of a mirror got from Quay, what deleted users leave behind
        until garbage collection, the task's own account in a team with the role V(admin), and its permission where it
        would lock itself out.
      - In an organization that the account does not administer, Quay may not show everything, so nothing is deleted and
        the task fails.
      - If not specified, the C(policy) of the document, or no list.
    type: list
    elements: str
    choices: [default_perms, federations, members, perms, prune, repositories, robots, teams]
  protect:
    description:
      - Shell patterns. What O(exclusive) would remove stays where its name matches one of them.
      - Names are V(payments+deployer) of a robot, V(payments/devs) of a team, V(payments/api) of a repository,
        V(for team devs in payments) of a default permission; of an entry in a list of members or permissions the name
        of the user, robot or team, and of one in a list of federations its subject.
      - With the kind before it, such as V(team payments/*), a pattern matches that kind alone.
      - If not specified, the C(policy) of the document, or no pattern.
    type: list
    elements: str
  max_deletions:
    description:
      - How many removals a plan may have, those with C(state=absent) and entries that leave a list among them.
      - What goes with a robot, a team or a repository counts with it. Of an organization each repository counts for
        itself; so does the token of a robot that C(recreate) makes anew.
      - A plan with more is refused, and nothing is changed. RV(plan) is returned all the same, in check mode too.
      - If not specified, the C(policy) of the document, or 10.
    type: int
  allow_data_loss:
    description:
      - V(false) keeps repositories that hold images, or whose images the time machine still holds, although
        O(exclusive) would remove them. They are in RV(plan) as V(keep).
      - A repository with C(state=absent) goes in either case, with its images.
    type: bool
    default: false
  robot_tokens:
    description: Whether to return the tokens of all declared robots in RV(tokens).
    type: bool
    default: false
  workers:
    description:
      - How many objects to work on at once. The steps of one object run one after the other.
      - V(1) to V(32). More than 4 gain little. Where the server limits the rate of requests, all slow down together.
    type: int
    default: 4
notes:
  - The one list that costs Quay much, robots with what they may do, may take six times O(timeout).
  - Needs a token of a superuser with all scopes, or of an administrator of the organizations with the scopes that the
    document calls for. C(org:admin) for organizations, teams, robots and default permissions, and to create
    repositories; C(repo:admin) for permissions, visibility and state of repositories; C(user:admin) to create
    organizations; C(super:user) for users, quotas and the groups of teams.
      - What belongs to a feature of the server (quotas, states, prune policies, proxy caches, groups of teams) needs a
        server that has it. Where it is off, the object that declares it fails and is named.
  - A plan after which no human could administer an organization of the document is refused, and nothing is changed.
    Counted is who can sign in and is in a team with the role V(admin); not who is disabled or removed, does not exist,
    or is only invited by mail. Where somebody's successor fails in the run, he keeps his rights and his account.
  - Only organizations that the account administers can be read. One that it does not is a failure, never an empty
    organization; nor is a token that has ended.
  - With nothing to change an organization takes 4 requests, one more for each 100 repositories, and one for each team
    that has permissions where permissions of teams are declared. Permissions of users cost one more, and those of
    users or robots one for each repository that has some (or two for each robot, where that is less); groups of
    teams, federations and metadata of robots, proxy caches and lists of prune policies one for each. Where members
    that are not declared shall go, teams with robots cost one for each, and where the server invites by mail all teams.
  - Quay names the teams of a robot without their organizations. Where members are only added, a robot that belongs to
    a team of the same name elsewhere passes for a member here as long as a robot of another organization is in its
    place, so that the number of members agrees. Where members that are not declared shall go, each such team is asked.
  - One object that fails does not stop the others; only a server that is away and credentials that end do. What is in
    it is not tried. The task fails in the end and returns what was done; RV(failures) names every such object. Running
    it again resumes where it stopped, even after an interruption.
  - A task whose playbook was killed sends no further change.
  - A default permission of which the registry has several, a description of a robot and the like are warnings as in
    the modules; so is what the server cannot change.
  - The verbosity C(-v) shows how far the work has come.
seealso:
  - module: dockhand.quay.quay_export
  - name: Configuration as code
    description: How to keep a registry in a repository of Git.
    link: https://github.com/dockhand/dockhand.quay/blob/main/docs/docsite/rst/guide_configuration_as_code.rst
"""

EXAMPLES = r"""
- name: An organization with all that its people need
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
            - {name: deployer, description: Pulls to production}
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

- name: The registry is as the files of the folder say
  dockhand.quay.quay_apply:
    src: registry/

- name: Nightly drift report, which writes nothing
  dockhand.quay.quay_apply:
    src: registry/
  check_mode: true
  register: drift

- name: Tell what differs
  ansible.builtin.debug:
    msg: "{{ drift.plan | map(attribute='object') }}"

- name: Robots and teams that nobody declared go, but for those of the security department
  dockhand.quay.quay_apply:
    src: registry/payments.yml
    exclusive: [robots, teams]
    protect: ["payments+security-*", team payments/auditors]
    max_deletions: 20

- name: The organization of the sandbox is gone
  dockhand.quay.quay_apply:
    document:
      organizations:
        - {name: sandbox, state: absent}

- name: Robots with their tokens, for the pipelines
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
    - What differs, an entry for each object, in the order of the document's sections. Objects that are as declared
      are not in it.
    - Check mode returns the same as the run after it.
  returned: always, also if the plan is refused
  type: list
  elements: dict
  contains:
    object:
      description: What it is and its name, such as V(team payments/developers).
      returned: always
      type: str
    kind:
      description: Which kind of object, such as V(team).
      returned: always
      type: str
    organization:
      description: The organization that it is, or is a part of; empty for a user.
      returned: always
      type: str
    action:
      description:
        - V(create), V(change) or V(delete).
        - V(keep) is an object that stays as it is for RV(plan[].reason), although O(exclusive) would remove it or the
          document has it otherwise.
      returned: always
      type: str
    declared:
      description: Whether the document names the object. What it does not name is here only with O(exclusive).
      returned: always
      type: bool
    protected:
      description:
        - Whether O(protect) keeps the object. All else in the plan is drift, also where RV(plan[].action=keep), since
          the registry is not as declared and no run changes that.
      returned: always
      type: bool
    fields:
      description: The options that differ, each with its value before and after; null where there is none.
      returned: always
      type: dict
      sample: {description: {from: null, to: REST interface}}
    reason:
      description: Why the object is kept.
      returned: with RV(plan[].action=keep)
      type: str
    failure:
      description: What went wrong.
      returned: when the object did not come to be as declared
      type: str
summary:
  description: Numbers of objects.
  returned: always, also if the plan is refused
  type: dict
  contains:
    create:
      description: Those that are made.
      returned: always
      type: int
    change:
      description: Those that are changed.
      returned: always
      type: int
    delete:
      description: Those that are removed.
      returned: always
      type: int
    keep:
      description: Those that stay as they are, although O(exclusive) would remove them or the document differs.
      returned: always
      type: int
    unchanged:
      description: Those that are as declared.
      returned: always
      type: int
    failed:
      description: Those that are not as declared in the end. They count as what they were to be, too.
      returned: always
      type: int
failures:
  description: The objects that are not as declared in the end, those among them that were not tried.
  returned: when there are some
  type: list
  elements: dict
  contains:
    object:
      description: What it is and its name; its place in the document, such as C(organizations[payments].robots[ci]), if
        it could not be read.
      returned: always
      type: str
    kind:
      description: Which kind of object, such as V(team).
      returned: always
      type: str
    organization:
      description: The organization that it is, or is a part of; empty for a user.
      returned: always
      type: str
    failure:
      description: What went wrong.
      returned: always
      type: str
passwords:
  description:
    - Passwords that Quay generated for new users, by their names. Quay tells them only once.
    - In check mode the password is null.
  returned: when the document has users, unless the plan is refused
  type: dict
tokens:
  description:
    - Tokens of the declared robots, by their full names.
    - In check mode the token of a robot that is new or made anew is null.
  returned: with O(robot_tokens=true), when the document has robots, unless the plan is refused
  type: dict
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import APPLY

OPERATION = APPLY


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
