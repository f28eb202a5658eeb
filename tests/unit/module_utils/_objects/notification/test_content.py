# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a notification says, between the options, Quay and what is shown."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._objects.notification import content

ENTRY = {
    "uuid": "1",
    "title": None,
    "event": "repo_push",
    "method": "webhook",
    "config": {"url": "https://quay:secret@hooks.example.com/x?token=y"},
    "event_config": {},
    "number_of_failures": 0,
}


@pytest.mark.parametrize(
    "method, config",
    [
        ("email", {"email": "ann@example.com"}),
        ("flowdock", {"flow_api_token": "hidden"}),
        ("hipchat", {"room_id": "1", "notification_token": "hidden"}),
        ("quay_notification", {"name": "ann", "type": "user"}),
        ("slack", {"url": "https://hooks.example.com/hidden"}),
        ("webhook", {"url": "https://hooks.example.com/hidden", "template": '{"b": 1, "a": "${x}"}'}),
    ],
)
def test_what_is_sent_is_what_is_read(method, config):
    wanted = {"title": "", "event": "repo_push", "method": method, "config": content.canonical(config)}
    sent = content.render(wanted)
    answer = {**ENTRY, **sent, "event_config": sent["eventConfig"]}
    assert wanted.items() <= content.parse(answer).items()
    assert "hidden" not in str(content.shown(content.parse(answer)["config"]))


@pytest.mark.parametrize(
    "event, seen",
    [
        ({"level": 1}, {"vulnerability_level": "high"}),
        ({"level": "4"}, {"vulnerability_level": "negligible"}),
        ({"level": "Critical"}, {"vulnerability_level": "unknown"}),
        ({"days": 3}, {"image_expiry_days": 3}),
        ({"ref-regex": "main"}, {"ref_regex": "main"}),
    ],
)
def test_settings_of_events(event, seen):
    values = content.parse({**ENTRY, "event_config": event})
    assert seen.items() <= values.items()
    assert content.parse({**ENTRY, "event_config": content.render(values)["eventConfig"]}) == values


def test_what_the_pages_of_quay_add_does_not_count():
    config = {"target": {"kind": "team", "name": "devs", "avatar": {}, "is_robot": False}, "url": ""}
    assert content.parse({**ENTRY, "config": config})["config"] == {"target": {"kind": "team", "name": "devs"}}


@pytest.mark.parametrize("url", ["https://user:password@hooks.example.com:8443/a?b=c", "HTTPS://hooks.example.com/a"])
def test_only_the_host_of_an_address_is_shown(url):
    assert content.shown({"url": url}) == {"url": "https://hooks.example.com/…"}


@pytest.mark.parametrize("url", ["hooks.example.com/a", "https://[hooks", ""])
def test_nothing_is_shown_of_what_is_no_address(url):
    assert content.shown({"url": url}) == {"url": "(hidden)"}
