# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: limits of one answer, in bytes and in time, however slowly its bytes come."""

from __future__ import annotations

import http.client
import io
import socket
import time
import typing as t

LARGEST_BODY = 16 * 1024 * 1024
# How much longer than each of its parts an answer may take as a whole.
WHOLE_ANSWER = 10


class TooLarge(ValueError):
    """The body of an answer is larger than LARGEST_BODY."""


class Deadline:
    """The moment by which the present answer must be complete, in time of ``time.monotonic``."""

    def __init__(self) -> None:
        self._at = float("inf")

    def set(self, seconds: float) -> None:
        """It is ``seconds`` from now."""
        self._at = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        """Whether the answer took too long."""
        return time.monotonic() >= self._at

    def adapter(self) -> t.Any:
        """An HTTPAdapter of requests that raises a timeout wherever an answer is read after the deadline."""
        from requests.adapters import HTTPAdapter

        deadline = self

        class Response(http.client.HTTPResponse):
            def __init__(self, sock: socket.socket, *arguments: t.Any, **options: t.Any) -> None:
                super().__init__(sock, *arguments, **options)
                self.fp = io.BufferedReader(_Timed(self.fp.detach(), deadline))

        def timed(pool: t.Any) -> t.Any:
            connection = type(pool.ConnectionCls.__name__, (pool.ConnectionCls,), {"response_class": Response})
            return type(pool.__name__, (pool,), {"ConnectionCls": connection})

        def teach(manager: t.Any) -> None:
            pools = manager.pool_classes_by_scheme
            manager.pool_classes_by_scheme = {scheme: timed(pool) for scheme, pool in pools.items()}

        class Adapter(HTTPAdapter):
            def init_poolmanager(self, *arguments: t.Any, **options: t.Any) -> None:
                super().init_poolmanager(*arguments, **options)
                teach(self.poolmanager)

            def proxy_manager_for(self, proxy: str, **options: t.Any) -> t.Any:
                is_new = proxy not in self.proxy_manager
                manager = super().proxy_manager_for(proxy, **options)
                if is_new:
                    teach(manager)
                return manager

        return Adapter()


class _Timed(io.RawIOBase):
    """A socket's file that nothing is read from after the deadline."""

    def __init__(self, raw: t.Any, deadline: Deadline) -> None:
        self._raw, self._deadline = raw, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: t.Any) -> int | None:
        if self._deadline.is_over:
            raise socket.timeout("the answer is not complete")
        return t.cast("int | None", self._raw.readinto(buffer))

    def fileno(self) -> int:
        return t.cast("int", self._raw.fileno())

    def close(self) -> None:
        self._raw.close()
        super().close()
