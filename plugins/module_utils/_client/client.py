# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: speaks Quay's API; addresses, statuses, pages, and whether an answer is one of Quay's."""

from __future__ import annotations

import contextlib
import re
import typing as t
from urllib.parse import quote, unquote

from .._errors import AnswerLost, Forbidden, ForeignAnswer, QuayError, RunEnded
from .._lineage import Lineage
from .._text.name_rules import new_namespace_rule
from .auth import Auth
from .check import JSON, NOTHING, json_of, no_json, not_quays, object_of, wrong, wrong_write
from .refusal import Call, Refusal
from .transport import READS, Transport
from .views import ConfigView, DescriptionView, OrganizationView, UserView

API = "/api/v1"
Names = t.Mapping[str, t.Any]


_PLACEHOLDER = re.compile(r"{(\+?)(\w+)}")


def address(template: str, names: Names) -> str:
    """The path of ``template``, filled as RFC 6570 does; raises QuayError for ``.``, ``..`` and an empty segment.

    ``{name}`` becomes one quoted segment, ``{+name}`` keeps its slashes.
    """

    def quoted(placeholder: re.Match[str]) -> str:
        value, safe = str(names[placeholder[2]]), "/" if placeholder[1] else ""
        if {"", ".", ".."} & {*(value.split("/") if safe else [value])}:
            # On its way it would be taken for a list or a step up, and the request would reach something else.
            raise QuayError(f"{value!r} cannot be part of an address of Quay's API.")
        return quote(value, safe=safe, errors="replace")

    return _PLACEHOLDER.sub(quoted, template)


