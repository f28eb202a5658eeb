# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: HTTP over requests, with TLS, proxies, limits and retries. No Quay word here."""

from __future__ import annotations

import time
import typing as t
from dataclasses import dataclass

from .._errors import AnswerLost, ServerAway, Unreachable
from . import trouble
from .patience import LARGEST_BODY, WHOLE_ANSWER, Answered, Deadline, RetryPolicy, TooLarge, Verdict

try:
    import requests
    import urllib3
except ImportError as error:
    requests = None  # type: ignore[assignment]
    REQUESTS_ERROR: Exception | None = error
else:
    REQUESTS_ERROR = None

READS = ("GET", "HEAD")
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Endpoint:
    """Where the server is and how to reach it.

    ``timeout`` in seconds, for connecting and for each read; an answer as a whole may take ten times as long.
    ``is_default``: nobody has to have set the address.
    """

    url: str
    timeout: float = 10.0
    verify: bool | str = True
    certificate: str | tuple[str, str] | None = None
    is_default: bool = False


class _Request(t.NamedTuple):
    """What is sent, each time as it is; ``seconds`` for each read of the answer.

    ``form``: in place of ``json``, as a page of a browser sends it; a redirect is then an answer like any other.
    """

    method: str
    path: str
    headers: dict[str, str] | None
    json: t.Any
    query: t.Mapping[str, t.Any] | None
    seconds: float
    form: t.Mapping[str, t.Any] | None = None


class Transport:
    """Sends requests to one endpoint over kept connections; ``before_each`` is called before each, and may wait.

    ``pause(seconds)`` waits before a request is repeated.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        pause: t.Callable[[float], None] = time.sleep,
        before_each: t.Callable[[], None] = lambda: None,
        policy: RetryPolicy | None = None,
    ) -> None:
        self.endpoint = endpoint
        self._pause = pause
        self._before_each = before_each
        self._policy = policy or RetryPolicy()
        self._deadline = Deadline()
        self._session: requests.Session | None = None

    @property
    def session(self) -> requests.Session:
        """The requests session, opened at first use."""
        if self._session is None:
            self._session = requests.Session()
            self._session.auth = _no_netrc
            self._session.cert = self.endpoint.certificate
            # Redirects lose a POST's body, so they are never followed: the message names the right address.
            self._session.get_redirect_target = _nowhere  # type: ignore[method-assign, assignment]
            if not self.endpoint.verify:
                # The task asked for it: no word of urllib3 on stderr for each request.
                urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
            adapter = self._deadline.adapter()
            self._session.mount("http://", adapter)
            self._session.mount("https://", adapter)
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
        form: t.Mapping[str, t.Any] | None = None,
    ) -> requests.Response:
        """The server's answer, whatever its status; it may take ``patience`` times the time limit.

        Reads are repeated after any trouble on the way. A write is repeated only if the server surely
        did not take it (no connection, 429).
        Raises AnswerLost if a write may have been carried out or not, and Unreachable if there is no answer.
        """
        try:
            seconds = patience * self.endpoint.timeout
            return self._send_patiently(_Request(method, path, headers, json, query, seconds, form))
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
            except (OSError, ValueError, TooLarge, urllib3.exceptions.HTTPError) as error:
                decision = self._policy.decide(is_read, attempt, trouble.outcome_of(error))
                message = self._explain(error, request.seconds)
            else:
                decision = self._policy.decide(is_read, attempt, _outcome_of(answer))
                elsewhere = trouble.elsewhere(answer, self.endpoint.url, request.path)
                if elsewhere and request.form is None:
                    raise Unreachable(elsewhere)
                message = (
                    f"{self.endpoint.url} answered {answer.status_code}; it is unknown whether the change was made."
                )
            if decision.verdict is Verdict.REPEAT:
                self._pause(decision.pause)
            elif decision.verdict is Verdict.TAKE:
                return answer
            else:
                raise _ERRORS[decision.verdict](message)

    def _explain(self, error: Exception, seconds: float) -> str:
        url = self.endpoint.url
        if isinstance(error, TooLarge):
            return f"The answer of {url} is larger than {LARGEST_BODY >> 20} MiB. Check that quay_host is right."
        if self._deadline.is_over:
            return f"The answer of {url} was not complete after ten times {seconds:g} seconds (option timeout)."
        return trouble.explain(error, self.endpoint, seconds)

    def _send_once(self, request: _Request) -> requests.Response:
        self._before_each()
        self._deadline.set(WHOLE_ANSWER * request.seconds)
        answer = self.session.request(
            request.method,
            self.endpoint.url + request.path,
            headers=request.headers,
            json=request.json,
            data=request.form,
            params=request.query,
            timeout=(self.endpoint.timeout, request.seconds),
            verify=self.endpoint.verify,
            stream=True,
        )
        body = bytearray()
        for chunk in answer.iter_content(_CHUNK):
            body += chunk
            if len(body) > LARGEST_BODY:
                raise TooLarge
        answer._content = bytes(body)
        return answer


_ERRORS = {Verdict.LOST: AnswerLost, Verdict.AWAY: ServerAway, Verdict.HOPELESS: Unreachable}


def _no_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep requests from replacing our Authorization header by a line of ~/.netrc."""
    return request


def _nowhere(_answer: requests.Response) -> None:
    return None


def _outcome_of(answer: requests.Response) -> Answered:
    asked = answer.headers.get("Retry-After", "")
    is_json = "json" in answer.headers.get("Content-Type", "")
    seconds = float(asked) if asked.isascii() and asked.isdigit() else 0.0
    return Answered(answer.status_code, is_json, seconds if "Retry-After" in answer.headers else None)
