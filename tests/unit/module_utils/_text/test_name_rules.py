# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._text import name_rules


@pytest.mark.parametrize("name", ["ab", "a1", "0a", "a.b", "a-b_c.d", "x" * 255])
def test_good_namespaces(name):
    assert name_rules.namespace_rule(name) == ""


@pytest.mark.parametrize("name", ["", "a", "A1", "a b", "a--b", "a_", "-a", "é1", "a/b", "x" * 256, "ab\n"])
def test_bad_namespaces(name):
    assert name_rules.namespace_rule(name)


@pytest.mark.parametrize(
    ("name", "good"),
    [("ci", True), ("org+ci", True), ("org+", False), ("+ci", False), ("a+b+c", False), ("org+C", False)],
)
def test_robots(name, good):
    assert (name_rules.robot_rule(name) == "") is good


@pytest.mark.parametrize("name", ["r", "org/r", "org/a/b", "org/a--b", "a..b", "org/a_", "/org/r/", "org/tag", "tag"])
def test_good_repositories(name):
    assert name_rules.repository_rule(name) == ""


@pytest.mark.parametrize(
    "name", ["", "org/R", "org/.r", "o/r", "org/r?x#y", "org/" + "r" * 256, "org/r/tag", "org/x/build"]
)
def test_bad_repositories(name):
    assert name_rules.repository_rule(name)


@pytest.mark.parametrize(
    ("members", "good"),
    [([], True), (["alice", "org+ci", "a@example.com"], True), (["Alice"], False), (["a@b"], False)],
)
def test_members(members, good):
    assert (name_rules.member_rule(members) == "") is good


@pytest.mark.parametrize(("text", "good"), [("", True), ("Ünïcode\n🚢", True), ("a\0b", False), ("\ud800", False)])
def test_texts(text, good):
    assert (name_rules.text_rule(text) == "") is good


@pytest.mark.parametrize(("password", "good"), [("12345678", True), ("1234567", False), ("1234 5678", False)])
def test_passwords(password, good):
    assert (name_rules.password_rule(password) == "") is good
