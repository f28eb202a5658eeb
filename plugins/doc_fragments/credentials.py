# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  quay_session:
    description:
      - Session returned by M(dockhand.quay.quay_login). It takes precedence over a token and a password.
      - A call with a session takes the server about a fifteenth of the time of a call with a token.
      - If O(quay_username) and O(quay_password) are set as well, an expired session is renewed.
      - If the task specifies no credentials, the environment variable E(QUAY_SESSION) is used.
    type: str
  quay_token:
    description:
      - OAuth access token. It takes precedence over a password.
      - If the task specifies no credentials, the environment variable E(QUAY_TOKEN) is used.
    type: str
  quay_username:
    description:
      - Account to sign in with, together with O(quay_password).
      - If the task specifies no credentials, the environment variable E(QUAY_USERNAME) is used.
    type: str
  quay_password:
    description:
      - Password of O(quay_username). The task signs in with its first request. It never signs out, because in Quay that
        would end all sessions of the account.
      - If the task specifies no credentials, the environment variable E(QUAY_PASSWORD) is used.
    type: str
notes:
  - Credentials of the task take precedence over those of the environment. Without any credentials, requests are
    anonymous.
  - If E(QUAY_HOST) is set, credentials from the environment are used for that registry only. A task with another
    O(quay_host) must specify its own.
  - Over a local connection, without become, async and environment, the task runs inside the controller's worker. In a
    loop, this reduces the time that Ansible adds to the HTTP requests to about a fiftieth. Set the variable
    C(quay_in_worker) to V(false) to disable that.
"""
    # For modules that sign in themselves.
    SIGN_IN = r"""
options:
  quay_password:
    description:
      - Password of O(quay_username).
      - If not specified, the environment variable E(QUAY_PASSWORD) is used.
    type: str
"""
