# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: speaks Quay's API; addresses, statuses, error bodies and pages."""

from __future__ import annotations

import string
import typing as t
from urllib.parse import quote

from ansible_collections.dockhand.quay.plugins.module_utils._auth import Anonymous
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    AnswerLost,
    CredentialsRefused,
    FeatureOff,
    Forbidden,
    QuayError,
    Refused,
    Unreachable,
)
from ansible_collections.dockhand.quay.plugins.module_utils._http import Transport

API = "/api/v1"
Names = t.Mapping[str, t.Any]


class _Quoting(string.Formatter):
    """Fills a path template; each name becomes one quoted segment, only a repository keeps its slashes."""

    def get_value(self, key: t.Any, args: t.Any, kwargs: t.Any) -> str:
        return quote(str(kwargs[key]), safe="/" if key == "repository" else "")


def address(template: str, names: Names) -> str:
    """The path of ``template`` with every ``{name}`` filled in and quoted."""
    return _Quoting().vformat(template, (), names)


class QuayClient:
    """One registry, one set of credentials."""

    def __init__(self, transport: Transport, auth: Anonymous) -> None:
        self.transport = transport
        self.auth = auth
        self._config: t.Optional[t.Dict[str, t.Any]] = None

    def get(
        self,
        template: str,
        names: Names,
        query: t.Optional[t.Mapping[str, t.Any]] = None,
        missing: t.Sequence[int] = (404,),
    ) -> t.Any:
        """The JSON below /api/v1, or None where the status is one of ``missing``."""
        path = address(template, names)
        return self.call("GET", API + path, f"read {path}", query=query, missing=missing)

    def write(self, method: str, path: str, body: t.Any, purpose: str) -> t.Any:
        """Send one change to ``path`` below /api/v1; ``purpose`` completes the sentence "Quay refused to …"."""
        return self.call(method, API + path, purpose, body=body)

    def pages(self, template: str, names: Names, key: str, query: t.Mapping[str, t.Any]) -> t.Iterator[t.Dict[str, t.Any]]:
        """Every entry of a list that Quay gives page by page (util/pagination.py: an expired token restarts silently)."""
        token: t.Optional[str] = None
        first_of_pages: t.List[t.Any] = []
        while True:
            page = self.get(template, names, {**query, **({"next_page": token} if token else {})}, missing=())
            entries = page[key]
            if entries and entries[0] in first_of_pages:
                raise QuayError(f"The list {address(template, names)} started over in the middle: the page token expired. Run again.")
            first_of_pages.extend(entries[:1])
            yield from entries
            token = page.get("next_page")
            if not token or not entries:
                return

    def config(self) -> t.Dict[str, t.Any]:
        """Features and settings that the server shows to anyone (GET /config), read once."""
        if self._config is None:
            self._config = self.call("GET", "/config", "read the configuration that Quay publishes")
        return t.cast("t.Dict[str, t.Any]", self._config)

    def require_feature(self, feature: str, purpose: str) -> None:
        """Refuse to write below a repository unless the route is known to exist there.

        Quay routes an unknown sub-path to the repository itself, where DELETE deletes it (endpoints/api/repository.py).
        """
        if not self.config().get("features", {}).get(feature):
            raise FeatureOff(f"Could not {purpose}: FEATURE_{feature} is off on {self.transport.endpoint.url}.", 404, "")

    def username(self) -> str:
        """The account that the credentials act for (GET /user/; scope user:read)."""
        if self.auth.username is None:
            self.auth.username = self.get("/user/", {}, missing=())["username"]
        return self.auth.username

    def call(
        self,
        method: str,
        path: str,
        purpose: str,
        body: t.Any = None,
        query: t.Optional[t.Mapping[str, t.Any]] = None,
        missing: t.Sequence[int] = (),
    ) -> t.Any:
        """One exchange: the parsed answer, None for an empty or a ``missing`` one, or the error that explains it."""
        refreshed = False
        while True:
            answer = self.transport.send(method, path, self.auth.headers(self.transport, method), body, query)
            if answer.status_code in missing and not _is_page(answer):
                return None
            if answer.status_code < 300:
                return self._parsed(answer, method, path)
            content = _content(answer)
            said = _said(content)
            if content.get("error_type") == "fresh_login_required" and not refreshed:
                refreshed = True
                if self.auth.refresh(self.transport):
                    continue
            elif _credentials_unknown(answer, content) and self.auth.renew(self.transport, said):
                continue
            raise self._refusal(answer, content, said, method, path, purpose)

    def _parsed(self, answer: t.Any, method: str, path: str) -> t.Any:
        if not answer.content:
            return None
        try:
            return answer.json()
        except ValueError:
            raise Unreachable(
                f"{self.transport.endpoint.url} answered {method} {path} with a web page instead of data: is quay_host the address of a Quay?"
            ) from None

    def _refusal(self, answer: t.Any, content: t.Dict[str, t.Any], said: str, method: str, path: str, purpose: str) -> QuayError:
        status, url = answer.status_code, self.transport.endpoint.url
        quoted = f": {said}" if said else ""
        if content.get("error_type") == "fresh_login_required":
            return CredentialsRefused(
                f"Could not {purpose}: Quay wants a sign-in of the last minutes for this; give quay_username and quay_password, or run quay_login again.",
                status,
                said,
            )
        if _credentials_unknown(answer, content):
            return CredentialsRefused(f"{self.auth.refused} (Quay refused to {purpose}).", status, said)
        if status == 403:
            return Forbidden(f"No rights to {purpose}: the account lacks the role or the token lacks the scope; Quay says {said or status}.", status, said)
        if _is_page(answer) and status in (308, 404, 405):
            return FeatureOff(
                f"Could not {purpose}: {url} has no route {method} {path}; the feature is off there, or it is not a Quay of this age.", status, said
            )
        if status == 503 and content.get("is_readonly"):
            return Refused(f"Could not {purpose}: the registry is in read-only mode{quoted}.", status, said)
        if status >= 500:
            failure = f"Quay failed with {status} when asked to {purpose}{quoted}."
            # Quay answers 500 to a change that another request has just made: look before calling it a failure.
            return Unreachable(failure) if method == "GET" else AnswerLost(failure)
        return Refused(f"Quay refused to {purpose}{quoted or f' ({status})'}.", status, said)


def _is_page(answer: t.Any) -> bool:
    """Whether the body is a web page; Quay labels some JSON as text/html (util/http.py), so the body decides."""
    return "html" in answer.headers.get("Content-Type", "") and not answer.content.lstrip().startswith(b"{")


def _content(answer: t.Any) -> t.Dict[str, t.Any]:
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _said(content: t.Dict[str, t.Any]) -> str:
    """The server's own sentence, from any of its error shapes; only the first line of a schema dump."""
    text = content.get("detail") or content.get("message") or content.get("error") or content.get("error_message") or ""
    return str(text).strip().split("\n", 1)[0].rstrip(".")


def _credentials_unknown(answer: t.Any, content: t.Dict[str, t.Any]) -> bool:
    """Quay tells a bad token as 401 on reads, and as a failed CSRF check on writes (endpoints/csrf.py)."""
    return answer.status_code == 401 or (answer.status_code == 403 and "CSRF" in str(content.get("error", "")))
