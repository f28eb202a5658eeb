# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credentials of the request at hand."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

from ..data.models import Namespace, Token


@dataclass
class Auth:
    """Who asks; scopes None is a direct login."""

    user: Namespace | None = None
    kind: str = "none"
    scopes: frozenset[str] | None = frozenset()
    token: Token | None = None

    def describe(self) -> str | None:
        if self.user is None:
            return None
        return f"user {self.user.name}" if self.kind == "session" else f"OAuth token of {self.user.name}"


def current() -> Auth:
    return g.get("auth") or Auth()
