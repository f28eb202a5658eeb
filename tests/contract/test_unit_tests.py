# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Unit tests mirror the rooms of module_utils: whoever changes x.py finds its tests in test_x.py."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE, TESTS = ROOT / "plugins" / "module_utils", ROOT / "tests" / "unit" / "module_utils"
# In the rooms of _objects, a kind that is only a declaration has its story.
LAYERS = ("_text", "_client", "_engine", "_document", "_usage")


@pytest.mark.parametrize("layer", LAYERS)
def test_each_file_of_a_layer_has_its_tests(layer):
    files = [file.name for file in (CODE / layer).glob("*.py") if file.name != "__init__.py"]
    assert files
    assert [name for name in files if not (TESTS / layer / f"test_{name}").exists()] == []


def test_each_test_is_named_after_a_file_that_is_there():
    """What does not fit into one file has another word behind the name: test_auth_threads.py tests auth.py, too."""
    lost = []
    for test in TESTS.rglob("test_*.py"):
        room = CODE / test.parent.relative_to(TESTS)
        names = {file.stem.lstrip("_") for file in room.glob("*.py")}
        words = test.stem.removeprefix("test_").split("_")
        if not names & {"_".join(words[:length]) for length in range(1, len(words) + 1)}:
            lost.append(str(test.relative_to(TESTS)))
    assert lost == []
