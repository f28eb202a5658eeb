#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_search_info
short_description: Search a Quay registry
version_added: 1.0.0
description:
  - Searches names of repositories, organizations, users, teams and robot accounts, as the search on Quay's pages does.
  - For complete lists, use the modules for each kind, such as M(dockhand.quay.quay_repository_info).
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  query:
    description: Text to search for.
    type: str
    required: true
  type:
    description:
      - What to search. V(all) finds up to five of each kind. It does not find teams without members.
      - V(repositories) finds up to 100 repositories, with the text anywhere in their names.
      - V(entities) finds users, robot accounts, teams and organizations whose names begin with the text.
    type: str
    choices: [all, entities, repositories]
    default: all
  namespace:
    description:
      - With O(type=entities), the organization whose teams and robot accounts are searched. If not specified, only
        users are found.
    type: str
notes:
  - Requires a token with the scope C(repo:read). Quay finds only what the account may see.
seealso:
  - module: dockhand.quay.quay_repository_info
  - module: dockhand.quay.quay_user_info
"""

EXAMPLES = r"""
- name: Search for everything about payments
  dockhand.quay.quay_search_info:
    query: payments
  register: found

- name: Search for users and teams that can get rights
  dockhand.quay.quay_search_info:
    query: dev
    type: entities
    namespace: payments
  register: entities
"""

RETURN = r"""
results:
  description: What was found, in Quay's order, the best first.
  returned: always
  type: list
  elements: dict
  contains:
    kind:
      description:
        - V(repository), V(organization), V(user), V(team), V(robot), or V(external) for users of a directory
          without an account.
      returned: always
      type: str
      sample: repository
    name:
      description: Name; of a repository and a robot account the full name.
      returned: always
      type: str
      sample: payments/api
    namespace:
      description: Namespace of a repository, organization of a team; null for others, or if Quay does not show it.
      returned: always
      type: str
      sample: payments
    description:
      description: Description of a repository.
      returned: if RV(results[].kind) is V(repository)
      type: str
    is_public:
      description: Whether anyone may read the repository.
      returned: if RV(results[].kind) is V(repository)
      type: bool
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._objects.search import SEARCH_INFO

OPERATION = SEARCH_INFO


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
