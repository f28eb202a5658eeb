# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The checker of words finds what it is for, and passes over what is right."""

from __future__ import annotations

import pytest

from tests.tools.words import begins_well, faults, faults_of, names_of_tasks, paragraphs


@pytest.mark.parametrize(
    "text",
    [
        "The robot is made anew.",
        "The error tells what is wrong.",
        "Where nothing differs, nothing is sent.",
        "It is no robot.",
        "one " * 36,
    ],
)
def test_what_is_wrong_is_found(text):
    assert list(faults_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "There is no robot.",
        "Where to find the token.",
        "A message such as ``is made anew`` is quoted.",
        "one " * 35,
        f"{'one ' * 20}end. {'two ' * 20}",
    ],
)
def test_what_is_right_passes(text):
    assert not list(faults_of(text))


def test_code_is_not_prose():
    page = "Run it.\n\n.. code-block:: yaml\n\n   - name: Made anew\n\nDone.\n"
    assert "anew" not in " ".join(text for _number, text in paragraphs(page))


def test_names_of_tasks_are_found_at_any_depth():
    play = [{"name": "Set up", "tasks": [{"name": "Outer", "block": [{"name": "Inner", "debug": None}]}]}]
    assert list(names_of_tasks(play)) == ["Set up", "Outer", "Inner"]
    assert begins_well("Create the organization") and not begins_well("The organization is there")


def test_all_texts_are_well():
    assert not list(faults())
