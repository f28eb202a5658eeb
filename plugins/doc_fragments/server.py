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
      - URL or host name of the Quay server, including port and path prefix if needed.
      - Without a scheme, V(https://) is assumed.
      - If not specified, the environment variable E(QUAY_HOST) is used.
    type: str
    default: http://127.0.0.1
  validate_certs:
    description:
      - Whether to verify the TLS certificate of the server.
      - If not specified, the environment variable E(QUAY_VERIFY_SSL) is used.
    type: bool
    default: true
    aliases: [verify_ssl]
  ca_path:
    description:
      - File with the certificates of trusted authorities, or a directory prepared by C(openssl rehash).
      - If not specified, the environment variable E(QUAY_CA_PATH) is used; without that, E(REQUESTS_CA_BUNDLE) or the
        authorities that come with requests.
    type: path
  client_cert:
    description: File with the client certificate (PEM). Its key is in the same file or in O(client_key).
    type: path
  client_key:
    description: File with the key of O(client_cert) (PEM, without passphrase).
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of a response, up to 86400 (one day). Fractions are allowed.
      - If not specified, the environment variable E(QUAY_TIMEOUT) is used.
    type: float
    default: 10.0
"""
