# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: which scope a token needs for a call. Data only.

As Quay's API description tells (require_scope in quay endpoints/api), which names it nowhere in a refusal.
"""

from __future__ import annotations

import re

# The first that matches method and path below /api/v1 counts.
_SCOPES = (
    (r"GET /user/$", "user:read"),
    (r"\w+ /user/|POST /organization/$|GET /organization/[^/]+/robots/[^/]+/permissions$", "user:admin"),
    (r"\w+ /superuser/|(POST|PUT|DELETE) /organization/[^/]+/quota", "super:user"),
    (r"\w+ /organization/", "org:admin"),
    (r"POST /repository$", "repo:create"),
    (r"POST /repository/.+/build/$", "repo:write"),
    (r"GET /repository/.+/build/", "repo:read"),
    (
        r"\w+ /repository/.+/(aggregatelogs|autoprunepolicy|changestate|logs|mirror|permissions|trigger)\b",
        "repo:admin",
    ),
    (r"(POST|PUT|DELETE) /repository/.+/(manifest|tag)/", "repo:write"),
    (r"GET /repository/", "repo:read"),
    (r"PUT /repository/", "repo:write"),
    (r"\w+ /repository/", "repo:admin"),
)


def scope_for(method: str, path: str) -> str:
    """The scope, such as ``repo:admin``; empty where a token needs none."""
    call = f"{method} {path}"
    return next((scope for pattern, scope in _SCOPES if re.match(pattern, call)), "")
