#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_export
short_description: Write a Quay registry down as a document
version_added: 0.9.0
description:
  - Reads users and organizations with all that is in them, and gives the registry document that
    M(dockhand.quay.quay_apply) takes. Applied to the same registry, it changes nothing.
  - Everything in it is sorted, so that two exports differ only where the registry does.
  - Texts come out exactly, with blanks, line ends and braces, and are safe from templating.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
attributes:
  check_mode:
    details: Tells which files would change. The registry is only read in any mode.
  diff_mode:
    support: none
requirements:
  - PyYAML (where the task runs, for O(dest) alone)
options:
  organizations:
    description:
      - Names of organizations, which must exist, or shell patterns such as V(team-*).
      - Where it is not given, all organizations of the registry; for an account that is no superuser, those that it
        administers.
    type: list
    elements: str
  sections:
    description:
      - What to export. Where it is not given, all of them, with V(users) only where O(organizations) is not given and
        the account is a superuser, since others cannot list users.
      - A section that stands in another one needs it, V(sync) needs V(teams), and V(teams) needs V(organizations).
      - V(prune) is the policies of organizations, and of repositories where V(repositories) is named, too.
    type: list
    elements: str
    choices: [default_perms, organizations, proxy_cache, prune, quota, repositories, robots, sync, teams, users]
  dest:
    description:
      - File to write, or with O(split=true) the folder to write to. What is missing of the path is made.
      - Where it is not given, the document is only returned.
      - A folder is refused without O(split=true), and a file with it.
      - A file that is replaced keeps its mode and, if permitted, its owner, and a symbolic link is followed. Anything
        but a plain file, such as V(/dev/null), is rejected.
      - Relative paths begin at the playbook.
    type: path
  split:
    description:
      - V(true) writes a file for each organization, such as V(payments.yml), and V(users.yml). The folder is one for
        O(dockhand.quay.quay_apply#module:src).
      - What a file name cannot hold is written as in a URL, so C(a/b) becomes V(a%2Fb.yml).
      - The file of an organization that no longer exists stays in the folder.
    type: bool
    default: false
  on_unreadable:
    description:
      - V(fail) exports nothing if something cannot be read.
      - V(skip) exports the rest, with a warning for each such object, and names them in RV(unreadable).
      - With V(skip), an object that is listed but cannot be read keeps its name in the list, and a list that cannot be
        read is left out. So the export deletes nothing if it is applied with
        O(dockhand.quay.quay_apply#module:exclusive).
    type: str
    choices: [fail, skip]
    default: fail
    version_added: 1.0.0
  workers:
    description:
      - How many requests to send at once.
      - V(1) to V(32). More than 4 gain little. Where the server limits the rate of requests, all slow down together.
    type: int
    default: 4
notes:
  - The one list that costs Quay much, robots with what they may do, may take six times O(timeout).
  - No secret is exported, no password, no token. Nor are images, personal namespaces, stars, deleted things that wait
    for garbage collection, the permission that the task's own account has on repositories because it created them,
    what the robot of a mirror got from Quay, and people in a team that a directory fills.
  - Who is invited to a team counts as a member, as in M(dockhand.quay.quay_team), by name or by e-mail address.
  - What a robot of another organization may do with a repository is left out, with a warning. It got this by a default
    permission, and Quay refuses to give it by name.
  - Needs a token with the scopes C(org:admin) and C(repo:admin), of an administrator of the organizations (or of a
    superuser where C(FEATURE_SUPERUSERS_FULL_ACCESS) is on); C(super:user) for users, for the groups of teams and to
    find all organizations. Without it, C(user:read) to find those of the account; with repositories on which users have
    permissions always C(user:read), too.
  - Which group fills a team Quay shows to superusers alone, unless C(FEATURE_NONSUPERUSER_TEAM_SYNCING_SETUP) is on.
    Others name O(sections) without V(sync), and so export what is theirs to change.
  - If something cannot be read, the task fails and no file is touched, unless O(on_unreadable=skip). The file is
    replaced at once and never half written.
  - What belongs to a feature that the server does not have is left out, and nothing else of the object.
  - With O(split=true) an interrupted task leaves whole files, some of them new.
  - An organization takes about 5 requests, one more for each 100 repositories, one for each team that has permissions,
    one for its proxy cache and one for its prune policies, two for each repository, and one for each robot and each
    team with robots or a group (for all teams where the server invites by mail).
  - A name in the registry that the API of Quay cannot reach, such as a repository V(app/mirror), is a warning, and
    M(dockhand.quay.quay_apply) refuses it.
seealso:
  - module: dockhand.quay.quay_apply
"""

EXAMPLES = r"""
- name: Write the whole registry to one file
  dockhand.quay.quay_export:
    dest: registry.yml

- name: Write each organization of the shop to a file of its own, for Git
  dockhand.quay.quay_export:
    organizations: ["pay*", shop]
    dest: registry/
    split: true

- name: Read teams and robots only
  dockhand.quay.quay_export:
    organizations: [payments]
    sections: [organizations, teams, robots]
  register: exported

- name: Which teams does it have?
  ansible.builtin.debug:
    msg: "{{ exported.document.organizations[0].teams | map(attribute='name') }}"

- name: Read an organization from one registry
  dockhand.quay.quay_export:
    quay_host: https://old.example.com
    organizations: [payments]
    sections: [organizations, robots, teams, repositories]
  register: old

- name: Make the same organization on another
  dockhand.quay.quay_apply:
    quay_host: https://new.example.com
    document: "{{ old.document }}"
"""

RETURN = r"""
document:
  description:
    - The registry document, as O(dockhand.quay.quay_apply#module:document) takes it.
    - C(organizations) is a list sorted by name; C(users) is there only where they are exported.
  returned: when O(dest) is not given
  type: dict
files:
  description: Those of the files that have changed.
  returned: when O(dest) is given
  type: list
  elements: str
unreadable:
  description: What could not be read and is not in the export.
  returned: with O(on_unreadable=skip)
  type: list
  elements: dict
  contains:
    object:
      description: What it is and its name, such as V(organization payments) or V(robots of organization payments).
      returned: always
      type: str
    reason:
      description: Why it could not be read.
      returned: always
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.export import EXPORT_DOCUMENT

OPERATION = EXPORT_DOCUMENT


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
