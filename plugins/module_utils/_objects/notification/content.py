# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what a notification says, as options, as Quay has it, and as it is shown. Pure.

Methods: quay notifications/notificationmethod.py; events: quay notifications/notificationevent.py.
"""

from __future__ import annotations

import json
import typing as t
from urllib.parse import urlsplit

from ..._client.views import MaybeText, Object, listed
from ..._engine.field import State
from ..._errors import BadInput

BUILD_EVENTS = ("build_queued", "build_start", "build_success", "build_failure", "build_cancelled")
MIRROR_EVENTS = ("repo_mirror_sync_started", "repo_mirror_sync_success", "repo_mirror_sync_failed")
EXPIRY, VULNERABILITY = "repo_image_expiry", "vulnerability_found"
EVENTS = ("repo_push", *BUILD_EVENTS, VULNERABILITY, *MIRROR_EVENTS, EXPIRY)
# What config must have for each method.
METHODS = {
    "email": "email",
    "flowdock": "flow_api_token",
    "hipchat": "room_id",
    "quay_notification": "name",
    "slack": "url",
    "webhook": "url",
}
# In the order of their index in Quay (quay util/secscan/__init__.py), worst first.
LEVELS = ("critical", "high", "medium", "low", "negligible", "unknown")
SECRETS = ("url", "flow_api_token", "notification_token")
# Which events an option belongs to.
OF_EVENTS = {"image_expiry_days": (EXPIRY,), "vulnerability_level": (VULNERABILITY,), "ref_regex": BUILD_EVENTS}
HIDDEN = "(hidden)"

OPTIONS: State = {
    "email": {"type": "str"},
    "flow_api_token": {"type": "str", "no_log": True},
    "name": {"type": "str"},
    "notification_token": {"type": "str", "no_log": True},
    "room_id": {"type": "str"},
    "template": {"type": "jsonarg"},
    "type": {"type": "str", "choices": ["user", "team", "org"], "default": "user"},
    "url": {"type": "str", "no_log": True},
}
CONFIG_SPEC: State = {
    "options": OPTIONS,
    "mutually_exclusive": [("email", "flow_api_token", "name", "room_id", "url")],
    "required_together": [("room_id", "notification_token")],
    "required_by": {"template": "url"},
}


class NotificationView(t.TypedDict):
    """A notification (quay endpoints/api/repositorynotification_models_interface.py)."""

    uuid: str
    title: MaybeText
    event: str
    method: str
    config: Object
    event_config: Object
    number_of_failures: int


NotificationsView = listed("notifications", NotificationView)


def fault(params: State) -> BadInput | None:
    """What is wrong with the options of a task, beyond each on its own."""
    method, event, config = params["method"], params["event"], params["config"]
    if method and config and not config.get(METHODS[method]):
        return BadInput("method", method, f"set config.{METHODS[method]} too")
    if config and config.get("template") and not _is_json(config["template"]):
        return BadInput("config.template", config["template"], "use JSON")
    if method == "webhook" and config and not _is_webhook(config["url"]):
        return BadInput("config.url", HIDDEN, "use http:// or https:// and a host that is not the server itself")
    for option in ("vulnerability_level", "ref_regex"):
        if params[option] and event and event not in OF_EVENTS[option]:
            return BadInput(option, params[option], f"use it with event {' or '.join(OF_EVENTS[option])} only")
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _is_webhook(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and (parts.hostname or "localhost") not in ("localhost", "127.0.0.1")


def canonical(config: State) -> State:
    """``config`` of a task as Quay has it."""
    if config.get("name"):
        return {"target": {"kind": config["type"], "name": config["name"]}}
    return _known(config)


def _known(config: State) -> State:
    """What counts of a config; Quay's own pages send more, such as pictures."""
    keys = ("email", "flow_api_token", "notification_token", "room_id", "url", "template")
    known = {key: config[key] for key in keys if config.get(key)}
    if "template" in known and _is_json(known["template"]):
        known["template"] = json.dumps(json.loads(known["template"]), sort_keys=True)
    return known


def shown(config: State) -> State:
    """In the words of the options, without tokens; of an address only its host, since the rest may be a token."""
    if "target" in config:
        return {"type": config["target"]["kind"], "name": config["target"]["name"]}
    visible = {key: value for key, value in config.items() if key not in SECRETS}
    if "url" in config:
        visible["url"] = _host_of(config["url"])
    if _is_json(visible.get("template", "")):
        visible["template"] = json.loads(visible["template"])
    return visible


def _host_of(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return HIDDEN
    return f"{parts.scheme}://{parts.hostname}/…" if parts.hostname else HIDDEN


def has_secrets(config: State) -> bool:
    """Whether a config of Quay has something that opens the receiver."""
    return not config.keys().isdisjoint(SECRETS)


def parse(entry: State) -> State:
    """A notification of Quay in canonical form."""
    config, event = entry["config"], entry["event_config"]
    target = config.get("target")
    # Quay keeps any config that it is sent.
    if isinstance(target, dict) and target.get("kind"):
        config = {"target": {"kind": target["kind"], "name": target.get("name", "")}}
    else:
        config = _known(config)
    return {
        "title": entry["title"] or "",
        "event": entry["event"],
        "method": entry["method"],
        "config": config,
        "image_expiry_days": event.get("days"),
        "vulnerability_level": _level(event.get("level")),
        "ref_regex": event.get("ref-regex") or None,
        "number_of_failures": entry["number_of_failures"],
    }


def _level(index: t.Any) -> str | None:
    """Quay takes any form of a number, and a word for unknown."""
    if index is None:
        return None
    return LEVELS[int(index)] if str(index) in map(str, range(len(LEVELS))) else "unknown"


def render(values: State) -> State:
    """What Quay is sent."""
    event = {"days": values.get("image_expiry_days"), "ref-regex": values.get("ref_regex")}
    if values.get("vulnerability_level"):
        event["level"] = LEVELS.index(values["vulnerability_level"])
    return {
        "title": values["title"],
        "event": values["event"],
        "method": values["method"],
        "config": values["config"],
        "eventConfig": {key: value for key, value in event.items() if value is not None},
    }
