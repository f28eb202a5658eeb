# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from types import SimpleNamespace

from ansible_collections.dockhand.quay.plugins.module_utils._objects.application.resource import finish, name_rule


def result_of(check_mode, reset):
    result = {"application": {"name": "portal"}, "client_secret": "old", "client_id": "1"}
    finish(SimpleNamespace(check_mode=check_mode, params={"reset_client_secret": reset}), result)
    return result["client_secret"], result["name"]


def test_a_secret_that_will_be_another_is_not_predicted():
    assert result_of(check_mode=True, reset=True) == (None, "portal")
    assert result_of(check_mode=True, reset=False) == result_of(check_mode=False, reset=True) == ("old", "portal")


def test_an_application_that_is_deleted_has_no_name():
    result = {"changed": True}
    finish(SimpleNamespace(check_mode=False, params={"reset_client_secret": False}), result)
    assert result == {"changed": True}


def test_a_name_has_two_characters():
    assert [name for name in ("", "a", "ab", "a\0b") if name_rule(name)] == ["", "a", "a\0b"]