class QuayClient:
    """One registry, one set of credentials."""

    def __init__(self, transport: Transport, auth: Auth) -> None:
        self.transport = transport
        self.auth = auth
        # What the server publishes, read once and shared with all twins.
        self._published: dict[str, dict[str, t.Any]] = {}
        # Organizations that were there, until something is deleted here: the items of a loop ask only once.
        self.organizations: set[str] = set()
        self._lineage = Lineage()

    def twin(self, transport: Transport) -> QuayClient:
        """A client for the same server with the same credentials, over other connections."""
        other = QuayClient(transport, self.auth)
        other._published, other.organizations = self._published, self.organizations
        other._lineage = self._lineage
        return other

    def get(
        self,
        template: str,
        names: Names,
        query: t.Mapping[str, t.Any] | None = None,
        missing: t.Sequence[int] = (404,),
        patience: float = 1.0,
        view: t.Any = JSON,
    ) -> t.Any:
        """The JSON below /api/v1, or None for a status in ``missing``; see ``call``. Raises as that and ``address``.

        To all but superusers what belongs to a missing namespace is forbidden (quay endpoints/api/__init__.py,
        require_repo_permission), so a 403 there is a 404 if neither an organization nor an account has that name.
        """
        path = address(template, names)
        try:
            return self.call("GET", API + path, f"read {path}", None, query, missing, patience, view)
        except Forbidden:
            namespace = re.match("/repository/([^/]+)/", path)
            if 404 in missing and namespace:
                with contextlib.suppress(QuayError):
                    if not self.is_namespace(unquote(namespace[1])):
                        return None
            raise

    def is_namespace(self, name: str) -> bool:
        """Whether an organization or a user has this name; Quay shows both to anyone. Raises as ``get``."""
        names = {"name": name}
        organization = self.get("/organization/{name}", names, view=OrganizationView)
        return organization is not None or self.get("/users/{name}", names, view=UserView) is not None

    def write(self, method: str, path: str, body: t.Any, purpose: str) -> t.Any:
        """Send one change to ``path`` below /api/v1; ``purpose`` completes the sentence "Quay refused to …".

        Raises AnswerLost if the answer is not one that Quay gives to this change, RunEnded if the playbook no
        longer runs (one that was killed must change nothing more), and whatever ``call`` raises.
        """
        self._refuse_if_ended(purpose)
        if method == "DELETE":
            self.organizations.clear()
        return self.call(method, API + path, purpose, body=body)

    def submit(
        self,
        path: str,
        purpose: str,
        form: t.Mapping[str, t.Any] | None = None,
        query: t.Mapping[str, t.Any] | None = None,
    ) -> t.Any:
        """Send a form to one of Quay's web pages; the answer as it is, of which only the headers are Quay's promise.

        Raises RunEnded, AnswerLost, Unreachable and whatever explains a refusal.
        """
        self._refuse_if_ended(purpose)

        def send(headers: dict[str, str]) -> t.Any:
            return self.transport.send("POST", path, headers, query=query, form=form or {})

        return self._accepted(send, "POST", path, purpose, below=400)

    def _refuse_if_ended(self, purpose: str) -> None:
        if self._lineage.has_ended():
            raise RunEnded(f"Could not {purpose}: the playbook that this task belongs to has ended.")

    def pages(
        self, template: str, names: Names, key: str, query: t.Mapping[str, t.Any], view: t.Any = dict
    ) -> t.Iterator[dict[str, t.Any]]:
        """Every entry of a list that Quay gives in pages; ``view``: that of one. Raises ForeignAnswer, and as ``get``.

        Quay takes an expired page token for none and restarts silently (util/pagination.py), which raises QuayError.
        """
        token: str | None = None
        first_of_pages: list[t.Any] = []
        path = address(template, names)
        while True:
            page = self.get(
                template, names, {**query, **({"next_page": token} if token else {})}, missing=(), view=dict
            )
            entries = page.get(key, NOTHING)
            why = "it has no " + key if entries is NOTHING else wrong(entries, list[view])
            if why:
                raise ForeignAnswer(not_quays("GET", self.transport.endpoint.url + API + path, why))
            if entries and entries[0] in first_of_pages:
                raise QuayError(f"The page token for {path} expired and the list restarted. Run the task again.")
            first_of_pages.extend(entries[:1])
            yield from entries
            token = page.get("next_page")
            if not token or not entries:
                return

    def config(self) -> dict[str, t.Any]:
        """Features and settings that the server shows to anyone (GET /config), read once. Raises as ``call``."""
        return self._once("/config", "read the configuration that Quay publishes", ConfigView)

    def authentication(self) -> str:
        """Where the server takes its accounts from (AUTHENTICATION_TYPE), as Database or OIDC. Raises as ``call``."""
        return t.cast("str", self.config()["config"].get("AUTHENTICATION_TYPE", "Database"))

    def description(self) -> dict[str, t.Any]:
        """The server's description of its API (GET /api/v1/discovery): paths and definitions. Raises as ``call``."""
        return self._once(f"{API}/discovery", "read the description of the API", DescriptionView)

    def _once(self, path: str, purpose: str, view: t.Any) -> dict[str, t.Any]:
        if path not in self._published:
            self._published[path] = self.call("GET", path, purpose, view=view)
        return self._published[path]

    def username(self) -> str:
        """The account that the credentials act for (GET /user/; scope user:read). Raises as ``call``."""
        # One can sign in by e-mail address or in capitals too; only a plain name is surely the account's own.
        if self.auth.username is None or new_namespace_rule(self.auth.username):
            purpose = "read the name of the account, which needs the scope user:read"
            self.auth.username = self.call("GET", API + "/user/", purpose, view=UserView)["username"]
        return t.cast("str", self.auth.username)

    def call(
        self,
        method: str,
        path: str,
        purpose: str,
        body: t.Any = None,
        query: t.Mapping[str, t.Any] | None = None,
        missing: t.Sequence[int] = (),
        patience: float = 1.0,
        view: t.Any = JSON,
    ) -> t.Any:
        """One exchange: the parsed answer, None for a write without body and for a ``missing`` status.

        ``view``: the type of a read's answer (views.py), which is checked here once for all who read it.
        ``patience``: how many times the time limit the answer may take.
        Raises ForeignAnswer for what is not Quay's, AnswerLost if that leaves open whether a write was carried out,
        the error that explains a refusal, and Unreachable.
        """

        def send(headers: dict[str, str]) -> t.Any:
            return self.transport.send(method, path, headers, body, query, patience)

        answer = self._accepted(send, method, path, purpose, missing)
        return None if answer is None else self._parsed(answer, method, path, view)

    def _accepted(
        self,
        send: t.Callable[[dict[str, str]], t.Any],
        method: str,
        path: str,
        purpose: str,
        missing: t.Sequence[int] = (),
        below: int = 300,
    ) -> t.Any:
        """The answer with a status ``below`` that, with credentials renewed if need be; None for a ``missing`` one."""
        refreshed = False
        while True:
            answer = send(self.auth.headers(self.transport, method))
            if answer.status_code < below or _is_bad_news(answer, path):
                return answer
            refusal = Refusal(answer)
            if refusal.status in missing and not refusal.is_page and refusal.is_absence:
                return None
            if refusal.wants_fresh_login and not refreshed:
                refreshed = True
                if self.auth.refresh(self.transport):
                    continue
            elif refusal.knows_no_credentials and self.auth.renew(self.transport, refusal.said):
                continue
            raise refusal.error(Call(method, self._url(path), purpose, self.auth.refused, self.authentication))

    def _url(self, path: str) -> str:
        """For messages: without the query, which may hold what opens an archived log."""
        return self.transport.endpoint.url + path.partition("?")[0]

    def _parsed(self, answer: t.Any, method: str, path: str, view: t.Any) -> t.Any:
        content = json_of(answer.content) if answer.content else NOTHING
        why = no_json(answer) if answer.content and content is NOTHING else ""
        if not why and method in READS:
            why = "it is empty" if content is NOTHING else "it is null" if content is None else wrong(content, view)
        elif not why:
            why = wrong_write(method, path[len(API) :] if path.startswith(API) else path, content)
        if why:
            message = not_quays(method, self._url(path), why)
            raise (ForeignAnswer if method in READS else AnswerLost)(message)
        return None if content is NOTHING else content


def _is_bad_news(answer: t.Any, path: str) -> bool:
    """Of mirrors that are not healthy Quay tells with status 503 (quay endpoints/api/mirrorhealth.py)."""
    return answer.status_code == 503 and path.endswith("/mirror/health") and "healthy" in object_of(answer.content)
