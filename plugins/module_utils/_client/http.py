# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: HTTP over requests, with TLS, proxies, time limits and retries. No Quay word here."""

from __future__ import annotations

import random
import time
import typing as t
from dataclasses import dataclass
from urllib.parse import urlsplit

from .._errors import AnswerLost, ServerAway, Unreachable

try:
    import requests
except ImportError as error:
    requests = None  # type: ignore[assignment]
    REQUESTS_ERROR: Exception | None = error
else:
    REQUESTS_ERROR = None

READS = ("GET", "HEAD")
GATEWAY_TROUBLE = (502, 503, 504)
TRIES = 4
# A server that limits its rate says so on purpose: be more patient than with one that is down.
TRIES_WHEN_LIMITED = 10
LONGEST_PAUSE = 30.0


@dataclass(frozen=True)
class Endpoint:
    """Where the server is and how to reach it; ``timeout`` in seconds, for connecting and for each read."""

    url: str
    timeout: float = 10.0
    verify: bool | str = True
    certificate: str | tuple[str, str] | None = None


class _Request(t.NamedTuple):
    """What is sent, each time anew; ``seconds`` for each read of the answer."""

    method: str
    path: str
    headers: dict[str, str] | None
    json: t.Any
    query: t.Mapping[str, t.Any] | None
    seconds: float


class Transport:
    """Sends requests to one endpoint over kept connections; ``before_each`` is called before each, and may wait."""

    def __init__(
        self,
        endpoint: Endpoint,
        pause: t.Callable[[float], None] = time.sleep,
        before_each: t.Callable[[], None] = lambda: None,
    ) -> None:
        self.endpoint = endpoint
        self._pause = pause
        self._before_each = before_each
        self._session: requests.Session | None = None

    @property
    def session(self) -> requests.Session:
        """The requests session, opened at first use."""
        if self._session is None:
            self._session = requests.Session()
            self._session.auth = _no_netrc
            self._session.cert = self.endpoint.certificate
        return self._session

    def close(self) -> None:
        """Drop all connections; the next request opens new ones."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def send(
        self,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
        json: t.Any = None,
        query: t.Mapping[str, t.Any] | None = None,
        patience: float = 1.0,
    ) -> requests.Response:
        """The server's answer, whatever its status; it may take ``patience`` times the time limit.

        Reads are repeated after any trouble on the way. A write is repeated only where the server surely
        did not take it (no connection, 429); where it may have, AnswerLost is raised and the caller looks.
        Raises Unreachable when there is no answer.
        """
        try:
            return self._send_patiently(_Request(method, path, headers, json, query, patience * self.endpoint.timeout))
        except BaseException:
            # A later request must never read what this one left on the wire.
            self.close()
            raise

    def _send_patiently(self, request: _Request) -> requests.Response:
        is_read, attempt = request.method in READS, 0
        while True:
            attempt += 1
            try:
                answer = self._send_once(request)
            except requests.exceptions.RequestException as error:
                sentence = self._explain(error, request.seconds)
                unsent = _surely_unsent(error)
                if not is_read and not unsent:
                    raise AnswerLost(sentence) from error
                if not _worth_another_try(error):
                    raise Unreachable(sentence) from error
                if attempt >= TRIES:
                    raise ServerAway(sentence) from error
                self._pause(_backoff(attempt))
                continue
            if answer.status_code == 429 and attempt < TRIES_WHEN_LIMITED and (is_read or not _is_full(answer)):
                if _asked_pause(answer) > LONGEST_PAUSE * (TRIES_WHEN_LIMITED - attempt):
                    # It would not be over with the last try: tell it at once.
                    return answer
                self._pause(_retry_after(answer) or _backoff(attempt))
                continue
            elsewhere = _elsewhere(answer, self.endpoint.url)
            if elsewhere:
                raise Unreachable(f"{self.endpoint.url} sends on to {elsewhere}: give that address as quay_host.")
            if answer.status_code in GATEWAY_TROUBLE and not _is_json(answer):
                if not is_read:
                    raise AnswerLost(
                        f"{self.endpoint.url} answered {answer.status_code} {answer.reason}: nobody knows what it did."
                    )
                if attempt < TRIES:
                    self._pause(_retry_after(answer) or _backoff(attempt))
                    continue
            return answer

    def _send_once(self, request: _Request) -> requests.Response:
        self._before_each()
        url = self.endpoint.url + request.path
        # Redirects lose a POST's body, so they are never followed: a wrong address is told instead.
        return self.session.request(
            request.method,
            url,
            headers=request.headers,
            json=request.json,
            params=request.query,
            timeout=(self.endpoint.timeout, request.seconds),
            verify=self.endpoint.verify,
            allow_redirects=False,
        )

    def _explain(self, error: Exception, seconds: float) -> str:
        url = self.endpoint.url
        if isinstance(error, requests.exceptions.SSLError):
            return f"{url} has no TLS certificate that can be trusted: {_root(error)}."
        if isinstance(error, requests.exceptions.ProxyError):
            return f"The proxy on the way to {url} did not let the request through: {_root(error)}."
        if _timed_out(error):
            if isinstance(error, requests.exceptions.ConnectTimeout):
                seconds = self.endpoint.timeout
            return f"{url} did not answer within {seconds:g} seconds (option timeout)."
        return f"{url} cannot be reached: {_root(error)}."


def _elsewhere(answer: requests.Response, url: str) -> str:
    """Scheme and host of another place that the server redirects to; empty where it does not."""
    target = urlsplit(answer.headers.get("Location", "") if answer.is_redirect or answer.status_code == 308 else "")
    here = urlsplit(url)
    moved = target.netloc and (target.scheme, target.netloc) != (here.scheme, here.netloc)
    return f"{target.scheme}://{target.netloc}" if moved else ""


def _no_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep requests from replacing our Authorization header by a line of ~/.netrc."""
    return request


