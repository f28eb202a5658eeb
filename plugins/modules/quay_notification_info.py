#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_notification_info
short_description: List notifications of a Quay repository
version_added: 1.0.0
description:
  - Lists the notifications of a repository, without the secrets in their settings.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.repository
  - dockhand.quay.attributes.info
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
options:
  title:
    description:
      - Python regular expression to search for anywhere in the titles. It is case-sensitive.
      - Use V(^) and V($) to match whole titles.
    type: str
notes:
  - Requires a token with the scope C(repo:admin), of an administrator of the repository or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - Takes one request, or two if there are no notifications.
seealso:
  - module: dockhand.quay.quay_notification
"""

EXAMPLES = r"""
- name: List the notifications of a repository
  dockhand.quay.quay_notification_info:
    repository: payments/api
  register: notifications

- name: Show those that Quay no longer sends
  ansible.builtin.debug:
    msg: "{{ notifications.notifications | selectattr('number_of_failures', 'ge', 3) | map(attribute='title') }}"
"""

RETURN = r"""
notifications:
  description: The notifications, sorted by title, event and method.
  returned: always
  type: list
  elements: dict
  contains:
    repository:
      description: Full name of the repository.
      returned: always
      type: str
      sample: payments/api
    title:
      description: Title of the notification; empty if it has none.
      returned: always
      type: str
      sample: Deploy
    event:
      description: Event that triggers it.
      returned: always
      type: str
      sample: repo_push
    method:
      description: How it is sent.
      returned: always
      type: str
      sample: webhook
    config:
      description:
        - Settings of the method, as in O(dockhand.quay.quay_notification#module:config), without tokens. Of an address
          only the host is returned.
      returned: always
      type: dict
      sample: {template: {image: "${docker_url}"}, url: "https://deploy.example.com/…"}
    image_expiry_days:
      description: Days before the expiry of an image.
      returned: if RV(notifications[].event) is V(repo_image_expiry)
      type: int
    vulnerability_level:
      description: Lowest severity of vulnerabilities to report.
      returned: if RV(notifications[].event) is V(vulnerability_found), unless it reports all
      type: str
    ref_regex:
      description: Regular expression for the references of builds.
      returned: if there is one
      type: str
    number_of_failures:
      description: How often in a row it could not be sent.
      returned: always
      type: int
    uuid:
      description: ID of the notification in Quay.
      returned: always
      type: str
      sample: 2b3c4d5e-6f70-4a81-92b3-c4d5e6f70819
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import list_of
from ansible_collections.dockhand.quay.plugins.module_utils._objects.notification.resource import NOTIFICATION

OPERATION = list_of(NOTIFICATION, search="title")


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
