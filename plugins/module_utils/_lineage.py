# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the processes between a task and its playbook, and whether all of them still run."""

from __future__ import annotations

import os
import pathlib


class Lineage:
    """From this process up to the playbook: a worker is its child, a local module comes after a shell or more.

    Ansible forks its workers, so a worker is the first process of Ansible with the command line of its parent. Without
    /proc, or without a worker on this host, only the parent of this process is known.
    """

    def __init__(self) -> None:
        self._process = os.getpid()
        self._parents = _parents(self._process)

    def has_ended(self) -> bool:
        """Whether one of them has got another parent since, which the death of its own makes the system do."""
        ours = os.getpid() == self._process
        return ours and any(_parent_of(child) != parent for child, parent in self._parents.items())


def _parents(process: int) -> dict[int, int]:
    child, parent = process, _parent_of(process)
    found = {child: parent}
    while not _is_worker(child, parent):
        child, parent = parent, _parent_of(parent)
        if not parent:
            return {process: found[process]}
        found[child] = parent
    return found


def _is_worker(child: int, parent: int) -> bool:
    # Shells fork themselves, too.
    command = _read(child, "cmdline")
    return b"ansible" in command and command == _read(parent, "cmdline")


def _parent_of(process: int) -> int:
    """0 if that is unknown."""
    if process == os.getpid():
        return os.getppid()
    # The name of the program, in parentheses, can hold anything.
    after_name = _read(process, "stat").rpartition(b")")[2].split()
    return int(after_name[1]) if after_name else 0


def _read(process: int, name: str) -> bytes:
    try:
        return pathlib.Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""
