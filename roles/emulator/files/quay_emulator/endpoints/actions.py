# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a handler writes to the action log."""

from __future__ import annotations

import time

from flask import request

from ..data.action_log import Entry
from ..data.models import Namespace, Repository
from . import auth
from .identity import current


def log_action(
    kind: str, namespace: Namespace | str | None, metadata: dict, repository: Repository | None = None
) -> None:
    """Under the name of who asks; a token leaves its traces in the metadata."""
    caller = current()
    if caller.token is not None:
        metadata = {
            **metadata,
            "oauth_token_id": caller.token.id,
            "oauth_token_application_id": f"automation-{caller.user.name}",
            "oauth_token_application": "automation",
        }
    log_event(kind, namespace, metadata, repository, caller.user)


def log_event(
    kind: str,
    namespace: Namespace | str | None,
    metadata: dict,
    repository: Repository | None = None,
    performer: Namespace | None = None,
) -> None:
    """Nobody is the performer of a sign-in or of a build from an archive."""
    store = auth.store()
    one = store.names.get(namespace) if isinstance(namespace, str) else namespace
    if one is None or one.name not in store.settings["DISABLED_FOR_AUDIT_LOGS"]:
        store.log.add(Entry(kind, time.time(), one, performer, repository, request.remote_addr, metadata))
