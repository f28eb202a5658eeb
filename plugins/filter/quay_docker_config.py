# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: quay_docker_config
short_description: Create a docker config from the name and the token of an account
version_added: 1.0.0
description:
  - Creates the C(config.json) that docker, podman and Kubernetes read, and returns it in base64.
  - The result contains the token, so set C(no_log) on the task.
author:
  - The dockhand.quay authors (@dockhand)
positional: token, url, email, encoding
options:
  _input:
    description: Full name of a robot account, such as V(payments+deployer), or a user name.
    type: str
    required: true
  token:
    description:
      - Token of the robot account, or password of the user.
      - Null counts as an empty string, because the token of a robot account that does not exist yet is null in check
        mode.
    type: str
    required: true
  url:
    description:
      - Address of the registry, as for O(dockhand.quay.quay_robot#module:quay_host).
      - Docker finds the entry by its host and port.
    type: str
    default: http://127.0.0.1
  email:
    description: E-mail address of the account, which only old versions of docker use.
    type: str
    default: ''
  encoding:
    description: Encoding of the name and the token, and of the file.
    type: str
    default: utf-8
seealso:
  - plugin: dockhand.quay.quay_kubernetes_secret
    plugin_type: filter
  - module: dockhand.quay.quay_robot
"""

EXAMPLES = r"""
- name: Create the robot that pulls images
  dockhand.quay.quay_robot:
    name: payments+deployer
  register: deployer
  no_log: true

- name: Write config.json
  ansible.builtin.copy:
    content: "{{ deployer.name | dockhand.quay.quay_docker_config(deployer.token, registry) | b64decode }}"
    dest: /etc/containers/auth.json
    mode: "0600"
  vars:
    registry: https://quay.example.com
  no_log: true
"""

RETURN = r"""
_value:
  description: The file in base64, with one entry in C(auths).
  type: str
"""

import typing as t
from urllib.parse import urlsplit

from ansible.errors import AnsibleFilterError
from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import DEFAULT_HOST, base_url
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.module_utils._text.docker_config import docker_config, login


def quay_docker_config(
    username: str, token: str | None, url: str = DEFAULT_HOST, email: str = "", encoding: str = "utf-8"
) -> str:
    """Base64 of the file."""
    if not isinstance(username, str) or not username:
        raise AnsibleFilterError("quay_docker_config: the input is not the name of an account.")
    try:
        registry = urlsplit(base_url(url)).netloc
        entry = {"auth": login(username, token or "", encoding), "email": email}
        return docker_config({registry: entry}, encoding)
    except BadInput as error:
        raise AnsibleFilterError(f"quay_docker_config: url: {error}") from None
    except (LookupError, UnicodeError):
        # The original message holds the token.
        raise AnsibleFilterError(f"quay_docker_config: encoding: {encoding!r} cannot be used here.") from None


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"quay_docker_config": quay_docker_config}
