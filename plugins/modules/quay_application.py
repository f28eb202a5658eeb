#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_application
short_description: Manage OAuth applications of a Quay organization
version_added: 1.0.0
description:
  - Creates, renames, updates or deletes an OAuth application of an organization.
  - The client ID and the client secret of the application are returned.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
attributes:
  idempotent:
    support: partial
    details: With O(reset_client_secret=true), each run replaces the secret and reports a change.
options:
  organization:
    description: Organization that owns the application. Personal namespaces cannot own applications.
    type: str
    required: true
  name:
    description: Name of the application, which identifies it in the organization; 2 characters or more.
    type: str
    required: true
  new_name:
    description:
      - Renames the application.
      - If the application O(name) does not exist but O(new_name) does, it counts as renamed already, and the other
        options apply to it.
      - If neither name exists, the application is created under the new name. If both exist, the task fails.
    type: str
  description:
    description: Description of the application. An empty string clears it.
    type: str
  application_uri:
    description: URL of the application's home page. An empty string clears it.
    type: str
  redirect_uri:
    description: Prefix of the callback URLs that are allowed. An empty string clears it.
    type: str
  avatar_email:
    description: E-mail address that the picture of the application is made from. An empty string clears it.
    type: str
  reset_client_secret:
    description:
      - Replaces the client secret of an existing application; the old one no longer works.
      - This is a one-off action. The task reports a change on every run. Ignored when the application is created.
    type: bool
notes:
  - Requires a token with the scope C(org:admin), of an administrator of the organization or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Quay allows several applications of the same name. If an option is specified, one of them is kept as declared and
    the others are deleted. O(state=absent) deletes all of them.
  - If several tasks create an application of the same name at the same moment, one application is kept. Each of them
    waits a moment so that all return its client ID. On a server that takes seconds for a request, a late task can still
    replace what another one has returned. Use C(run_once) in a play with several hosts.
seealso:
  - module: dockhand.quay.quay_organization
"""

EXAMPLES = r"""
- name: Create the application of the deployment dashboard
  dockhand.quay.quay_application:
    organization: payments
    name: dashboard
    description: Shows what is deployed where
    application_uri: https://dashboard.example.com
    redirect_uri: https://dashboard.example.com/oauth
  register: dashboard
  no_log: true

- name: Rename the application
  dockhand.quay.quay_application:
    organization: payments
    name: dashboard
    new_name: deployments
  no_log: true

- name: Replace the client secret
  dockhand.quay.quay_application:
    organization: payments
    name: deployments
    reset_client_secret: true
  register: deployments
  no_log: true

- name: Delete the application
  dockhand.quay.quay_application:
    organization: payments
    name: deployments
    state: absent
"""

RETURN = r"""
application:
  description: The application after the task.
  returned: with O(state=present)
  type: dict
  contains:
    organization:
      description: Organization that owns the application.
      returned: always
      type: str
    name:
      description: Name of the application.
      returned: always
      type: str
    description:
      description: Description of the application.
      returned: always
      type: str
    application_uri:
      description: URL of the application's home page.
      returned: always
      type: str
    redirect_uri:
      description: Prefix of the callback URLs that are allowed.
      returned: always
      type: str
    avatar_email:
      description: E-mail address that the picture of the application is made from.
      returned: if the application has one
      type: str
name:
  description: Name of the application after the task.
  returned: with O(state=present)
  type: str
  sample: dashboard
client_id:
  description: OAuth client ID. Null in check mode if the application would be created.
  returned: with O(state=present)
  type: str
  sample: 0JV9ZGGGKL2HUBAYBPHM
client_secret:
  description:
    - OAuth client secret; set C(no_log).
    - Null in check mode if the secret would be created or replaced, and for accounts that may not see it.
  returned: with O(state=present)
  type: str
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.application.resource import APPLICATION, finish

OPERATION = manage(APPLICATION, after=finish)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
