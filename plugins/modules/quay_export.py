#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_export
short_description: Export a Quay registry as a document
version_added: 1.0.0
description:
  - Reads users, messages and organizations with everything in them and returns the registry document that
    M(dockhand.quay.quay_apply) accepts. Applying it to the same registry changes nothing, except
    for twins, which are objects with the same name; the export names them in a warning.
  - The document is sorted, so two exports differ only if the registry does.
  - E-mail addresses of accounts are left out if they come from a directory (LDAP, OIDC, Keystone), because they cannot
    be set in Quay.
  - Texts are exported exactly, including blanks, line endings and braces, and are protected from templating.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.workers
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
attributes:
  check_mode:
    details: Reports which files would change. The module never changes the registry.
  diff_mode:
    support: none
requirements:
  - PyYAML (where the task runs, for O(dest) only)
options:
  organizations:
    description:
      - Names of organizations, which must exist, or shell patterns such as V(team-*).
      - If not specified, all organizations of the registry; for an account that is not a superuser, those that it
        administers.
    type: list
    elements: str
  sections:
    description:
      - Sections to export. If not specified, all sections are exported. V(users) and V(messages) are then included only
        if O(organizations) is not specified, and V(users) only if the account is a superuser, because other accounts
        cannot list users.
      - A nested section requires the section around it. V(sync) requires V(teams), and V(teams) requires
        V(organizations).
      - V(prune) exports the policies of organizations, and those of repositories if V(repositories) is included.
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
      - C(mirror) in each entry of C(repositories), a dictionary with the options of
        M(dockhand.quay.quay_repository_mirror).
      - C(notifications) in each entry of C(repositories), a list with the options of
        M(dockhand.quay.quay_notification).
      - C(prune) in each entry of C(repositories), a list with the options of M(dockhand.quay.quay_repository_prune).
      # end of sections
    type: list
    elements: str
    # choices: written by make generate
    choices:
      - applications
      - default_perms
      - immutability
      - messages
      - mirror
      - notifications
      - organizations
      - proxy_cache
      - prune
      - quota
      - repositories
      - robots
      - sync
      - teams
      - users
    # end of choices
  dest:
    description:
      - File to write, or the folder with O(split=true). Missing folders are created.
      - If not specified, the document is only returned.
      - With O(split=true), a path of an existing file is rejected. Otherwise, a path of an existing folder is rejected.
      - A file that is replaced keeps its mode and, if permitted, its owner, and a symbolic link is followed. Anything
        but a plain file, such as V(/dev/null), is rejected.
      - A relative path is relative to the playbook directory.
    type: path
  split:
    description:
      - V(true) writes a file for each organization, such as V(payments.yml), and V(users.yml). The folder can be used
        as O(dockhand.quay.quay_apply#module:src).
      - Characters that a file name cannot contain are written as in a URL, so C(a/b) becomes V(a%2Fb.yml).
      - The file of an organization that no longer exists is kept.
    type: bool
    default: false
  defaults:
    description:
      - V(true) also exports empty lists, and options with the value that a new object gets by default, such as an empty
        description. V(false) leaves them out, so that the files of a registry stay short.
      - M(dockhand.quay.quay_apply) leaves options and lists that are not in the document unchanged. With V(false), it
        therefore does not revert a later change to these options, and O(dockhand.quay.quay_apply#module:exclusive) does
        not delete what is added to these lists.
    type: bool
    default: false
    version_added: 1.0.0
  on_unreadable:
    description:
      - V(fail) exports nothing if something cannot be read.
      - V(skip) exports the rest, with a warning for each such object, and lists them in RV(unreadable).
      - With V(skip), if a single object cannot be read, the export still contains its name. If a whole list cannot be
        read, the export does not contain the list. Therefore O(dockhand.quay.quay_apply#module:exclusive) does not
        delete these objects when the export is applied.
    type: str
    choices: [fail, skip]
    default: fail
    version_added: 1.0.0
notes:
  - The list of robots with their permissions takes Quay much longer than any other list, so the timeout for it is six
    times O(timeout).
  - Secrets such as passwords and tokens are not exported. Images, personal namespaces, stars, and deleted objects that
    wait for garbage collection are not exported either.
  - User names and passwords of proxy caches are not exported, because Quay does not show whether a cache has any. The
    task warns about each cache.
  - Labels of images are not exported, because reading them would take a request for each image. In a document they are
    applied where they are declared (C(labels) of M(dockhand.quay.quay_apply)).
  - Some permissions and members are omitted, because Quay sets them itself. These are the permission that the task's
    own account got by creating a repository, the permission of the robot of a mirror, and people in a team that is
    synchronized with a directory.
  - People who are invited to a team count as members, as in M(dockhand.quay.quay_team), by name or by e-mail address.
  - Permissions of a robot of another organization on a repository are omitted, with a warning. They come from a default
    permission, and Quay does not accept them by name.
  - Requires a token with the scopes C(org:admin) and C(repo:admin), of an administrator of the organizations or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser. C(super:user) is required for users, for the groups of teams and
    to find all organizations. Without it, C(user:read) is required to find the organizations of the account. If users
    have permissions on repositories, C(user:read) is always required.
  - The group of a synchronized team is shown to superusers only, unless C(FEATURE_NONSUPERUSER_TEAM_SYNCING_SETUP) is
    on. Other accounts can specify O(sections) without V(sync) to export what they can change.
  - If anything cannot be read, the task fails and no file is changed, unless O(on_unreadable=skip). A file is replaced
    atomically.
  - A section is omitted without an error only if the server does not have the feature that it belongs to.
  - If a task with O(split=true) is interrupted, some files are new and some are old, but none is incomplete.
  - An organization takes about 5 requests, one more for each 100 repositories, one for each team that has permissions,
    and at most one for each other section in it. Each repository takes one, and at most one more for each section in
    it. Each robot takes two. Each team with robots or a group takes one; if the server invites people by mail, every
    team does.
  - A repository such as V(app/mirror) cannot be managed through the API of Quay, because its name contains a word that
    the API uses itself. The task warns about such a name, and M(dockhand.quay.quay_apply) rejects it.
seealso:
  - module: dockhand.quay.quay_apply
"""

EXAMPLES = r"""
- name: Write the whole registry to one file
  dockhand.quay.quay_export:
    dest: registry.yml

- name: Write each organization of the shop to a separate file for Git
  dockhand.quay.quay_export:
    organizations: ["pay*", shop]
    dest: registry/
    split: true

- name: Read teams and robots only
  dockhand.quay.quay_export:
    organizations: [payments]
    sections: [organizations, teams, robots]
  register: exported

- name: Show its teams
  ansible.builtin.debug:
    msg: "{{ exported.document.organizations[0].teams | map(attribute='name') }}"

- name: Read an organization from one registry
  dockhand.quay.quay_export:
    quay_host: https://old.example.com
    organizations: [payments]
    sections: [organizations, robots, teams, repositories]
  register: old

- name: Create the same organization in another registry
  dockhand.quay.quay_apply:
    quay_host: https://new.example.com
    document: "{{ old.document }}"
"""

RETURN = r"""
document:
  description:
    - The registry document, as accepted by O(dockhand.quay.quay_apply#module:document).
    - C(organizations) is a list sorted by name. C(users) is included only if users are exported.
  returned: when O(dest) is not specified
  type: dict
files:
  description: Files that have changed.
  returned: when O(dest) is specified
  type: list
  elements: str
unreadable:
  description: Objects that could not be read and are not in the export.
  returned: with O(on_unreadable=skip)
  type: list
  elements: dict
  contains:
    object:
      description: Kind and name of the object, such as V(organization payments) or V(robots of organization payments).
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
