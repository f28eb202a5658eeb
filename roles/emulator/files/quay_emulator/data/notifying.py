# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a notification needs by its method, as the real server looks at it."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from .store import Store

EVENTS = (
    "repo_push",
    "build_queued",
    "build_start",
    "build_success",
    "build_cancelled",
    "build_failure",
    "vulnerability_found",
    "repo_mirror_sync_started",
    "repo_mirror_sync_success",
    "repo_mirror_sync_failed",
    "repo_image_expiry",
    "quota_warning",
    "quota_error",
)
# The first release that has an event.
SINCE = {"repo_image_expiry": "3.12", "quota_warning": "3.18", "quota_error": "3.18"}
NAMESPACE_EVENTS = ("quota_error", "quota_warning")
# What each method needs, and how the lack of it is called.
NEEDED = {
    "webhook": {"url": "Missing webhook URL"},
    "slack": {"url": "Missing Slack Callback URL"},
    "flowdock": {"flow_api_token": "Missing Flowdock API Token"},
    "hipchat": {"notification_token": "Missing Hipchat Room Notification Token", "room_id": "Missing Hipchat Room ID"},
    "email": {"email": "Missing e-mail address"},
    "quay_notification": {},
}


def config_problem(store: Store, namespace: str, method: str, config: dict, emails: dict | None) -> str | None:
    """Why a notification by this method cannot be made; ``emails`` are those of a repository, None elsewhere."""
    if method == "email" and emails is None:
        return None
    for name, text in NEEDED[method].items():
        if not config.get(name):
            return text
    if method == "webhook":
        return webhook_problem(config)
    if method == "email" and not emails.get(config["email"]):
        return "The specified e-mail address is not authorized to receive notifications for this repository"
    return target_problem(store, namespace, config.get("target")) if method == "quay_notification" else None


def webhook_problem(config: dict) -> str | None:
    parts = urlsplit(config["url"])
    if parts.scheme not in ("http", "https") or (parts.hostname or "").lower() in ("localhost", "127.0.0.1"):
        return "Invalid webhook URL"
    if config.get("template"):
        try:
            json.loads(config["template"])
        except ValueError as error:
            return str(error)
    return None


def target_problem(store: Store, namespace: str, target: dict | None) -> str | None:
    if not target or not target.get("kind"):
        return "Missing target"
    kind, name = target["kind"], target.get("name", "")
    if kind == "user":
        return None if store.user(name) else f"Unknown user {name}"
    if kind == "org":
        if store.org(name) is None:
            return f"Unknown organization {name}"
        return None if name == namespace else "Organization name must match repository namespace"
    if kind == "team":
        return None if store.team(namespace, name) else f"Unknown team {name}"
    return "Unknown target kind"
