# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
requirements:
  - requests (where the task runs)
options:
  quay_host:
    description:
      - Address of the Quay server, as URL or host name, with port and path prefix where it has them.
      - Without a scheme V(https://) is assumed.
      - The environment variable E(QUAY_HOST) is used where the option is not given.
    type: str
    default: http://127.0.0.1
  validate_certs:
    description:
      - Whether the TLS certificate of the server must be trusted.
      - The environment variable E(QUAY_VERIFY_SSL) is used where the option is not given.
    type: bool
    default: true
    aliases: [verify_ssl]
  ca_path:
    description:
      - File with the certificates of the authorities to trust, or a folder that C(openssl rehash) prepared.
      - Where it is not given, E(REQUESTS_CA_BUNDLE) and the authorities that come with requests count.
      - The environment variable E(QUAY_CA_PATH) is used where the option is not given.
    type: path
  client_cert:
    description: File with the client certificate (PEM), with its key in the same file or in O(client_key).
    type: path
  client_key:
    description: File with the key of O(client_cert) (PEM, without passphrase).
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of an answer. Fractions are allowed.
      - An answer as a whole may take ten times as long.
      - The environment variable E(QUAY_TIMEOUT) is used where the option is not given.
    type: float
    default: 10.0
"""
