# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: one export to a file at a time."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import typing as t

from .._errors import QuayError


def open_plain(path: str, flags: int) -> int:
    """Open a file that is ours, a new one with mode 0600; no symlink, pipe or device that somebody else put there.

    Returns its handle. Raises OSError, and QuayError for what is not a plain file.
    """
    try:
        handle = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.EISDIR, errno.ENXIO):
            raise
        raise QuayError(f"{path}: not a plain file. Remove it, or export to another dest.") from None
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise QuayError(f"{path}: not a plain file. Remove it, or export to another dest.")


@contextlib.contextmanager
def locked(dest: str) -> t.Iterator[None]:
    """Hold ``dest.lock``, which is gone afterwards. Raises QuayError where another process holds it."""
    path = f"{dest}.lock"
    handle = _acquired(path, dest)
    try:
        yield
    finally:
        # While it is held: who opened it before notices that it is another file than that of the path.
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        os.close(handle)


def _acquired(path: str, dest: str) -> int:
    while True:
        handle = open_plain(path, os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise QuayError(f"{dest}: another export is writing it. Wait until it ends, and run again.") from None
        except BaseException:
            os.close(handle)
            raise
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), os.stat(path)):
                return handle
        os.close(handle)
