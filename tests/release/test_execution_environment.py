# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""ansible-builder learns from the tarball what an execution environment needs."""

from __future__ import annotations

import re

import yaml

from tests.release.conftest import ROOT

BUILDER = str(ROOT / ".venv" / "galaxy" / "bin" / "ansible-builder")


def test_introspection_finds_requests(installed, tmp_path):
    found = tmp_path / "requirements.txt"
    installed.run(BUILDER, "introspect", "--write-pip", str(found), str(installed.path))
    assert re.fullmatch(r"requests>=[\d.]+ +# from collection dockhand\.quay\n", found.read_text())


def test_the_definition_of_the_readme_is_taken(installed, tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (definition,) = re.findall(r"```yaml\n(version: 3\n.*?)```", readme, re.DOTALL)
    file, context = tmp_path / "execution-environment.yml", tmp_path / "context"
    file.write_text(definition)
    installed.run(BUILDER, "create", "--file", str(file), "--context", str(context))
    asked = yaml.safe_load((context / "_build" / "requirements.yml").read_text())
    assert asked == {"collections": ["dockhand.quay"]}
