# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A listener in place of syslog, to which every module of Ansible writes its options."""

from __future__ import annotations

import contextlib
import os
import pathlib
import socket
import threading
import typing as t

SYSLOG = "/dev/log"


@contextlib.contextmanager
def syslog(file: pathlib.Path, in_worker: bool) -> t.Iterator[None]:
    """Write to ``file`` what is sent to syslog meanwhile, as modules do; what is sent to one that runs is not seen."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        try:
            listener.bind(SYSLOG)
        except OSError as error:
            print(f"secrets: syslog is not looked through: {SYSLOG}: {error.strerror}", flush=True)
            yield
            return
        with file.open("wb") as kept:
            reader = threading.Thread(target=_keep, args=(listener, kept))
            reader.start()
            try:
                yield
            finally:
                with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as last:
                    last.sendto(b"", SYSLOG)
                reader.join()
                os.unlink(SYSLOG)
    if not in_worker and b"Invoked with" not in file.read_bytes():
        raise RuntimeError("no module has written to syslog")


def _keep(listener: socket.socket, kept: t.IO[bytes]) -> None:
    """Until an empty message comes."""
    for message in iter(lambda: listener.recv(1 << 20), b""):
        kept.write(message + b"\n")
