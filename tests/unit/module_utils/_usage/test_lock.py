# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""One export at a time writes a file, and nothing that somebody else has put beside it."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._usage import lock


def test_two_exports_at_once_do_not_spoil_each_other(registry):
    page = registry.logs.page

    def meanwhile(*arguments):
        registry.logs.page = page
        if arguments[1].day == 24:
            with pytest.raises(QuayError, match="another export is writing"):
                registry.run(dest="logs.jsonl")
        return page(*arguments)

    registry.run(dest="other.jsonl")
    registry.logs.page = lambda *arguments: meanwhile(*arguments) if arguments[1].day == 24 else page(*arguments)
    registry.run(dest="logs.jsonl", workers=1)
    assert registry.numbers("logs.jsonl") == list(range(400))


def test_another_export_that_ends_just_before_this_one_locks_is_noticed(registry, monkeypatch):
    registry.run(dest="logs.jsonl", append=True)
    registry.now += dt.timedelta(minutes=1)
    real = lock.fcntl.flock

    def flock(handle, how):
        monkeypatch.setattr(lock.fcntl, "flock", real)
        assert registry.run(dest="logs.jsonl", append=True)["entries"] == 1
        return real(handle, how)

    monkeypatch.setattr(lock.fcntl, "flock", flock)
    assert registry.run(dest="logs.jsonl", append=True)["entries"] == 0
    assert registry.numbers("logs.jsonl") == list(range(400))
    assert not (registry.path / "logs.jsonl.lock").exists()


@pytest.mark.parametrize("ending", ["partial", "checkpoint", "lock"])
@pytest.mark.parametrize("kind", ["fifo", "symlink", "folder"])
def test_what_others_put_beside_the_file_is_not_written_to(registry, ending, kind):
    beside = registry.path / f"logs.jsonl.{ending}"
    (registry.path / "precious").write_text("theirs")
    {"fifo": os.mkfifo, "folder": os.mkdir, "symlink": lambda path: os.symlink("precious", path)}[kind](beside)
    with pytest.raises(QuayError, match=rf"logs\.jsonl\.{ending}: not a plain file\. Remove it"):
        registry.run(dest="logs.jsonl")
    assert (registry.path / "precious").read_text() == "theirs"
