# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: speaks Quay's API; addresses, statuses and pages."""

from __future__ import annotations

import string
import typing as t
from urllib.parse import quote

from .._errors import QuayError, Unreachable
from .._text.name_rules import new_namespace_rule
from .auth import Anonymous
from .http import Transport
from .refusal import Refusal

API = "/api/v1"
Names = t.Mapping[str, t.Any]


class _Quoting(string.Formatter):
    """Fills a path template; each name becomes one quoted segment, only a repository and a place keep their slashes."""

    def get_value(self, key: t.Any, args: t.Any, kwargs: t.Any) -> str:
        return quote(str(kwargs[key]), safe="/" if key in ("repository", "place") else "")


def address(template: str, names: Names) -> str:
    """The path of ``template`` with every ``{name}`` filled in and quoted."""
    return _Quoting().vformat(template, (), names)


class QuayClient:
    """One registry, one set of credentials."""

    def __init__(self, transport: Transport, auth: Anonymous) -> None:
        self.transport = transport
        self.auth = auth
        # What the server publishes, read once and shared with all twins.
        self._published: dict[str, dict[str, t.Any]] = {}

    def twin(self, transport: Transport) -> QuayClient:
        """A client for the same server with the same credentials, over other connections."""
        other = QuayClient(transport, self.auth)
        other._published = self._published
        return other

    def get(
        self,
        template: str,
        names: Names,
        query: t.Mapping[str, t.Any] | None = None,
        missing: t.Sequence[int] = (404,),
        patience: float = 1.0,
    ) -> t.Any:
        """The JSON below /api/v1, or None where the status is one of ``missing``; see Transport.send."""
        path = address(template, names)
        return self.call("GET", API + path, f"read {path}", None, query, missing, patience)

    def write(self, method: str, path: str, body: t.Any, purpose: str) -> t.Any:
        """Send one change to ``path`` below /api/v1; ``purpose`` completes the sentence "Quay refused to …"."""
        return self.call(method, API + path, purpose, body=body)

    def pages(
        self, template: str, names: Names, key: str, query: t.Mapping[str, t.Any]
    ) -> t.Iterator[dict[str, t.Any]]:
        """Every entry of a list that Quay gives in pages (util/pagination.py: an expired token restarts silently)."""
        token: str | None = None
        first_of_pages: list[t.Any] = []
        while True:
            page = self.get(template, names, {**query, **({"next_page": token} if token else {})}, missing=())
            entries = page[key]
            if entries and entries[0] in first_of_pages:
                path = address(template, names)
                raise QuayError(f"The list {path} started over in the middle: its page token expired. Run again.")
            first_of_pages.extend(entries[:1])
            yield from entries
            token = page.get("next_page")
            if not token or not entries:
                return

    def config(self) -> dict[str, t.Any]:
        """Features and settings that the server shows to anyone (GET /config), read once."""
        return self._once("/config", "read the configuration that Quay publishes")

    def description(self) -> dict[str, t.Any]:
        """The server's own description of its API (GET /api/v1/discovery), read once: ``paths`` and ``definitions``."""
        return self._once(f"{API}/discovery", "read the description of the API")

    def _once(self, path: str, purpose: str) -> dict[str, t.Any]:
        if path not in self._published:
            self._published[path] = self.call("GET", path, purpose)
        return self._published[path]

    def username(self) -> str:
        """The account that the credentials act for (GET /user/; scope user:read)."""
        # One can sign in by e-mail address or in capitals too; only a plain name is surely the account's own.
        if self.auth.username is None or new_namespace_rule(self.auth.username):
            self.auth.username = self.call(
                "GET", API + "/user/", "tell the account's name, which needs scope user:read"
            )["username"]
        return self.auth.username

    def call(
        self,
        method: str,
        path: str,
        purpose: str,
        body: t.Any = None,
        query: t.Mapping[str, t.Any] | None = None,
        missing: t.Sequence[int] = (),
        patience: float = 1.0,
    ) -> t.Any:
        """One exchange: the parsed answer, None for an empty or a ``missing`` one, or the error that explains it."""
        refreshed = False
        while True:
            headers = self.auth.headers(self.transport, method)
            answer = self.transport.send(method, path, headers, body, query, patience)
            if answer.status_code in missing and not Refusal(answer).is_page:
                return None
            if answer.status_code < 300:
                return self._parsed(answer, method, path)
            refusal = Refusal(answer)
            if refusal.wants_fresh_login and not refreshed:
                refreshed = True
                if self.auth.refresh(self.transport):
                    continue
            elif refusal.knows_no_credentials and self.auth.renew(self.transport, refusal.said):
                continue
            raise refusal.error(method, self.transport.endpoint.url + path, purpose, self.auth.refused)

    def _parsed(self, answer: t.Any, method: str, path: str) -> t.Any:
        if not answer.content:
            return None
        try:
            return answer.json()
        except ValueError:
            url = self.transport.endpoint.url
            raise Unreachable(f"{url} answered {method} {path} with a web page: is it the address of a Quay?") from None
