# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    # The fragments server and credentials, for plugins that run in the controller; a unit test holds them together.
    DOCUMENTATION = r"""
requirements:
  - requests (on the controller)
options:
  quay_session:
    description:
      - Session that M(dockhand.quay.quay_login) returned. It wins over a token and over a password.
      - A call with a session costs the server about a fifteenth of one with a token.
      - Together with O(quay_username) and O(quay_password) a session that has ended is renewed.
    type: str
    vars: [{name: quay_session}]
    env: [{name: QUAY_SESSION}]
  quay_token:
    description: OAuth access token. It wins over a password.
    type: str
    vars: [{name: quay_token}]
    env: [{name: QUAY_TOKEN}]
  quay_username:
    description: Account to sign in with, together with O(quay_password).
    type: str
    vars: [{name: quay_username}]
    env: [{name: QUAY_USERNAME}]
  quay_password:
    description: Password of O(quay_username). Nothing ever signs out, which in Quay would end all sessions.
    type: str
    vars: [{name: quay_password}]
    env: [{name: QUAY_PASSWORD}]
  quay_host:
    description:
      - Address of the Quay server, as URL or host name, with port and path prefix where it has them.
      - Without a scheme V(https://) is assumed.
    type: str
    default: http://127.0.0.1
    vars: [{name: quay_host}]
    env: [{name: QUAY_HOST}]
  validate_certs:
    description: Whether the TLS certificate of the server must be trusted.
    type: bool
    default: true
    vars: [{name: quay_validate_certs}]
    env: [{name: QUAY_VERIFY_SSL}]
  ca_path:
    description:
      - File with the certificates of the authorities to trust, or a folder that C(openssl rehash) prepared.
      - Where it is not given, E(REQUESTS_CA_BUNDLE) and the authorities that come with requests count.
    type: str
    vars: [{name: quay_ca_path}]
    env: [{name: QUAY_CA_PATH}]
  client_cert:
    description: File with the client certificate (PEM), with its key in the same file or in O(client_key).
    type: str
    vars: [{name: quay_client_cert}]
  client_key:
    description: File with the key of O(client_cert) (PEM, without passphrase).
    type: str
    vars: [{name: quay_client_key}]
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of an answer. Fractions are allowed.
      - An answer as a whole may take ten times as long.
    type: float
    default: 10.0
    vars: [{name: quay_timeout}]
    env: [{name: QUAY_TIMEOUT}]
notes:
  - Options stand before variables, variables before the environment. The first of them that has credentials decides;
    only user name and password may come from two of them. Without any, requests are anonymous.
  - Credentials of the environment are for the registry that E(QUAY_HOST) names, where it is set.
  - Automation controller can inject credentials as extra variables or as environment.
"""
