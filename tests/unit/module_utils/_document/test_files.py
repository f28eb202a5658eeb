# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Registry documents in files: found, read, merged by organization, written at once."""

from __future__ import annotations

import os

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._document.files import dump
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.module_utils._output_file import OutputFile

from tests.unit.module_utils._document.folders import load, put


def test_a_file_of_comments_counts_as_nothing(tmp_path):
    put(tmp_path, a="", b="# soon", c="users: [{username: alice}]")
    assert load(str(tmp_path), "/") == {"users": [{"username": "alice"}]}


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match="the file cannot be read: No such file or directory"):
        load("nothing.yml", str(tmp_path))
    with pytest.raises(BadInput, match="the folder contains no file that ends in"):
        load(str(tmp_path), "/")


TEXTS = [
    "",
    " blanks ",
    "a\r\nb\n",
    "{{ braces }}",
    "{% raw",
    "{# note",
    "🐳 é\u0301",
    "\ufeffbom",
    "x: y # z",
    "\t\x07",
    "012",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts_come_back_exactly(tmp_path, text):
    document = {"organizations": [{"name": "ops", "teams": [{"name": "devs", "description": text}]}]}
    path = str(tmp_path / "new" / "export.yml")
    OutputFile(path, path).write(dump(document))
    assert load(path, "/") == document
    assert ("!unsafe" in dump(document)) == (text[:1] == "{")


def test_text_of_several_lines_is_a_block():
    told = dump({"organizations": [{"name": "ops", "description": "# Title\n\nFirst paragraph\n"}]})
    assert "    description: |\n      # Title\n\n      First paragraph\n" in told


def test_a_failed_write_leaves_the_file(tmp_path):
    path = tmp_path / "export.yml"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        OutputFile(str(path), "export.yml").write("\ud800")
    assert [file.name for file in tmp_path.iterdir()] == ["export.yml"] and path.read_text() == "old"


def test_an_empty_file_is_no_document(tmp_path):
    (tmp_path / "a.yml").write_text("# soon\n")
    with pytest.raises(BadInput, match=r"src: invalid value 'a\.yml': the file is empty\."):
        load("a.yml", str(tmp_path))


def test_a_path_with_a_nul_is_refused(tmp_path):
    with pytest.raises(BadInput, match="remove the NUL character"):
        load("a\0b", str(tmp_path))


def test_links_that_lead_back_end(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.yml").write_text("users: [{username: erika}]")
    for name in ("up", "again"):
        (tmp_path / "below" / name).symlink_to(tmp_path)
    assert load(".", str(tmp_path)) == {"users": [{"username": "erika"}]}


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.yml")
    for src in (".", "a.yml"):
        with pytest.raises(BadInput, match=r"src: invalid value 'a\.yml': use a regular file"):
            load(src, str(tmp_path))


def test_what_is_no_text_is_named(tmp_path):
    (tmp_path / "a.yml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match=r"src: invalid value 'a\.yml': use a text file in UTF-8"):
        load("a.yml", str(tmp_path))


def test_no_folder_is_passed_over_but_hidden_ones(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.yml").write_text("users: [{username: erika}]")
    (tmp_path / "registry" / ".github").mkdir(parents=True)
    (tmp_path / "registry" / ".github" / "ci.yml").write_text("on: push")
    (tmp_path / "registry" / "link").symlink_to(tmp_path / "elsewhere")
    assert load("registry", str(tmp_path)) == {"users": [{"username": "erika"}]}
    listed = os.scandir

    def refused(path):
        if str(path).endswith("link"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(BadInput, match="link cannot be read: Permission denied"):
        load("registry", str(tmp_path))
