# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: quay_kubernetes_secret
short_description: Create a Kubernetes pull secret from robot accounts
version_added: 1.0.0
description:
  - Creates the manifest of a secret of the type C(kubernetes.io/dockerconfigjson), for the module
    C(kubernetes.core.k8s) or for C(kubectl apply).
  - The result contains the tokens, so set C(no_log) on the task.
author:
  - The dockhand.quay authors (@dockhand)
positional: name, url, namespace
options:
  _input:
    description:
      - A robot account as returned by M(dockhand.quay.quay_robot), with C(name) and C(token), or a list of these.
      - A single robot account is used for all images of the registry. Each of several is used for the images of its own
        namespace, so they must belong to different namespaces. Kubernetes and podman support that; docker does not.
      - A token that is null counts as an empty string, because the token of a robot account that does not exist yet is
        null in check mode.
    type: raw
    required: true
  name:
    description:
      - Name of the secret, up to 253 lower-case letters, digits, C(-) and C(.). Each part between dots starts and ends
        with a letter or a digit.
    type: str
    required: true
  url:
    description: Address of the registry, as for O(dockhand.quay.quay_robot#module:quay_host).
    type: str
    required: true
  namespace:
    description: Kubernetes namespace of the secret. If not specified, the manifest does not contain one.
    type: str
  labels:
    description: Labels of the secret.
    type: dict
    default: {}
seealso:
  - plugin: dockhand.quay.quay_docker_config
    plugin_type: filter
  - module: dockhand.quay.quay_robot
"""

EXAMPLES = r"""
- name: Create the robots of the cluster
  dockhand.quay.quay_robot:
    name: "{{ item }}"
  loop: [payments+cluster, shop+cluster]
  register: robots
  no_log: true

- name: Create the pull secret
  kubernetes.core.k8s:
    definition: "{{ robots.results | dockhand.quay.quay_kubernetes_secret('quay-pull', registry, 'default') }}"
  vars:
    registry: https://quay.example.com
  no_log: true
"""

RETURN = r"""
_value:
  description: The manifest.
  type: dict
  sample:
    apiVersion: v1
    kind: Secret
    metadata: {name: quay-pull, namespace: default}
    type: kubernetes.io/dockerconfigjson
    data: {.dockerconfigjson: eyJhdXRocyI6IHt9fQ==}
"""

import re
import typing as t
from urllib.parse import urlsplit

from ansible.errors import AnsibleFilterError
from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import base_url
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.module_utils._text.docker_config import docker_config, login

Robot = t.Mapping[str, t.Any]
Manifest = dict[str, t.Any]
# A subdomain of RFC 1123, which the API of Kubernetes asks for.
_LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(\.{_LABEL})*")


def quay_kubernetes_secret(
    robots: Robot | t.Sequence[Robot],
    name: str,
    url: str,
    namespace: str | None = None,
    labels: t.Mapping[str, str] | None = None,
) -> Manifest:
    """The manifest of the secret; raises AnsibleFilterError."""
    if not isinstance(name, str) or not _NAME.fullmatch(name) or len(name) > 253:
        rule = (
            "use up to 253 lower-case letters, digits, '-' and '.', with a letter or a digit at both ends of each part"
        )
        raise AnsibleFilterError(f"quay_kubernetes_secret: {BadInput('name', name, rule)}")
    try:
        registry = urlsplit(base_url(url)).netloc
    except BadInput as error:
        raise AnsibleFilterError(f"quay_kubernetes_secret: url: {error}") from None
    metadata: Manifest = {"name": name}
    metadata.update({"namespace": namespace} if namespace else {}, **({"labels": dict(labels)} if labels else {}))
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata,
        "type": "kubernetes.io/dockerconfigjson",
        "data": {".dockerconfigjson": docker_config(_auths(registry, robots))},
    }


def _auths(registry: str, robots: Robot | t.Sequence[Robot]) -> dict[str, dict[str, str]]:
    """The entry of each robot; with several, below its namespace."""
    several = [robots] if isinstance(robots, t.Mapping) else robots
    auths: dict[str, dict[str, str]] = {}
    try:
        for robot in several:
            full_name, token = robot["name"], robot["token"]
            namespace = full_name.partition("+")[0]
            place = registry if len(several) == 1 else f"{registry}/{namespace}"
            if place in auths:
                raise AnsibleFilterError(
                    f"quay_kubernetes_secret: two robots belong to {namespace}, and a secret can hold one for each "
                    "namespace. Create a secret for each of them."
                )
            auths[place] = {"auth": login(full_name, token or "")}
    except (LookupError, TypeError, AttributeError):
        auths = {}
    if not auths:
        raise AnsibleFilterError(
            "quay_kubernetes_secret: the input is not a robot with name and token, or a list of these."
        )
    return auths


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"quay_kubernetes_secret": quay_kubernetes_secret}
