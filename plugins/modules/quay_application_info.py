#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_application_info
short_description: List OAuth applications of a Quay organization
version_added: 1.0.0
description:
  - Lists the OAuth applications of an organization, without their client secrets.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.name_search
  - dockhand.quay.server
options:
  organization:
    description: Organization that owns the applications.
    type: str
    required: true
notes:
  - Requires a token with the scope C(org:admin), of an administrator of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Takes one request. To get the client secret of an application, use M(dockhand.quay.quay_application).
seealso:
  - module: dockhand.quay.quay_application
"""

EXAMPLES = r"""
- name: List the applications of an organization
  dockhand.quay.quay_application_info:
    organization: payments
  register: applications

- name: Fail if an application may send users to a foreign host
  ansible.builtin.assert:
    that: applications.applications | map(attribute='redirect_uri') | select | reject('match', 'https://.+[.]example[.]com/')
      | length == 0

- name: List the applications whose names begin with deploy
  dockhand.quay.quay_application_info:
    organization: payments
    name: ^deploy
  register: deployment
"""

RETURN = r"""
applications:
  description: The applications, sorted by name.
  returned: always
  type: list
  elements: dict
  contains:
    organization:
      description: Organization that owns the application.
      returned: always
      type: str
      sample: payments
    name:
      description: Name of the application. Quay allows several of the same name.
      returned: always
      type: str
      sample: dashboard
    client_id:
      description: OAuth client ID.
      returned: always
      type: str
      sample: 0JV9ZGGGKL2HUBAYBPHM
    description:
      description: Description of the application; empty if it has none.
      returned: always
      type: str
    application_uri:
      description: URL of the application's home page; empty if it has none.
      returned: always
      type: str
    redirect_uri:
      description: Prefix of the callback URLs that are allowed; empty for accounts that may not see it.
      returned: always
      type: str
    avatar_email:
      description: E-mail address that the picture of the application is made from.
      returned: if the application has one
      type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import list_of
from ansible_collections.dockhand.quay.plugins.module_utils._objects.application.resource import APPLICATION

OPERATION = list_of(APPLICATION)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
