# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where quay_export writes, of which names come from the server."""

from __future__ import annotations

import os

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry import export


def files(*names):
    document = {"organizations": [{"name": name} for name in names]}
    return list(export._files({"split": True, "dest": "registry"}, document))


def test_each_organization_has_a_file():
    assert files("payments", "Old Org") == ["registry/Old Org.yml", "registry/payments.yml"]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../out", "%2E.%2F..%2Fout"),
        ("..", "%2E."),
        ("/etc/passwd", "%2Fetc%2Fpasswd"),
        (".hidden", "%2Ehidden"),
        ("a\nb", "a%0Ab"),
        ("\x1b[2J", "%1B%5B2J"),
        ("a\\b", "a%5Cb"),
        ("a\0b", "a%00b"),
        ("per%2Fcent", "per%252Fcent"),
    ],
)
def test_no_name_leads_out_of_the_folder(name, file):
    assert files("payments", name) == sorted(["registry/payments.yml", f"registry/{file}.yml"])


@pytest.mark.parametrize("dest", ["/dev/null", "/dev/full", "fifo", "folder", "a\0b"])
def test_no_document_goes_to_what_is_no_plain_file(tmp_path, dest):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadInput, match="^dest: "):
        export._check_place({"dest": dest, "split": False}, str(tmp_path))


@pytest.mark.parametrize("dest", ["/dev/null", "fifo", "file"])
def test_split_needs_a_folder(tmp_path, dest):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="^dest: .* split=true needs a folder"):
        export._check_place({"dest": dest, "split": True}, str(tmp_path))
