# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._text import name_rules


@pytest.mark.parametrize("name", ["ab", "a1", "0a", "a.b", "a-b_c.d", "x" * 255])
def test_good_namespaces(name):
    assert name_rules.new_namespace_rule(name) == name_rules.namespace_rule(name) == ""


@pytest.mark.parametrize("name", ["", "a", "A1", "a b", "a--b", "a_", "-a", "é1", "a/b", "x" * 256, "ab\n"])
def test_bad_new_namespaces(name):
    assert name_rules.new_namespace_rule(name)


@pytest.mark.parametrize("name", ["Bob_", "Engineering Team", "a", "A1", "a--b", "...", "é1", "a?b#c%2f;", "a\\b"])
def test_old_namespaces(name):
    assert name_rules.namespace_rule(name) == ""


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/", "a\0b", "\ud800"])
def test_what_no_address_can_name(name):
    assert name_rules.namespace_rule(name)
    assert name_rules.robot_rule(f"org+{name}")
    assert name_rules.account_rule(name)


@pytest.mark.parametrize(
    ("name", "good", "new"),
    [
        ("ci", True, True),
        ("org+ci", True, True),
        ("Old Org+ci", True, True),
        ("org+C", True, False),
        ("c", True, False),
        ("org+", False, False),
        ("+ci", False, False),
        ("a+b+c", False, False),
        ("o" * 250 + "+short", True, False),
    ],
)
def test_robots(name, good, new):
    assert (name_rules.robot_rule(name) == "") is good
    assert (name_rules.new_robot_rule(name) == "") is new


@pytest.mark.parametrize(
    "name", ["r", "org/r", "org/a/b", "org/a--b", "a..b", "org/a_", "/org/r/", "org/tag", "tag", "Old Org/r", "o/r"]
)
def test_good_repositories(name):
    assert name_rules.repository_rule(name) == name_rules.new_repository_rule(name) == ""


@pytest.mark.parametrize("name", ["legacy/MyApp", "MyApp", "org/.r", "org/r?x#y", "org/a b", "org/" + "r" * 256])
def test_old_repositories(name):
    assert name_rules.repository_rule(name) == ""
    assert name_rules.new_repository_rule(name)


@pytest.mark.parametrize(
    "name", ["", "/", "org/", "/r", "org//r", "org/../r", "./r", "org/r/tag", "org/x/build", "org/é", "ò/r", "org/r\0"]
)
def test_what_would_be_another_repository(name):
    assert name_rules.repository_rule(name)


@pytest.mark.parametrize(
    ("members", "good"),
    [([], True), (["alice", "org+ci", "a@example.com", "Bob_"], True), (["a/b"], False), (["a@b"], False)],
)
def test_members(members, good):
    assert (name_rules.member_rule(members) == "") is good


@pytest.mark.parametrize(("text", "good"), [("", True), ("Ünïcode\n🚢", True), ("a\0b", False), ("\ud800", False)])
def test_texts(text, good):
    assert (name_rules.text_rule(text) == "") is good


@pytest.mark.parametrize(("password", "good"), [("12345678", True), ("1234567", False), ("1234 5678", False)])
def test_passwords(password, good):
    assert (name_rules.password_rule(password) == "") is good
