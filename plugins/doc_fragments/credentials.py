# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  quay_session:
    description:
      - Session that M(dockhand.quay.quay_login) returned. It wins over a token and over a password.
      - A call with a session costs the server about a fifteenth of one with a token.
      - Together with O(quay_username) and O(quay_password) a session that has ended is renewed.
      - The environment variable E(QUAY_SESSION) is used where the task names no credentials.
    type: str
  quay_token:
    description:
      - OAuth access token. It wins over a password.
      - The environment variable E(QUAY_TOKEN) is used where the task names no credentials.
    type: str
  quay_username:
    description:
      - Account to sign in with, together with O(quay_password).
      - The environment variable E(QUAY_USERNAME) is used where the task names no credentials.
    type: str
  quay_password:
    description:
      - Password of O(quay_username). The task signs in at its first request and never signs out, which in Quay would
        end all sessions of the account.
      - The environment variable E(QUAY_PASSWORD) is used where the task names no credentials.
    type: str
notes:
  - Credentials of the task stand before those of the environment. Without any, requests are anonymous.
  - Connection options and environment variables that are empty count as not specified. Blanks and line ends around a
    token, a session, and a user name are removed, as are line ends around a password.
  - Credentials of the environment are for the registry that E(QUAY_HOST) names, where it is set. A task with another
    O(quay_host) has to name its own.
  - Over a local connection, without become, async and environment, the task runs inside the controller's worker,
    which makes loops some fifty times faster. Set the variable C(quay_in_worker) to V(false) to switch that off.
"""
