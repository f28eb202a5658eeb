# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the config.json that docker, podman and Kubernetes read. Pure functions."""

from __future__ import annotations

import base64
import json
import typing as t


def login(username: str, password: str, encoding: str = "utf-8") -> str:
    """``auth`` of a registry: base64 of ``username:password``. Raises LookupError and UnicodeError for the encoding."""
    return base64.b64encode(f"{username}:{password}".encode(encoding)).decode("ascii")


def docker_config(auths: t.Mapping[str, t.Mapping[str, str]], encoding: str = "utf-8") -> str:
    """Base64 of a config.json; ``auths``: what is known of each registry, by its host and port."""
    return base64.b64encode(json.dumps({"auths": auths}).encode(encoding)).decode("ascii")
