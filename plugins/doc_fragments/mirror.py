# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  external_registry_username:
    description: Account at the other registry. An empty string clears it together with the password.
    type: str
  external_registry_password:
    description: Password of O(external_registry_username), or a token. An empty string clears it.
    type: str
  update_password:
    description:
      - V(on_create) sends O(external_registry_password) only when the mirror is created.
      - V(always) sends it at each run, which always reports a change, because Quay does not show passwords.
    type: str
    choices: [on_create, always]
    default: on_create
  sync_start_date:
    description:
      - Time of the first synchronization, as an ISO 8601 date or time such as V(2030-01-31T06:00:00Z). Times without a
        time zone are UTC. If not specified, a new mirror starts now.
      - After each synchronization, Quay sets the time of the next one. A time in the past is therefore ignored if the
        mirror's next synchronization comes after it.
    type: str
  verify_tls:
    description: Whether Quay checks the TLS certificate of the other registry. If not specified, a new mirror has
      V(true).
    type: bool
  http_proxy:
    description: URL of the proxy for HTTP. An empty string clears it.
    type: str
  https_proxy:
    description: URL of the proxy for HTTPS. An empty string clears it.
    type: str
  no_proxy:
    description: Hosts that are reached without a proxy, separated by commas. An empty string clears them.
    type: str
  force_sync:
    description:
      - Whether to start a synchronization now, in addition to the schedule, even of a new or disabled mirror.
      - Does nothing while a synchronization is running or waiting.
    type: bool
    default: false
  cancel_sync:
    description:
      - Whether to cancel the synchronization that is running or waiting. This happens before anything else is changed.
      - After that, Quay does not synchronize the mirror, not even on schedule, until O(force_sync) requests it.
      - Does nothing if no synchronization is running or waiting.
    type: bool
    default: false
notes:
  - Quay only accepts hosts that it can resolve and that are not in its own network, unless its configuration allows
    that (C(SSRF_ALLOWED_HOSTS)).
"""
