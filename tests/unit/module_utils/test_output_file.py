# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files for the user: whole or not at all, only plain ones, and every refusal of the system as a message."""

from __future__ import annotations

import contextlib
import os
import resource
import socket

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput, QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._output_file import OutputFile


def target(path):
    return OutputFile(str(path), "shown.yml")


@contextlib.contextmanager
def small_disk():
    """No file may have more than 4 KiB, as on a disk that is full; nor may the output of the tests meanwhile."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_new_file_has_the_mode_of_the_umask_and_folders_are_created(tmp_path):
    path = tmp_path / "a" / "b.yml"
    assert target(path).differs("text")
    mask = os.umask(0o027)
    try:
        target(path).write("text\r\n")
    finally:
        os.umask(mask)
    assert path.read_bytes() == b"text\r\n"
    assert path.stat().st_mode & 0o7777 == 0o640
    assert not target(path).differs("text\r\n")
    assert os.listdir(path.parent) == ["b.yml"]


def test_mode_and_owner_of_a_present_file_stay(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("old")
    path.chmod(0o600)
    owned = os.geteuid() == 0
    if owned:
        os.chown(path, 12, 34)
    target(path).write("new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o7777 == 0o600
    assert not owned or (path.stat().st_uid, path.stat().st_gid) == (12, 34)


@pytest.mark.parametrize("present", [True, False])
def test_a_symlink_is_followed(tmp_path, present):
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "a.yml", tmp_path / "link.yml"
    if present:
        real.write_text("old")
    link.symlink_to(real)
    target(link).write("new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_what_is_no_plain_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("fifo")
    os.symlink("fifo", "to_fifo")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind("socket")
    for path in ("/dev/null", "/dev/full", "fifo", "to_fifo", "socket"):
        with pytest.raises(BadInput, match=r"dest: invalid value 'shown.yml': this is a device, pipe or socket"):
            target(path)
    for path in (tmp_path, f"{tmp_path}/new/", "/"):
        with pytest.raises(BadInput, match=r"dest: invalid value 'shown.yml': this is a folder"):
            target(path)
    with pytest.raises(BadInput, match=r"dest: invalid value 'shown.yml': .*NUL"):
        target("a\0b")
    listening.close()


def test_every_refusal_of_the_system_is_a_message(tmp_path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "loop").symlink_to("loop")
    for path in (tmp_path / "file" / "a.yml", tmp_path / "loop", tmp_path / ("x" * 300), "/proc/nowhere/a.yml"):
        with pytest.raises(QuayError, match=r"^shown.yml: cannot be written: [A-Z][A-Za-z ]+\.$"):
            target(path).write("text")


def test_a_full_disk_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("old")
    with small_disk(), pytest.raises(QuayError, match=r"^shown.yml: cannot be written: File too large\.$"):
        target(path).write("x" * 8192)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.yml"]
