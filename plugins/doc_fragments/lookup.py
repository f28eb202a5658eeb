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
      - Session returned by M(dockhand.quay.quay_login). It takes precedence over a token and a password.
      - A call with a session takes the server about a fifteenth of the time of a call with a token.
      - If O(quay_username) and O(quay_password) are set as well, an expired session is renewed.
    type: str
    vars: [{name: quay_session}]
    env: [{name: QUAY_SESSION}]
  quay_token:
    description: OAuth access token. It takes precedence over a password.
    type: str
    vars: [{name: quay_token}]
    env: [{name: QUAY_TOKEN}]
  quay_username:
    description: Account to sign in with, together with O(quay_password).
    type: str
    vars: [{name: quay_username}]
    env: [{name: QUAY_USERNAME}]
  quay_password:
    description: Password of O(quay_username). The plugin never signs out, because in Quay that would end all sessions
      of the account.
    type: str
    vars: [{name: quay_password}]
    env: [{name: QUAY_PASSWORD}]
  quay_host:
    description:
      - URL or host name of the Quay server, including port and path prefix if needed.
      - Without a scheme, V(https://) is assumed.
    type: str
    default: http://127.0.0.1
    vars: [{name: quay_host}]
    env: [{name: QUAY_HOST}]
  validate_certs:
    description: Whether to verify the TLS certificate of the server.
    type: bool
    default: true
    vars: [{name: quay_validate_certs}]
    env: [{name: QUAY_VERIFY_SSL}]
  ca_path:
    description:
      - File with the certificates of trusted authorities, or a directory prepared by C(openssl rehash).
      - If not specified, E(REQUESTS_CA_BUNDLE) and the authorities that come with requests are used.
    type: str
    vars: [{name: quay_ca_path}]
    env: [{name: QUAY_CA_PATH}]
  client_cert:
    description: File with the client certificate (PEM). Its key is in the same file or in O(client_key).
    type: str
    vars: [{name: quay_client_cert}]
  client_key:
    description: File with the key of O(client_cert) (PEM, without passphrase).
    type: str
    vars: [{name: quay_client_key}]
  timeout:
    description: Seconds to wait for a connection, and for each part of a response. Fractions are allowed.
    type: float
    default: 10.0
    vars: [{name: quay_timeout}]
    env: [{name: QUAY_TIMEOUT}]
notes:
  - Options take precedence over variables, and variables over the environment. The first of them that has credentials
    is used; only user name and password may come from two of them. Without any credentials, requests are anonymous.
  - If E(QUAY_HOST) is set, credentials from the environment are used for that registry only.
  - Automation controller can inject credentials as extra variables or as environment variables.
"""
