#!/usr/bin/python
# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: quay_notification
short_description: Manage notifications of a Quay repository
version_added: 1.0.0
description:
  - Creates, replaces, tests or deletes notifications of a repository, and resets their failure counters.
  - Quay cannot change a notification. One that is not as declared is replaced by a new one.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.repository
  - dockhand.quay.attributes
  - dockhand.quay.attributes.action_group
  - dockhand.quay.credentials
  - dockhand.quay.server
  - dockhand.quay.state
options:
  title:
    description:
      - Title of the notification. Titles are not unique in Quay. If O(event) and O(method) are specified, they
        identify the notification together with the title.
      - Only a notification that is identified by its title is replaced if it is not as declared.
      - Required to create a notification. An empty string selects notifications without a title.
    type: str
  search_string:
    description:
      - Selects all notifications with this text anywhere in their titles. It is case-sensitive.
      - Takes precedence over O(title), O(event) and O(method).
    type: str
  regexp:
    description:
      - Selects all notifications that have a match of this Python regular expression anywhere in their titles.
      - Takes precedence over O(title), O(event) and O(method).
    type: str
    aliases: [regex]
  event:
    description:
      - Event that triggers the notification. Required to create one.
      - V(repo_image_expiry) requires Quay 3.12 or later.
    type: str
    choices:
      - repo_push
      - build_queued
      - build_start
      - build_success
      - build_failure
      - build_cancelled
      - vulnerability_found
      - repo_mirror_sync_started
      - repo_mirror_sync_success
      - repo_mirror_sync_failed
      - repo_image_expiry
  method:
    description:
      - How the notification is sent. Required to create one.
      - V(email) requires C(FEATURE_MAILING), and an address whose owner has agreed to notifications of the repository.
      - V(flowdock) and V(hipchat) send to services that no longer exist.
    type: str
    choices: [email, flowdock, hipchat, quay_notification, slack, webhook]
  config:
    description:
      - Settings of the method. Required to create a notification.
      - If not specified, an existing notification keeps its settings.
    type: dict
    suboptions:
      email:
        description: Address to send to. Required with O(method=email).
        type: str
      flow_api_token:
        description: API token of Flowdock. Required with O(method=flowdock).
        type: str
      name:
        description:
          - Recipient, who sees the notification on Quay's own pages. Required with O(method=quay_notification).
          - A user, a team of the repository's organization, or this organization itself, depending on O(config.type).
        type: str
      notification_token:
        description: Token of HipChat. Required with O(method=hipchat).
        type: str
      room_id:
        description: Room in HipChat. Required with O(method=hipchat).
        type: str
      template:
        description:
          - Body that a webhook gets, as a structure or as JSON. Strings such as C(${repository}) are replaced by parts
            of the event.
          - If not specified, the webhook gets the whole event.
        type: jsonarg
      type:
        description: What O(config.name) is.
        type: str
        choices: [user, team, org]
        default: user
      url:
        description:
          - Address to post to. Required with O(method=slack) and O(method=webhook).
          - Quay rejects webhooks to V(localhost).
          - The address counts as a secret, because that of most services has a token in it. Only its host is shown.
        type: str
  image_expiry_days:
    description: Days before the expiry of an image. Only used with O(event=repo_image_expiry).
    type: int
    default: 7
  vulnerability_level:
    description:
      - Lowest severity of vulnerabilities to report. V(critical) is the highest.
      - Only with O(event=vulnerability_found). If not specified, a new notification reports all.
    type: str
    choices: [critical, high, medium, low, negligible, unknown]
  ref_regex:
    description:
      - Python regular expression for the references of builds, such as V(refs/heads/main). It must match from the start
        of the reference. Other builds, and builds without a reference, are not reported.
      - Only with an O(event) of builds. An empty string reports all builds.
    type: str
  test:
    description:
      - Whether to send a test of every notification that is selected or was just created.
      - Quay sends it later, and does not report whether it arrived. It does not count as a change.
    type: bool
    default: false
  reset_failcount:
    description:
      - Whether to set the counter of failures of every selected notification to 0.
      - After three failures, Quay no longer sends a notification.
    type: bool
    default: false
notes:
  - Requires a token with the scope C(repo:admin), of an administrator of the repository or, with
    C(FEATURE_SUPERUSERS_FULL_ACCESS), of a superuser.
  - If several notifications have the same title, event and method, one of them is kept as declared and the others are
    left unchanged.
  - O(state=absent) deletes all selected notifications. If no option selects notifications, none is deleted.
  - A notification that is replaced gets a new ID, and its counter of failures begins at 0.
seealso:
  - module: dockhand.quay.quay_notification_info
  - module: dockhand.quay.quay_repository
"""

EXAMPLES = r"""
- name: Send every push to the deployment service, and test it
  dockhand.quay.quay_notification:
    repository: payments/api
    title: Deploy
    event: repo_push
    method: webhook
    config:
      url: https://deploy.example.com/hooks/quay
      template:
        image: ${docker_url}
        tags: ${updated_tags}
    test: true

- name: Report severe vulnerabilities to the developers
  dockhand.quay.quay_notification:
    repository: payments/api
    title: Severe vulnerabilities
    event: vulnerability_found
    vulnerability_level: high
    method: quay_notification
    config:
      type: team
      name: developers

- name: Reset the failure counter of notifications that Quay no longer sends
  dockhand.quay.quay_notification:
    repository: payments/api
    search_string: Deploy
    reset_failcount: true

- name: Delete the notifications of an old service
  dockhand.quay.quay_notification:
    repository: payments/api
    regexp: ^Jenkins
    state: absent
"""

RETURN = r"""
notification:
  description: The notification after the task. If several are selected, the first of them.
  returned: with O(state=present)
  type: dict
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
        - Settings of the method, as in O(config), without tokens. Of an address only the host is returned.
      returned: always
      type: dict
      sample: {template: {image: "${docker_url}"}, url: "https://deploy.example.com/…"}
    image_expiry_days:
      description: Days before the expiry of an image.
      returned: if RV(notification.event) is V(repo_image_expiry)
      type: int
    vulnerability_level:
      description: Lowest severity of vulnerabilities to report.
      returned: if RV(notification.event) is V(vulnerability_found), unless it reports all
      type: str
    ref_regex:
      description: Regular expression for the references of builds.
      returned: if there is one
      type: str
    number_of_failures:
      description: How often in a row it could not be sent. If several are selected, the highest number.
      returned: always
      type: int
"""

from ansible_collections.dockhand.quay.plugins.module_utils._engine.module import run_module
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._objects.notification.resource import (
    CONSTRAINTS,
    NOTIFICATION,
    OPTIONS,
    test,
)

OPERATION = manage(NOTIFICATION, OPTIONS, CONSTRAINTS, after=test)


def main() -> None:
    run_module(OPERATION)


if __name__ == "__main__":
    main()
