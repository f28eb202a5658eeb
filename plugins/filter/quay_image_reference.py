# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: quay_image_reference
short_description: Split and join references of container images
version_added: 1.0.0
description:
  - Splits a reference such as V(quay.example.com/payments/api:1.4) into its parts, or joins such parts.
author:
  - The dockhand.quay authors (@dockhand)
positional: _input
options:
  _input:
    description:
      - A reference, or a dictionary with the keys of the result.
      - When joining, C(namespace) is ignored, and of the other keys only C(repository) is required.
    type: raw
    required: true
  registry:
    description:
      - Whether a reference can start with a registry. As in docker, the first part is a registry if it contains a dot
        or a colon, or is V(localhost).
      - Set it to V(false) for references without a registry whose namespace can contain a dot, such as
        O(dockhand.quay.quay_tag#module:image).
    type: bool
    default: true
"""

EXAMPLES = r"""
- name: Show the tag that a deployment uses
  ansible.builtin.debug:
    msg: "{{ (deployed_image | dockhand.quay.quay_image_reference).tag }}"
  vars:
    deployed_image: quay.example.com/payments/api:1.4

- name: Show the same image in another registry
  ansible.builtin.debug:
    msg: "{{ parts | combine({'registry': 'mirror.example.com'}) | dockhand.quay.quay_image_reference }}"
  vars:
    parts: "{{ 'quay.example.com/payments/api:1.4' | dockhand.quay.quay_image_reference }}"
"""

RETURN = r"""
_value:
  description: The parts of a reference, or the joined reference as a string. A missing part is an empty string.
  type: raw
  sample:
    registry: quay.example.com
    namespace: payments
    repository: payments/api
    tag: "1.4"
    digest: ""
"""

import typing as t

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.dockhand.quay.plugins.module_utils._text.image_reference import ImageReference, image_reference

Parts = t.Mapping[str, t.Any]


def quay_image_reference(reference: str | Parts, registry: bool = True) -> dict[str, str] | str:
    """The parts of a text, or the text of parts."""
    if isinstance(reference, t.Mapping):
        return t.cast("str", wrap_var(_joined(reference)))
    if not isinstance(reference, str):
        raise AnsibleFilterError("quay_image_reference: the input is neither a reference nor a dictionary.")
    return t.cast("dict[str, str]", wrap_var(_parts(reference, registry)))


def _parts(reference: str, with_registry: bool) -> dict[str, str]:
    found = _checked(reference)
    place, slash, rest = found.name.partition("/")
    if not (with_registry and slash and (place == "localhost" or "." in place or ":" in place)):
        place, rest = "", found.name
    namespace = rest.partition("/")[0] if "/" in rest else ""
    return {"registry": place, "namespace": namespace, "repository": rest, "tag": found.tag, "digest": found.digest}


def _joined(parts: Parts) -> str:
    registry, repository, tag, digest = (parts.get(key) or "" for key in ("registry", "repository", "tag", "digest"))
    if not repository:
        raise AnsibleFilterError(
            "quay_image_reference: repository is missing. A reference cannot be joined without it."
        )
    name = f"{registry}/{repository}" if registry else str(repository)
    return str(_checked(str(ImageReference(name, str(tag), str(digest)))))


def _checked(reference: str) -> ImageReference:
    try:
        return image_reference(reference)
    except ValueError as error:
        raise AnsibleFilterError(f"quay_image_reference: invalid value {reference!r}: {error}.") from None


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"quay_image_reference": quay_image_reference}