def _surely_unsent(error: Exception) -> bool:
    if isinstance(
        error, (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError)
    ):
        return True
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return type(reason).__name__ in ("NewConnectionError", "NameResolutionError")


def _timed_out(error: Exception) -> bool:
    """A body that comes too slowly is a ConnectionError for requests."""
    inner = error.args[0] if error.args else None
    return isinstance(error, requests.exceptions.Timeout) or type(inner).__name__ == "ReadTimeoutError"


def _worth_another_try(error: Exception) -> bool:
    if isinstance(error, (requests.exceptions.SSLError, requests.exceptions.ProxyError)) or _timed_out(error):
        return False
    return isinstance(error, (requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError))


def _root(error: BaseException) -> str:
    """The innermost reason, without the object addresses that urllib3 wraps around it."""
    inner = error
    while inner.args and isinstance(inner.args[-1], BaseException):
        inner = inner.args[-1]
    reason = getattr(error.args[0] if error.args else None, "reason", None) or inner
    return str(reason).rsplit(": ", 1)[-1].rstrip(".")


def _is_json(answer: requests.Response) -> bool:
    return "json" in answer.headers.get("Content-Type", "")


def _asked_pause(answer: requests.Response) -> float:
    """Seconds that the server asks to wait; 0 when it does not say."""
    text = answer.headers.get("Retry-After", "")
    return float(text) if text.isdigit() else 0.0


def _is_full(answer: requests.Response) -> bool:
    """Whether the application itself is out of room: a limit of rate tells when to come back, or comes as a page."""
    return _is_json(answer) and "Retry-After" not in answer.headers


def _retry_after(answer: requests.Response) -> float:
    return min(_asked_pause(answer), LONGEST_PAUSE)


def _backoff(attempt: int) -> float:
    return min(0.25 * 2 ** (attempt - 1), LONGEST_PAUSE) * random.uniform(0.5, 1.0)
