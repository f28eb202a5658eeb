# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the one way to write a file for the user, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import typing as t

from ._errors import BadInput, QuayError


@contextlib.contextmanager
def reported(shown: str) -> t.Iterator[None]:
    """Raise QuayError for whatever the system refuses, a full disk too; ``shown`` is the path as the user wrote it."""
    try:
        yield
    except OSError as error:
        raise QuayError(f"{shown}: cannot be written: {error.strerror or error}.") from None


class OutputFile:
    """The plain file that ``dest`` is, or will be; ``path`` is where symlinks lead to.

    ``shown`` is the path as the user wrote it. Raises BadInput where something else is, or no file can be, and
    QuayError for what cannot be looked at.
    """

    def __init__(self, dest: str, shown: str) -> None:
        self.shown = shown
        with reported(shown):
            try:
                # Not of the resolved path, which leads nowhere for a pipe of /dev/stdout.
                mode = os.stat(dest).st_mode
            except FileNotFoundError:
                mode = stat.S_IFREG
            except ValueError:
                raise BadInput("dest", shown, "remove the NUL character") from None
            if stat.S_ISDIR(mode) or not os.path.basename(dest):
                raise BadInput("dest", shown, "this is a folder; use the path of a file")
            if not stat.S_ISREG(mode):
                raise BadInput("dest", shown, "this is a device, pipe or socket; use the path of a regular file")
            self.path = os.path.realpath(dest)

    def differs(self, text: str) -> bool:
        """Whether the file does not hold ``text`` yet. Raises QuayError where it cannot be read."""
        with reported(self.shown):
            try:
                with open(self.path, encoding="utf-8", newline="") as file:
                    return file.read() != text
            except (FileNotFoundError, UnicodeDecodeError):
                return True

    def write(self, text: str, mode: int | None = None) -> None:
        """Replace the content at once, so that nobody ever reads half of it; folders that are missing are created.

        A new file has ``mode``, by default what the umask leaves of 0666. Raises QuayError.
        """
        folder = os.path.dirname(self.path)
        with reported(self.shown):
            os.makedirs(folder, exist_ok=True)
            handle, partial = tempfile.mkstemp(dir=folder, prefix=".dockhand-")
            try:
                with open(handle, "w", encoding="utf-8", newline="") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                self.adopt(partial, mode)
            except BaseException:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(partial)
                raise

    def adopt(self, partial: str, mode: int | None = None) -> None:
        """Put the finished ``partial`` from the same folder in the place; mode and owner stay. Raises QuayError."""
        with reported(self.shown):
            try:
                present = os.stat(self.path)
            except FileNotFoundError:
                os.chmod(partial, _of_new_files() if mode is None else mode)
            else:
                with contextlib.suppress(PermissionError):
                    shutil.chown(partial, present.st_uid, present.st_gid)
                os.chmod(partial, stat.S_IMODE(present.st_mode))
            os.replace(partial, self.path)


def _of_new_files() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
