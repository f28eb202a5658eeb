# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What mirrors of repositories and of whole organizations share."""

from __future__ import annotations

from datetime import datetime, timezone

CONFIG = {
    "verify_tls": {"type": "boolean"},
    "proxy": {
        "type": "object",
        "properties": {name: {"type": ["string", "null"]} for name in ("https_proxy", "http_proxy", "no_proxy")},
    },
}
ARCHITECTURES = ("amd64", "arm64", "ppc64le", "s390x")
STATUSES = ("CANCEL", "FAIL", "NEVER_RUN", "SUCCESS", "SYNCING", "SYNC_NOW")
RETRIES = 3
# Of a mirror that nobody has used yet.
FRESH = {"sync_status": "NEVER_RUN", "sync_retries_remaining": RETRIES, "sync_expiration_date": None}


def is_date(text: str) -> bool:
    """Only the one format of the real server."""
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return False
    return True


def sync_now(mirror: dict) -> bool:
    """Not while it runs."""
    if mirror["sync_status"] == "SYNCING":
        return False
    mirror.update(sync_status="SYNC_NOW", sync_expiration_date=None)
    mirror["sync_retries_remaining"] = max(mirror["sync_retries_remaining"], 1)
    return True


def cancel(mirror: dict, expires: str | None = None) -> None:
    mirror.update(sync_status="CANCEL", sync_expiration_date=expires, sync_retries_remaining=0)


def now() -> str:
    """As the real server shows it, with fractions of a second."""
    return datetime.now(timezone.utc).replace(tzinfo=None).isoformat() + "Z"
